#include "simulator/base/time.h"

#include <array>
#include <cstdio>

#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr int64_t kMinutesPerDay = 24 * 60;

std::chrono::sys_days day_of(SimulatedTime time) {
  int64_t days = time.minutes / kMinutesPerDay;
  if (time.minutes % kMinutesPerDay < 0) --days;
  return std::chrono::sys_days{std::chrono::days{days}};
}

int minute_of_day(SimulatedTime time) {
  int64_t rest = time.minutes % kMinutesPerDay;
  return static_cast<int>(rest < 0 ? rest + kMinutesPerDay : rest);
}

}  // namespace

std::string date_text(SimulatedTime time) {
  std::chrono::year_month_day date{day_of(time)};
  char text[32];
  std::snprintf(
      text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

std::string clock_text(SimulatedTime time) {
  int minute = minute_of_day(time);
  char text[16];
  std::snprintf(text, sizeof text, "%02d:%02d", minute / 60, minute % 60);
  return text;
}

std::string moment_text(SimulatedTime time) {
  return date_text(time) + " " + clock_text(time);
}

std::string weekday_text(SimulatedTime time) {
  static constexpr std::array<const char*, 7> kNames = {
      "Sunday",   "Monday", "Tuesday", "Wednesday",
      "Thursday", "Friday", "Saturday"};
  return kNames[std::chrono::weekday{day_of(time)}.c_encoding()];
}

std::string ago_text(SimulatedTime then, SimulatedTime now) {
  constexpr int64_t kInWeeks = 14;
  constexpr int64_t kInMonths = 60;
  int64_t days = (day_of(now) - day_of(then)).count();
  if (days <= 0) return "earlier today";
  if (days == 1) return "yesterday";
  if (days < kInWeeks) return counted(days, "day") + " ago";
  if (days < kInMonths) return counted(days / 7, "week") + " ago";
  return counted(days / 30, "month") + " ago";
}

}  // namespace simulate
