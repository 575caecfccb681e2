#include "tools/tool_database.h"

#include <sqlite3.h>

#include <algorithm>
#include <utility>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "tools/tool_bounds.h"
#include "tools/tool_functions.h"

namespace simulate {

namespace {

constexpr int kMostPages = 4096;            // of 4 KiB, indexes included
constexpr size_t kLongestList = 256 << 10;  // what is told unasked, bytes

std::vector<std::string> arguments_of(const ToolSpec& spec) {
  std::vector<std::string> names;
  auto properties = spec.parameters.find("properties");
  if (properties == spec.parameters.end() || !properties->is_object()) {
    return names;
  }
  for (const auto& [name, schema] : properties->items()) names.push_back(name);
  return names;
}

}  // namespace

struct ToolDatabase::Tool {
  std::string group;
  ToolSpec spec;
  std::vector<ToolIndex> indexes;
  std::vector<PreparedStep> steps;
};

ToolDatabase::ToolDatabase(const std::vector<ToolGroup>& groups)
    : database_(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE |
                                SQLite::OPEN_NOMUTEX) {
  add_tool_functions(database_.getHandle());
  // SQLite makes this table of its own at its first use, which the authorizer
  // would not allow.
  database_.execAndGet("SELECT count(*) FROM json_each('[]')");
  bind_to_rows(database_, allowed_);
  auto prepare = [this](const char* sql) {
    return std::make_unique<SQLite::Statement>(database_, sql);
  };
  begin_ = prepare("BEGIN");
  rollback_ = prepare("ROLLBACK");
  savepoint_ = prepare("SAVEPOINT call");
  undo_ = prepare("ROLLBACK TO call");
  release_ = prepare("RELEASE call");
  page_count_ = prepare("PRAGMA page_count");
  for (const ToolGroup& group : groups) {
    for (const ToolTable& table : group.tables) add_table(table, group.name);
  }
  for (const ToolGroup& group : groups) {
    if (group.served) continue;
    for (const ToolDefinition& tool : group.tools) add_tool(tool, group.name);
    if (group.bulletin.empty()) continue;
    try {
      bulletins_.emplace_back(group.name, prepare(group.bulletin.c_str()));
    } catch (const SQLite::Exception& wrong) {
      throw BadUsage("tools file '" + group.name +
                     ".json': bulletin: " + wrong.what());
    }
  }
}

ToolDatabase::~ToolDatabase() = default;

void ToolDatabase::allow_everything(bool allowed) { allowed_ = allowed; }

void ToolDatabase::add_table(const ToolTable& table, const std::string& group) {
  allow_everything(true);
  try {
    tables_.push_back(std::make_unique<TableRows>(database_, "main", table));
    refuse_unsteady_defaults(database_, table.name);
  } catch (const SQLite::Exception& wrong) {
    throw BadUsage("tools file '" + group + ".json': table \"" + table.name +
                   "\": " + wrong.what());
  }
  allow_everything(false);
}

void ToolDatabase::add_tool(const ToolDefinition& tool,
                            const std::string& group) {
  std::string where =
      "tools file '" + group + ".json': tool \"" + tool.spec.name + "\": ";
  if (tools_.count(tool.spec.name)) {
    throw BadUsage(where + "another group has a tool of this name");
  }
  auto made = std::make_unique<Tool>();
  made->group = group;
  made->spec = tool.spec;
  made->indexes = tool.indexes;
  std::vector<std::string> arguments = arguments_of(tool.spec);
  try {
    make_indexes(*made);
    for (const ToolStep& step : tool.steps) {
      made->steps.emplace_back(database_, step, arguments, where);
    }
    drop_indexes(*made);
  } catch (const SQLite::Exception& wrong) {
    throw BadUsage(where + wrong.what());
  }
  // Statements over an index are made anew when there is one.
  if (!made->indexes.empty()) {
    for (PreparedStep& step : made->steps) step.finalize();
  }
  tools_.emplace(tool.spec.name, std::move(made));
}

void ToolDatabase::make_indexes(const Tool& tool) {
  allow_everything(true);
  for (const ToolIndex& index : tool.indexes) {
    database_.exec("CREATE VIRTUAL TABLE " + index.name + " USING fts5(" +
                   index.column + ")");
  }
  for (const ToolIndex& index : tool.indexes) {
    database_.exec("INSERT INTO " + index.name + "(rowid, " + index.column +
                   ") SELECT id, " + index.column + " FROM " + index.table);
  }
  allow_everything(false);
}

void ToolDatabase::drop_indexes(const Tool& tool) {
  allow_everything(true);
  for (const ToolIndex& index : tool.indexes) {
    database_.exec("DROP TABLE " + index.name);
  }
  allow_everything(false);
}

ToolDatabase::Visit::Visit(ToolDatabase& database, const ToolState& state)
    : database_(database), before_(state) {
  database_.visit_ = this;
  begin();
}

void ToolDatabase::Visit::begin() {
  std::vector<TableState> tables = tables_of(before_);
  foreign_.clear();
  database_.begin_->exec();
  database_.begin_->reset();
  try {
    for (TableState& given : tables) {
      auto own = std::find_if(
          database_.tables_.begin(), database_.tables_.end(),
          [&](const auto& table) { return table->name() == given.name; });
      if (own == database_.tables_.end()) {
        foreign_.push_back(std::move(given));
      } else {
        (*own)->load(given.rows);
      }
    }
  } catch (...) {
    database_.database_.tryExec("ROLLBACK");
    throw;
  }
}

// A change that is interrupted takes its whole transaction with it.
void ToolDatabase::Visit::begin_again() {
  begin();
  for (Done& call : done_) {
    database_.run_steps(call.tool, call.arguments, call.now);
    for (PreparedStep& step : call.tool.steps) step.reset();
  }
}

// SQLite may have rolled back by itself after a failure, and then this fails.
ToolDatabase::Visit::~Visit() {
  database_.rollback_->tryExecuteStep();
  database_.rollback_->tryReset();
  database_.visit_ = nullptr;
}

ToolState ToolDatabase::Visit::state() {
  std::vector<TableState> tables;
  for (const auto& table : database_.tables_) {
    tables.push_back({table->name(), table->rows()});
  }
  tables.insert(tables.end(), foreign_.begin(), foreign_.end());
  return state_from(std::move(tables));
}

ToolOutcome ToolDatabase::run(const std::string& name, const Json& arguments,
                              SimulatedTime now, bool undone) {
  Tool& tool = *tools_.at(name);
  savepoint_->exec();
  savepoint_->reset();
  ToolOutcome outcome;
  try {
    Patience patience(database_);
    outcome = run_steps(tool, arguments, now);
    if (!outcome.error && pages() > kMostPages) {
      outcome = {"there is no room for so much. Delete something first.", true};
    }
  } catch (const TooMuch&) {
    outcome = {"there is too much to tell. Ask for less.", true};
  } catch (const SQLite::Exception& wrong) {
    int code = wrong.getErrorCode() & 0xFF;
    if (code == SQLITE_NOMEM || code == SQLITE_IOERR || code == SQLITE_FULL) {
      throw;
    }
    bool slow = code == SQLITE_INTERRUPT;
    outcome = {slow
                   ? "it took too long and was given up."
                   : std::string("it could not be done: ") + wrong.what() + ".",
               true};
  }
  for (PreparedStep& step : tool.steps) step.reset();
  if (sqlite3_get_autocommit(database_.getHandle()) != 0) {
    visit_->begin_again();
    return outcome;
  }
  if (outcome.error || undone) {
    undo_->exec();
    undo_->reset();
  } else {
    visit_->done_.push_back({tool, arguments, now});
  }
  release_->exec();
  release_->reset();
  return outcome;
}

int ToolDatabase::pages() {
  page_count_->executeStep();
  int count = page_count_->getColumn(0).getInt();
  page_count_->reset();
  return count;
}

ToolOutcome ToolDatabase::run_steps(Tool& tool, const Json& arguments,
                                    SimulatedTime now) {
  ToolOutcome outcome;
  outcome.body = Json::object();
  if (!tool.indexes.empty()) {
    make_indexes(tool);
    for (PreparedStep& step : tool.steps) step.prepare(database_);
  }
  for (PreparedStep& step : tool.steps) {
    step.run(arguments, now, outcome);
    if (outcome.error) break;
  }
  if (!tool.indexes.empty()) {
    for (PreparedStep& step : tool.steps) step.finalize();
    drop_indexes(tool);
  }
  return outcome;
}

std::vector<std::string> ToolDatabase::bulletin(
    const std::vector<std::string>& withheld_tools) {
  std::vector<std::string> lines;
  for (const auto& [group, statement] : bulletins_) {
    if (std::count(withheld_tools.begin(), withheld_tools.end(), group))
      continue;
    Patience patience(database_);
    size_t size = 0;
    int code = statement->tryExecuteStep();
    for (; code == SQLITE_ROW && size < kLongestList;
         code = statement->tryExecuteStep()) {
      std::string line = statement->getColumn(0).getString();
      size += line.size() + 1;
      lines.push_back(replaced(std::move(line), "\n", " "));
    }
    statement->tryReset();
    bool over = code == SQLITE_ROW || code == SQLITE_INTERRUPT;
    if (code != SQLITE_DONE && !over) {
      throw SQLite::Exception(database_.getHandle(), code);
    }
  }
  return lines;
}

}  // namespace simulate
