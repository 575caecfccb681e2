// The numbers that a text names, by their value: digits of any script, number
// words of the language ("twenty-five", "fünfundzwanzig", "quatre-vingt-dix",
// 二十五). Pure.
// Tested by tests/guards/numbers_test.cpp.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "simulator/guards/words.h"

namespace simulate::guards {

// Values without signs and leading zeros. A date or an hour is several ("9:30"
// is 9 and 30), since there are many ways to write one; an empty half of it
// (":00") is none.
struct Numbers {
  std::set<std::string> sure;
  // That may mean no number: "one", "first", "a couple".
  std::set<std::string> loose;

  bool has(const std::string& value) const {
    return sure.count(value) > 0 || loose.count(value) > 0;
  }
};

// Of the tables "numbers" and "loose_numbers" of the language.
Numbers numbers_in(std::string_view text, const Words& language);

// The text with ASCII digits in place of those of other scripts.
std::string with_plain_digits(std::string_view text);

}  // namespace simulate::guards
