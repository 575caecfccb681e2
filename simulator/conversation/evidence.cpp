#include "simulator/conversation/evidence.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <map>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/conversation/metadata.h"
#include "tools/prepared_step.h"
#include "tools/table_rows.h"
#include "tools/tool_bounds.h"
#include "tools/tool_functions.h"

namespace simulate {

namespace {

constexpr const char* kTables = R"sql(
CREATE TABLE messages(
  position INTEGER PRIMARY KEY, turn INTEGER, role TEXT, content TEXT,
  thinking TEXT);
CREATE TABLE calls(
  position INTEGER, turn INTEGER, round INTEGER, name TEXT, arguments TEXT,
  result TEXT, error INTEGER, planned INTEGER);
)sql";

// A row of "?", one for each of `count`.
std::string marks(size_t count) {
  return joined(std::vector<std::string>(count, "?"), ", ");
}

}  // namespace

struct Evidence::Impl {
  using Tables = std::vector<std::unique_ptr<TableRows>>;

  explicit Impl(const std::vector<ToolGroup>& groups);

  void add_table(const std::string& group, const ToolTable& table);
  PreparedStep& step(const std::string& sql, const std::string& where);
  Json answer(const std::string& sql, SimulatedTime now,
              const std::string& where);
  template <class Question>
  Json asked(Question question);
  void load(Tables& tables, const ToolState& state);
  void tell(const Conversation& finished);
  void tell_message(const Message& message, int64_t position, int turn);
  void tell_calls(const std::vector<Message>& messages, size_t position,
                  int turn, int round);

  SQLite::Database database;
  bool allowed = true;
  Tables before, after;
  std::unique_ptr<SQLite::Statement> conversation, message, call;
  std::map<std::string, std::unique_ptr<PreparedStep>> steps;  // by their SQL
};

Evidence::Impl::Impl(const std::vector<ToolGroup>& groups)
    : database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE |
                               SQLite::OPEN_NOMUTEX) {
  add_tool_functions(database.getHandle());
  database.exec("ATTACH ':memory:' AS before; ATTACH ':memory:' AS after");
  for (const ToolGroup& group : groups) {
    for (const ToolTable& table : group.tables) add_table(group.name, table);
  }
  database.exec(kTables);
  std::vector<std::string> columns;
  const Json metadata = metadata_of(Conversation());
  for (const auto& [name, value] : metadata.items()) {
    columns.push_back(name);
  }
  columns.push_back("verdict");
  database.exec("CREATE TABLE conversation(" + joined(columns, ", ") + ")");
  auto insert = [this](const std::string& into, size_t count) {
    return std::make_unique<SQLite::Statement>(
        database, "INSERT INTO " + into + " VALUES (" + marks(count) + ")");
  };
  conversation = insert("conversation", columns.size());
  message = insert("messages", 5);
  call = insert("calls", 8);
  // SQLite makes this table of its own at its first use.
  database.execAndGet("SELECT count(*) FROM json_each('[]')");
  bind_to_rows(database, allowed);
  allowed = false;
}

void Evidence::Impl::add_table(const std::string& group,
                               const ToolTable& table) {
  try {
    before.push_back(std::make_unique<TableRows>(database, "before", table));
    after.push_back(std::make_unique<TableRows>(database, "after", table));
  } catch (const SQLite::Exception& wrong) {
    throw BadUsage("tools file '" + group + ".json': table \"" + table.name +
                   "\": " + wrong.what());
  }
}

PreparedStep& Evidence::Impl::step(const std::string& sql,
                                   const std::string& where) {
  auto& known = steps[sql];
  if (known) return *known;
  ToolStep step;
  step.kind = ToolStep::Kind::column;
  step.sql = sql;
  step.as = "found";
  known = std::make_unique<PreparedStep>(database, step,
                                         std::vector<std::string>(), where);
  return *known;
}

// The first column of what it gives; nothing when it cannot be had.
Json Evidence::Impl::answer(const std::string& sql, SimulatedTime now,
                            const std::string& where) {
  PreparedStep& asked = step(sql, where);
  ToolOutcome outcome;
  outcome.body = Json::object();
  try {
    ::simulate::Patience patience(database);
    asked.run(Json::object(), now, outcome);
  } catch (const TooMuch&) {
  } catch (const SQLite::Exception&) {
  }
  asked.reset();
  return outcome.body.value("found", Json::array());
}

void Evidence::Impl::load(Tables& tables, const ToolState& state) {
  for (const TableState& given : tables_of(state)) {
    for (auto& table : tables) {
      if (table->name() == given.name) table->load(given.rows);
    }
  }
}

