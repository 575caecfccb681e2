#include "tools/tool_bounds.h"

#include <re2/re2.h>

#include <cctype>
#include <string_view>

#include "simulator/base/text.h"
#include "tools/tool_functions.h"

namespace simulate {

namespace {

// A call that takes longer than this many steps of SQLite's machine (about a
// second) is given up. The clock is for steps that take long by themselves, on
// large values; the count alone decides wherever it can, since a replay has to
// come to the same end.
constexpr int kMostSteps = 20'000'000;
constexpr int kStepsBetweenLooks = 100;
constexpr auto kLongest = std::chrono::seconds(5);
constexpr int kLongestValue = 1 << 20;  // bytes
// Of SQLite's memory, for what a call has under way: a list that grows is none
// of the values that are bounded until it is whole.
constexpr int64_t kMostMemory = 64 << 20;
constexpr int kLongestPattern = 1'000;  // of LIKE and GLOB, bytes

// Rows come and go, and nothing else ever happens here: no files, no settings,
// no extensions, no endless recursion.
int authorize(void* allowed, int action, const char* first, const char* second,
              const char*, const char*) {
  if (*static_cast<bool*>(allowed)) return SQLITE_OK;
  switch (action) {
    case SQLITE_READ:
    case SQLITE_SELECT:
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT: {
      bool schema = first && std::string_view(first).substr(0, 7) == "sqlite_";
      return schema && action != SQLITE_READ ? SQLITE_DENY : SQLITE_OK;
    }
    case SQLITE_PRAGMA: {
      // A full-text index asks for the one, we for the other.
      std::string_view name = first;
      bool harmless = name == "data_version" || name == "page_count";
      return harmless ? SQLITE_OK : SQLITE_DENY;
    }
    case SQLITE_FUNCTION:
      return may_call_function(second) ? SQLITE_OK : SQLITE_DENY;
    default:
      return SQLITE_DENY;
  }
}

// The next word of SQL; false at the end.
struct Word {
  std::string text;   // '...', or what is none of the others, byte by byte
  std::string blank;  // and comments
  std::string name;   // of a column or function, in quotes of all kinds perhaps
};
bool take_word(re2::StringPiece& sql, Word& word) {
  static const RE2 pattern(
      R"re((?s)('(?:[^']|'')*')|(\s+|--[^\n]*|/\*.*?\*/)|)re"
      R"re(("(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|[A-Za-z_][\w$]*)|(.))re");
  word = Word();
  std::string other;
  if (!RE2::Consume(&sql, pattern, &word.text, &word.blank, &word.name,
                    &other)) {
    return false;
  }
  word.text += other;
  return true;
}

std::string without_quotes(std::string name) {
  bool quoted = name.size() > 1 &&
                !std::isalpha(static_cast<unsigned char>(name[0])) &&
                name[0] != '_';
  return lowered(quoted ? name.substr(1, name.size() - 2) : name);
}

bool is_clock(const std::string& name) {
  return name == "current_time" || name == "current_date" ||
         name == "current_timestamp";
}

// Whoever stands before a bracket is called.
bool is_steady(const std::string& value) {
  re2::StringPiece rest(value);
  std::string before;
  for (Word word; take_word(rest, word);) {
    if (!word.blank.empty()) continue;
    if (word.text == "(" && !before.empty() && !may_call_function(before)) {
      return false;
    }
    before = without_quotes(word.name);
    if (is_clock(before)) return false;
  }
  return true;
}

}  // namespace

void bind_to_rows(SQLite::Database& database, bool& allowed) {
  sqlite3* handle = database.getHandle();
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kLongestValue);
  sqlite3_limit(handle, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, kLongestPattern);
  sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_set_authorizer(handle, authorize, &allowed);
}

void refuse_unsteady_defaults(SQLite::Database& database,
                              const std::string& table) {
  SQLite::Statement row(database,
                        "SELECT name, dflt_value FROM pragma_table_xinfo(?1) "
                        "WHERE dflt_value IS NOT NULL");
  row.bind(1, table);
  while (row.executeStep()) {
    std::string value = row.getColumn(1).getString();
    if (is_steady(value)) continue;
    throw SQLite::Exception("the default of " + row.getColumn(0).getString() +
                            " depends on the clock or on chance: " + value);
  }
}

Patience::Patience(SQLite::Database& database)
    : handle_(database.getHandle()),
      ends_(std::chrono::steady_clock::now() + kLongest),
      steps_left_(kMostSteps),
      memory_before_(sqlite3_memory_used()) {
  sqlite3_progress_handler(handle_, kStepsBetweenLooks, is_over, this);
}

Patience::~Patience() {
  sqlite3_progress_handler(handle_, 0, nullptr, nullptr);
}

int Patience::is_over(void* self) {
  auto& patience = *static_cast<Patience*>(self);
  patience.steps_left_ -= kStepsBetweenLooks;
  return patience.steps_left_ <= 0 ||
         sqlite3_memory_used() - patience.memory_before_ > kMostMemory ||
         std::chrono::steady_clock::now() > patience.ends_;
}

}  // namespace simulate
