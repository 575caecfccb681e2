// Numbers in calls. What a number says is kept exactly or not at all: a model
// that learns from the record must see the digits that were meant.
#pragma once

#include <optional>
#include <string_view>

#include "simulator/base/json.h"

namespace simulate {

struct NumberLiteral {
  std::string_view written;  // empty when no number stands there
  bool whole = false;        // written without a fraction or an exponent
  std::optional<Json> value;
  bool huge = false;         // whole, and too large to have a value
  const char* problem = "";  // when there is no value
};

// What stands at `at` and could be a number. A whole number beyond 64 bits is
// a float if that prints as the very same number (10^20 does), else it has no
// value.
NumberLiteral number_at(std::string_view text, size_t at);

}  // namespace simulate
