#include "tools/prepared_step.h"

#include <sqlite3.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "simulator/base/error.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr size_t kMostTold = 1 << 20;  // by a step, bytes
constexpr size_t kLeastOfRow = 16;

// The values that every statement may use beside the arguments.
const std::vector<std::string>& clock_words() {
  static const std::vector<std::string> kWords = {"today", "now", "clock",
                                                  "weekday"};
  return kWords;
}

Json clock_value(const std::string& word, SimulatedTime now) {
  if (word == "today") return date_text(now);
  if (word == "now") return moment_text(now);
  if (word == "clock") return clock_text(now);
  return weekday_text(now);
}

// SQLite's JSON ends a text at a NUL.
std::string without_nul(std::string text) {
  return replaced(std::move(text), std::string_view("\0", 1), "\xEF\xBF\xBD");
}

// The names of a statement's parameters, in their order; nothing when `sql` is
// more than one statement.
std::optional<std::vector<std::string>> parameters_of(sqlite3* database,
                                                      const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  const char* tail = nullptr;
  sqlite3_prepare_v2(database, sql.c_str(), static_cast<int>(sql.size()),
                     &statement, &tail);
  std::vector<std::string> words;
  for (int i = 1; i <= sqlite3_bind_parameter_count(statement); ++i) {
    const char* name = sqlite3_bind_parameter_name(statement, i);
    words.push_back(name ? name + 1 : "?");
  }
  sqlite3_finalize(statement);
  if (tail && !trimmed(tail).empty()) return std::nullopt;
  return words;
}

// Of the others some pass the authorizer: VACUUM, REINDEX.
bool reads_or_changes_rows(const std::string& sql) {
  std::string word = lowered(sql.substr(0, sql.find_first_of(" \t\r\n(")));
  return word == "select" || word == "insert" || word == "update" ||
         word == "delete" || word == "with" || word == "replace";
}

size_t bytes_of(SQLite::Statement& statement) {
  size_t bytes = 0;
  for (int i = 0; i < statement.getColumnCount(); ++i) {
    bytes += static_cast<size_t>(statement.getColumn(i).getBytes());
  }
  return bytes;
}

Json row_in(SQLite::Statement& statement) {
  Json row = Json::object();
  for (int i = 0; i < statement.getColumnCount(); ++i) {
    Json value = value_in(statement.getColumn(i));
    if (!value.is_null()) row[statement.getColumnName(i)] = std::move(value);
  }
  return row;
}

}  // namespace

PreparedStep::PreparedStep(SQLite::Database& database, const ToolStep& step,
                           const std::vector<std::string>& arguments,
                           const std::string& where)
    : step_(step) {
  if (!reads_or_changes_rows(step.sql)) {
    throw BadUsage(where + "a step is SELECT, INSERT, UPDATE, DELETE or " +
                   "WITH, got: " + shortened(step.sql, 80));
  }
  auto words = parameters_of(database.getHandle(), step.sql);
  if (!words) {
    throw BadUsage(
        where + "a step is one SQL statement, got: " + shortened(step.sql, 80));
  }
  words_ = std::move(*words);
  prepare(database);
  std::vector<std::string> known = arguments;
  known.insert(known.end(), clock_words().begin(), clock_words().end());
  for (const std::string& word : words_) {
    if (std::count(known.begin(), known.end(), word)) continue;
    throw BadUsage(where + "there is no argument for :" + word +
                   "; there are :" + joined(known, ", :"));
  }
}

void PreparedStep::prepare(SQLite::Database& database) {
  statement_ = std::make_unique<SQLite::Statement>(database, step_.sql);
}

void PreparedStep::finalize() { statement_.reset(); }

void PreparedStep::reset() {
  if (statement_) statement_->tryReset();
}

void PreparedStep::run(const Json& arguments, SimulatedTime now,
                       ToolOutcome& outcome) {
  bind(arguments, now);
  Json list = selected();
  switch (step_.kind) {
    case ToolStep::Kind::run:
      break;
    case ToolStep::Kind::refuse:
      if (!list.empty() && list[0].is_string()) {
        outcome = {list[0], true};
      }
      break;
    case ToolStep::Kind::value:
      if (!list.empty() && !list[0].is_null()) {
        outcome.body[step_.as] = std::move(list[0]);
      }
      break;
    case ToolStep::Kind::column:
    case ToolStep::Kind::rows:
      if (list.empty() && step_.unless_empty) break;
      outcome.body[step_.as] = std::move(list);
      break;
  }
}

// What is neither an argument nor a word of the clock is NULL.
void PreparedStep::bind(const Json& arguments, SimulatedTime now) {
  statement_->reset();
  statement_->clearBindings();
  for (size_t i = 0; i < words_.size(); ++i) {
    const std::string& word = words_[i];
    auto given = arguments.find(word);
    bool clock =
        std::count(clock_words().begin(), clock_words().end(), word) > 0;
    bind_value(*statement_, static_cast<int>(i) + 1,
               given != arguments.end() ? *given
               : clock                  ? clock_value(word, now)
                                        : Json());
  }
}

Json PreparedStep::selected() {
  Json list = Json::array();
  size_t size = 0;
  while (statement_->executeStep()) {
    if (statement_->getColumnCount() == 0) continue;
    bool rows = step_.kind == ToolStep::Kind::rows;
    list.push_back(rows ? row_in(*statement_)
                        : value_in(statement_->getColumn(0)));
    size += kLeastOfRow + bytes_of(*statement_);
    if (size > kMostTold) throw TooMuch();
  }
  statement_->reset();
  return list;
}

void bind_value(SQLite::Statement& statement, int index, const Json& value) {
  if (value.is_null()) return statement.bind(index);
  if (value.is_boolean())
    return statement.bind(index, value.get<bool>() ? 1 : 0);
  if (value.is_number_unsigned() &&
      value.get<uint64_t>() > static_cast<uint64_t>(INT64_MAX)) {
    return statement.bind(index, to_text(value));
  }
  if (value.is_number_integer()) {
    return statement.bind(index, value.get<int64_t>());
  }
  if (value.is_number()) return statement.bind(index, value.get<double>());
  if (value.is_string()) {
    return statement.bind(index, without_nul(value.get<std::string>()));
  }
  statement.bind(index, replaced(to_text(value), "\\u0000", "\xEF\xBF\xBD"));
}

Json value_in(const SQLite::Column& column) {
  if (column.isNull()) return Json();
  if (column.isInteger()) return column.getInt64();
  if (column.isFloat()) return column.getDouble();
  return column.getString();
}

}  // namespace simulate
