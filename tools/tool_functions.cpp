#include "tools/tool_functions.h"

#include <re2/re2.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "simulator/base/json.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

using Days = std::chrono::sys_days;

std::string text_in(sqlite3_value* value) {
  const void* bytes = sqlite3_value_text(value);
  auto size = static_cast<size_t>(sqlite3_value_bytes(value));
  return bytes ? std::string(static_cast<const char*>(bytes), size) : "";
}

void answer(sqlite3_context* context, const std::string& text) {
  sqlite3_result_text(context, text.data(), static_cast<int>(text.size()),
                      SQLITE_TRANSIENT);
}

void answer_or_null(sqlite3_context* context, const std::string& text) {
  if (text.empty()) return sqlite3_result_null(context);
  answer(context, text);
}

std::optional<Days> day_in(const std::string& text) {
  static const RE2 pattern(R"((\d{4})-(\d{2})-(\d{2}).*)");
  int year = 0, month = 0, day = 0;
  if (!RE2::FullMatch(text, pattern, &year, &month, &day)) return std::nullopt;
  std::chrono::year_month_day date(
      std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
      std::chrono::day(static_cast<unsigned>(day)));
  if (!date.ok()) return std::nullopt;
  return Days(date);
}

std::string text_of(Days day) {
  std::chrono::year_month_day date(day);
  char text[16];
  std::snprintf(
      text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

// tidy(text): without blanks around it.
void tidy(sqlite3_context* context, int, sqlite3_value** values) {
  if (sqlite3_value_type(values[0]) == SQLITE_NULL) {
    return sqlite3_result_null(context);
  }
  answer(context, std::string(trimmed(text_in(values[0]))));
}

// excerpt(text): short and printable, for a message.
void excerpt(sqlite3_context* context, int, sqlite3_value** values) {
  answer(context, shortened(printable(text_in(values[0])), 60));
}

// moment(text): "2025-03-04" or "2025-03-04 08:05" from what is written like
// it; NULL when it is no day or time that exists.
void moment(sqlite3_context* context, int, sqlite3_value** values) {
  static const RE2 pattern(
      R"((\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2})?)?)");
  std::string text(trimmed(text_in(values[0])));
  std::string date, hour, minute;
  bool good = RE2::FullMatch(text, pattern, &date, &hour, &minute) &&
              day_in(date) && (hour.empty() || (hour < "24" && minute < "60"));
  if (!good) return sqlite3_result_null(context);
  answer(context, hour.empty() ? date : date + " " + hour + ":" + minute);
}

// days_between(from, to): negative when `to` is earlier; NULL without days.
void days_between(sqlite3_context* context, int, sqlite3_value** values) {
  auto from = day_in(text_in(values[0]));
  auto to = day_in(text_in(values[1]));
  if (!from || !to) return sqlite3_result_null(context);
  sqlite3_result_int64(context, (*to - *from).count());
}

// add_days(day, number)
void add_days(sqlite3_context* context, int, sqlite3_value** values) {
  auto day = day_in(text_in(values[0]));
  int64_t number = sqlite3_value_int64(values[1]);
  if (!day || number > 1'000'000 || number < -1'000'000) {
    return sqlite3_result_null(context);
  }
  answer(context, text_of(*day + std::chrono::days(number)));
}

std::string valid_range(int64_t count, const std::string& many) {
  if (count == 0) return "there are no " + many;
  if (count == 1) return "the only valid index is 1";
  return "valid indices are 1 to " + std::to_string(count);
}

// wrong_positions(list, count, one, many): what is wrong with positions that
// count from 1, or NULL. `one` and `many` name what is counted.
void wrong_positions(sqlite3_context* context, int, sqlite3_value** values) {
  Json positions = parse_json(text_in(values[0])).value_or(Json::array());
  int64_t count = sqlite3_value_int64(values[1]);
  std::string range = valid_range(count, text_in(values[3]));
  std::set<int64_t> seen;
  for (const Json& position : positions) {
    bool good =
        position.is_number_integer() && position >= 1 && position <= count;
    if (!good) {
      return answer(context, "there is no " + text_in(values[2]) + " " +
                                 shortened(to_text(position), 30) + "; " +
                                 range + ".");
    }
    if (seen.insert(position.get<int64_t>()).second) continue;
    return answer(context, "index " + to_text(position) + " is given twice; " +
                               range + ".");
  }
  sqlite3_result_null(context);
}

std::string wrong_text_in(const Json& text, const std::string& label,
                          int64_t most) {
  std::string kept(text.is_string()
                       ? trimmed(text.get_ref<const std::string&>())
                       : std::string_view());
  if (kept.empty()) return label + " is empty; write what to keep.";
  if (static_cast<int64_t>(kept.size()) <= most) return "";
  return label + " has " + std::to_string(kept.size()) + " bytes; at most " +
         std::to_string(most) + " are allowed. Make it shorter.";
}

// wrong_texts(list, argument, most_bytes): the first item that is empty or too
// long, or NULL.
void wrong_texts(sqlite3_context* context, int, sqlite3_value** values) {
  Json texts = parse_json(text_in(values[0])).value_or(Json::array());
  int64_t most = sqlite3_value_int64(values[2]);
  size_t number = 0;
  for (const Json& text : texts) {
    std::string wrong = wrong_text_in(
        text, "item " + std::to_string(++number) + " of " + text_in(values[1]),
        most);
    if (!wrong.empty()) return answer(context, wrong);
  }
  sqlite3_result_null(context);
}

// wrong_text(text, argument, most_bytes): the same of one text.
void wrong_text(sqlite3_context* context, int, sqlite3_value** values) {
  answer_or_null(context,
                 wrong_text_in(text_in(values[0]),
                               "argument \"" + text_in(values[1]) + "\"",
                               sqlite3_value_int64(values[2])));
}

// too_many(count, most, many): a sentence when `count` is over `most`.
void too_many(sqlite3_context* context, int, sqlite3_value** values) {
  if (sqlite3_value_int64(values[0]) <= sqlite3_value_int64(values[1])) {
    return sqlite3_result_null(context);
  }
  answer(context, "at most " + text_in(values[1]) + " " + text_in(values[2]) +
                      " can be kept. Delete some first.");
}

// any_word(text): for MATCH, any of the words of a question.
void any_word(sqlite3_context* context, int, sqlite3_value** values) {
  std::vector<std::string> words;
  std::string word;
  for (char c : text_in(values[0]) + " ") {
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  (c >= '0' && c <= '9') || static_cast<signed char>(c) < 0;
    if (letter) {
      word += c;
    } else if (!word.empty() && words.size() < 50) {
      words.push_back("\"" + std::exchange(word, "") + "\"");
    }
  }
  answer(context, words.empty() ? "\"\"" : joined(words, " OR "));
}

struct Function {
  const char* name;
  int arguments;
  void (*run)(sqlite3_context*, int, sqlite3_value**);
};

constexpr Function kOurs[] = {
    {"tidy", 1, tidy},
    {"excerpt", 1, excerpt},
    {"moment", 1, moment},
    {"days_between", 2, days_between},
    {"add_days", 2, add_days},
    {"wrong_positions", 4, wrong_positions},
    {"wrong_texts", 3, wrong_texts},
    {"wrong_text", 3, wrong_text},
    {"too_many", 3, too_many},
    {"any_word", 1, any_word},
};

}  // namespace

void add_tool_functions(sqlite3* database) {
  for (const Function& function : kOurs) {
    sqlite3_create_function(database, function.name, function.arguments,
                            SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr,
                            function.run, nullptr, nullptr);
  }
}

bool may_call_function(std::string_view name) {
  static const std::vector<std::string> kSqlites = split(
      "coalesce ifnull iif nullif typeof abs round sign "
      "length lower upper substr substring replace instr trim ltrim rtrim "
      "char unicode like glob match bm25 highlight snippet "
      "json json_array json_array_length json_each json_extract "
      "json_group_array json_group_object json_object json_type json_valid "
      "-> ->> count sum total avg min max group_concat "
      "row_number rank dense_rank ntile lag lead "
      "first_value last_value nth_value",
      ' ');
  for (const Function& function : kOurs) {
    if (name == function.name) return true;
  }
  return std::count(kSqlites.begin(), kSqlites.end(), lowered(name)) > 0;
}

}  // namespace simulate
