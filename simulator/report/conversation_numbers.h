// What one conversation is in numbers: the table behind the breakdowns of a
// report and the rows of a comparison. Pure.
// Tested by tests/report/conversation_numbers_test.cpp.
#pragma once

#include <optional>
#include <span>

#include "simulator/report/figure.h"
#include "simulator/report/reading.h"

namespace simulate {

enum class Better { more, less, neither };

struct ConversationNumber {
  const char* key;  // in JSON, never renamed
  const char* name;
  Unit unit;
  Better better;
  bool in_breakdown;                                    // a column there
  std::optional<double> (*of)(const Reading& reading);  // nothing: unknown
};

std::span<const ConversationNumber> conversation_numbers();

}  // namespace simulate
