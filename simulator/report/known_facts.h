// The names, numbers and days that stand in texts, to ask whether one was there
// before somebody said it. Grows by what is added; a value.
// Tested by tests/report/memory_claims_test.cpp.
#pragma once

#include <chrono>
#include <set>
#include <string>
#include <string_view>

#include "simulator/base/json.h"
#include "simulator/guards/numbers.h"
#include "simulator/guards/vocabulary.h"

namespace simulate {

class KnownFacts {
 public:
  // "de", "de-AT"; empty: English.
  explicit KnownFacts(const std::string& language);

  void add(std::string_view text);
  // Its text, and how many there are of each list in it.
  void add_result(const Json& body);
  // Words alone, for what may name things but tells of none.
  void add_words(std::string_view text);
  // The day of the conversation, "2025-03-04", from which others are told.
  void set_today(const std::string& date);

  bool has_name(const std::string& plain) const;
  // Or what people make of it: 4 of 16:00, the number of items of a list, days,
  // weeks and years from today.
  bool has_number(int64_t value) const;
  // "Monday", "March".
  bool has_day(const std::string& day) const;

  bool has_dates() const { return !dates_.empty(); }

  const guards::Vocabulary& words() const { return words_; }

 private:
  using Day = std::chrono::sys_days;

  void add_dates(std::string_view text);
  bool is_between_dates(int64_t value) const;

  std::string language_;
  guards::Vocabulary words_;
  guards::Numbers numbers_;
  std::set<std::string> days_;
  std::set<Day> dates_;
  std::optional<Day> today_;
  int64_t longest_list_ = 0;
};

// "Monday" for "montag", "March" for "mars"; empty for any other word, in the
// language or in English.
std::string day_meant(const std::string& plain, const guards::Words& language);

}  // namespace simulate
