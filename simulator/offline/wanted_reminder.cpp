#include "simulator/offline/wanted_reminder.h"

#include <re2/re2.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <optional>

#include "simulator/base/text.h"
#include "simulator/offline/words.h"

namespace simulate::offline {

namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year_month_day;

constexpr std::array kWeekdays = {"sunday",   "monday", "tuesday", "wednesday",
                                  "thursday", "friday", "saturday"};
constexpr std::array kHours = {"one",  "two", "three",  "four",
                               "five", "six", "seven",  "eight",
                               "nine", "ten", "eleven", "twelve"};
constexpr std::array kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

std::optional<sys_days> day_of(const std::string& date) {
  int year = 0, month = 0, day = 0;
  if (std::sscanf(date.c_str(), "%d-%d-%d", &year, &month, &day) != 3) {
    return std::nullopt;
  }
  year_month_day parts(std::chrono::year(year),
                       std::chrono::month(static_cast<unsigned>(month)),
                       std::chrono::day(static_cast<unsigned>(day)));
  if (!parts.ok()) return std::nullopt;
  return sys_days(parts);
}

std::string iso(sys_days day) {
  year_month_day parts(day);
  char text[32];
  std::snprintf(
      text, sizeof text, "%04d-%02u-%02u", static_cast<int>(parts.year()),
      static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
  return text;
}

// A weekday's name means the next one, never today.
std::string date_meant(const std::string& when, const std::string& today) {
  std::optional<sys_days> now = day_of(today);
  if (!now) return "";
  if (contains(when, "tomorrow")) return iso(*now + days(1));
  for (unsigned i = 0; i < kWeekdays.size(); ++i) {
    if (!contains(when, kWeekdays[i])) continue;
    auto ahead = (weekday(i) - weekday(*now)).count();
    return iso(*now + days(ahead == 0 ? 7 : ahead));
  }
  return "";
}

int hour_named(const std::string& word) {
  if (word == "noon") return 12;
  for (size_t i = 0; i < kHours.size(); ++i) {
    if (word == kHours[i]) return static_cast<int>(i) + 1;
  }
  int hour = 0;
  return std::sscanf(word.c_str(), "%d", &hour) == 1 ? hour : -1;
}

std::string clock_meant(const std::string& when) {
  static const RE2 at(R"(\bat (\w+)(?::(\d\d))? ?([ap]m)?)");
  std::string word, minutes, half;
  if (!RE2::PartialMatch(when, at, &word, &minutes, &half)) {
    if (contains(when, "morning")) return " 09:00";
    return contains(when, "evening") ? " 19:00" : "";
  }
  int hour = hour_named(word);
  if (half == "pm" && hour < 12) hour += 12;
  bool night = half.empty() && hour < 7;  // nobody means four in the morning
  if (night) hour += 12;
  if (hour < 0 || hour > 23) return "";
  char text[16];
  std::snprintf(text, sizeof text, " %02d:%s", hour,
                minutes.empty() ? "00" : minutes.c_str());
  return text;
}

}  // namespace

WantedReminder wanted_reminder(const std::string& said,
                               const std::string& today) {
  static const RE2 pattern(R"((?i)remind me(.*?) (about|to|of) ([^?.!]+))");
  std::string when, link, what;
  if (!RE2::PartialMatch(said, pattern, &when, &link, &what)) return {};
  static const RE2 courtesy(R"((?i),? (?:please|will you|would you)\b.*)");
  RE2::Replace(&what, courtesy, "");
  WantedReminder wanted;
  wanted.text = third_person(trimmed(what)) + ".";
  wanted.due = moment_meant(when, today);
  return wanted;
}

std::string moment_meant(const std::string& words, const std::string& today) {
  std::string day = date_meant(lowered(words), today);
  return day.empty() ? "" : day + clock_meant(lowered(words));
}

std::string day_in_words(const std::string& date) {
  std::optional<sys_days> day = day_of(date);
  if (!day) return "";
  year_month_day parts(*day);
  return capitalised(kWeekdays[weekday(*day).c_encoding()]) + ", " +
         std::to_string(static_cast<unsigned>(parts.day())) + " " +
         kMonths[static_cast<unsigned>(parts.month()) - 1];
}

}  // namespace simulate::offline