void Evidence::Impl::tell(const Conversation& finished) {
  int column = 0;
  const Json metadata = metadata_of(finished);
  for (const auto& [name, value] : metadata.items()) {
    bind_value(*conversation, ++column, value);
  }
  Json verdict;
  if (finished.verdict) verdict = to_text(finished.verdict->flat());
  bind_value(*conversation, ++column, verdict);
  conversation->exec();
  conversation->reset();
  const std::vector<Message>& messages = finished.transcript.messages;
  int turn = 0;
  int round = 0;
  for (size_t i = 0; i < messages.size(); ++i) {
    if (messages[i].speaker == Speaker::tester) {
      ++turn;
      round = 0;
    }
    tell_message(messages[i], static_cast<int64_t>(i), turn);
    if (!messages[i].calls.empty()) tell_calls(messages, i, turn, ++round);
  }
}

void Evidence::Impl::tell_message(const Message& told, int64_t position,
                                  int turn) {
  bool is_result = told.speaker == Speaker::tool;
  message->bind(1, position);
  message->bind(2, turn);
  message->bind(3, record_role(told.speaker));
  message->bind(4, is_result ? to_text(told.result.body) : told.content);
  message->bind(5, told.thinking);
  message->exec();
  message->reset();
}

void Evidence::Impl::tell_calls(const std::vector<Message>& messages,
                                size_t position, int turn, int round) {
  const Message& caller = messages[position];
  for (size_t i = 0; i < caller.calls.size(); ++i) {
    const ToolResult& result = messages.at(position + 1 + i).result;
    call->bind(1, static_cast<int64_t>(position));
    call->bind(2, turn);
    call->bind(3, round);
    call->bind(4, caller.calls[i].name);
    call->bind(5, to_text(caller.calls[i].arguments));
    call->bind(6, to_text(result.body));
    call->bind(7, result.error ? 1 : 0);
    call->bind(8, result.planned ? 1 : 0);
    call->exec();
    call->reset();
  }
}

namespace {

// What is told between its construction and its destruction is forgotten then.
class Telling {
 public:
  explicit Telling(SQLite::Database& database) : database_(database) {
    database_.exec("BEGIN");
  }
  ~Telling() { database_.tryExec("ROLLBACK"); }
  Telling(const Telling&) = delete;

 private:
  SQLite::Database& database_;
};

}  // namespace

// The answer; none when the SQL does not go with the tools of this run, or what
// it is told is larger than a value may be.
template <class Question>
Json Evidence::Impl::asked(Question question) {
  Telling telling(database);
  try {
    return question();
  } catch (const BadUsage&) {
  } catch (const SQLite::Exception&) {
    for (auto* statement : {&conversation, &message, &call}) {
      (*statement)->tryReset();
    }
  }
  return Json::array();
}

namespace {

std::string where_of(const Situation& situation, const char* field) {
  return "situation '" + quotable(situation.name) + "', \"" + field + "\": ";
}

// The metadata are bare names in it.
std::string sql_of(const std::string& expect) {
  return "SELECT (" + expect + ") FROM conversation";
}

bool only_reads(SQLite::Database& database, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(database.getHandle(), sql.c_str(),
                     static_cast<int>(sql.size()), &statement, nullptr);
  bool reads = statement && sqlite3_stmt_readonly(statement) != 0;
  sqlite3_finalize(statement);
  return reads;
}

bool is_true(const Json& value) {
  return value.is_number() && value.get<double>() != 0;
}

}  // namespace

Evidence::Evidence(const std::vector<ToolGroup>& groups)
    : impl_(std::make_unique<Impl>(groups)) {}

Evidence::~Evidence() = default;

void Evidence::check(const Situation& situation) {
  const char* field = "about";
  try {
    if (!situation.about.empty()) {
      impl_->step(situation.about, where_of(situation, field));
      if (!only_reads(impl_->database, situation.about)) {
        throw BadUsage(where_of(situation, field) + "it may only read");
      }
    }
    field = "expect";
    if (!situation.expect.empty()) {
      impl_->step(sql_of(situation.expect), where_of(situation, field));
    }
  } catch (const SQLite::Exception& wrong) {
    throw BadUsage(where_of(situation, field) + wrong.what());
  }
}

std::vector<std::string> Evidence::subjects(const Situation& situation,
                                            const ToolState& before,
                                            SimulatedTime now) {
  std::vector<std::string> found;
  const Json rows = impl_->asked([&] {
    check(situation);
    impl_->load(impl_->before, before);
    return impl_->answer(situation.about, now, where_of(situation, "about"));
  });
  for (const Json& row : rows) {
    if (row.is_null()) continue;
    std::string text = row.is_string() ? row.get<std::string>() : to_text(row);
    found.push_back(one_line(text));
  }
  return found;
}

bool Evidence::shows(const Situation& situation, const Conversation& finished,
                     const ToolState& before) {
  if (situation.expect.empty()) return true;
  const Json answer = impl_->asked([&] {
    check(situation);
    impl_->load(impl_->before, before);
    impl_->load(impl_->after, finished.state);
    impl_->tell(finished);
    return impl_->answer(sql_of(situation.expect), finished.slot.starts_at,
                         where_of(situation, "expect"));
  });
  return !answer.empty() && is_true(answer[0]);
}

}  // namespace simulate
