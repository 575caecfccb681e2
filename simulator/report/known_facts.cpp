#include "simulator/report/known_facts.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>

namespace simulate {

namespace {

using std::chrono::sys_days;

constexpr std::array<const char*, 7> kWeekdays = {
    "Sunday",   "Monday", "Tuesday", "Wednesday",
    "Thursday", "Friday", "Saturday"};
constexpr std::array<const char*, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

constexpr int64_t kHalfADay = 12;
constexpr size_t kMostDates = 64;  // that are told the time between

template <class Names>
bool is_among(const Names& names, const std::string& word) {
  return std::find(names.begin(), names.end(), word) != names.end();
}

std::string weekday_of(sys_days day) {
  return kWeekdays[std::chrono::weekday(day).c_encoding()];
}

std::string month_of(sys_days day) {
  std::chrono::year_month_day date(day);
  return kMonths[static_cast<unsigned>(date.month()) - 1];
}

std::optional<sys_days> next_date(re2::StringPiece& rest) {
  static const RE2 pattern(R"((\d{4})-(\d\d)-(\d\d))");
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  while (RE2::FindAndConsume(&rest, pattern, &year, &month, &day)) {
    std::chrono::year_month_day date{std::chrono::year(year),
                                     std::chrono::month(month),
                                     std::chrono::day(day)};
    if (date.ok()) return sys_days(date);
  }
  return std::nullopt;
}

// Lists anywhere in it.
int64_t longest_list(const Json& value) {
  if (!value.is_structured()) return 0;
  int64_t longest = value.is_array() ? static_cast<int64_t>(value.size()) : 0;
  for (const Json& part : value) {
    longest = std::max(longest, longest_list(part));
  }
  return longest;
}

// What a person reads in it: no keys, no quotes.
void append_texts(const Json& value, std::string& text) {
  if (value.is_structured()) {
    for (const Json& part : value) append_texts(part, text);
  } else {
    text += value.is_string() ? value.get<std::string>() : to_text(value);
    text += ".\n";
  }
}

}  // namespace

std::string day_meant(const std::string& plain, const guards::Words& language) {
  static const guards::Words& english = guards::words_of("en");
  // That the table leaves out, since they are other words, too.
  if (plain == "march") return "March";
  if (plain == "may") return "May";
  for (const guards::Words* words : {&language, &english}) {
    const auto& table = words->table("thought_days");
    auto found = table.find(plain);
    if (found == table.end()) continue;
    const std::string& meant = found->second;
    bool is_day = is_among(kWeekdays, meant) || is_among(kMonths, meant);
    return is_day ? meant : "";
  }
  return "";
}

KnownFacts::KnownFacts(const std::string& language)
    : language_(language.empty() ? "en" : language) {}

void KnownFacts::add(std::string_view text) {
  const guards::Words& words = guards::words_of(language_);
  guards::TextWords read = guards::read_words(text, words);
  words_.add(read);
  for (const guards::Word& word : read.words) {
    std::string day = day_meant(word.plain, words);
    if (!day.empty()) days_.insert(day);
  }
  guards::Numbers found = guards::numbers_in(text, words);
  numbers_.sure.merge(found.sure);
  numbers_.loose.merge(found.loose);
  add_dates(text);
}

void KnownFacts::add_result(const Json& body) {
  std::string text;
  append_texts(body, text);
  add(text);
  longest_list_ = std::max(longest_list_, longest_list(body));
}

void KnownFacts::add_words(std::string_view text) {
  words_.add(guards::read_words(text, guards::words_of(language_)));
}

void KnownFacts::add_dates(std::string_view text) {
  re2::StringPiece rest(text.data(), text.size());
  while (std::optional<Day> day = next_date(rest)) {
    days_.insert(weekday_of(*day));
    days_.insert(month_of(*day));
    if (dates_.size() < kMostDates) dates_.insert(*day);
  }
}

void KnownFacts::set_today(const std::string& date) {
  re2::StringPiece rest(date);
  today_ = next_date(rest);
  if (!today_) return;
  for (int step : {0, 1}) {
    Day day = *today_ + std::chrono::days(step);
    days_.insert(weekday_of(day));
    days_.insert(month_of(day));
  }
  dates_.insert(*today_);
}

bool KnownFacts::has_name(const std::string& plain) const {
  return words_.has_stem(plain);
}

bool KnownFacts::has_number(int64_t value) const {
  auto stands = [&](int64_t number) {
    return numbers_.has(std::to_string(number));
  };
  if (stands(value)) return true;
  if (value < kHalfADay && stands(value + kHalfADay)) return true;
  bool afternoon = value > kHalfADay && value < 2 * kHalfADay;
  if (afternoon && stands(value - kHalfADay)) return true;
  return value <= longest_list_ || is_between_dates(value);
}

bool KnownFacts::is_between_dates(int64_t value) const {
  if (!today_) return false;
  return std::any_of(dates_.begin(), dates_.end(), [&](Day day) {
    int64_t days = std::abs((day - *today_).count());
    return days == value || days / 7 == value || days / 365 == value;
  });
}

bool KnownFacts::has_day(const std::string& day) const {
  return days_.count(day) > 0;
}

}  // namespace simulate
