// What kept conversations have cost, and what came of it. A value.
// Tested by tests/conversation/cost_test.cpp.
#pragma once

#include <cstdint>
#include <string>

#include "simulator/base/json.h"
#include "simulator/conversation/converse.h"

namespace simulate {

struct Cost {
  int64_t conversations = 0;
  int64_t turns = 0;
  int64_t calls = 0;  // of models
  int64_t input_tokens = 0;
  int64_t repeated_tokens = 0;  // of these, as a prefix that was sent before
  int64_t output_tokens = 0;
  int64_t trained_tokens = 0;

  void add(const Conversation& conversation);
  bool empty() const { return conversations == 0; }

  // "A conversation: 11.2 calls (2.4 a turn), 12300 tokens in (71 % ...".
  std::string text() const;
  Json to_json() const;
};

// Its sums over the conversations, by the names of a ledger's counters and of a
// conversation's columns.
struct CostSum {
  const char* name;
  int64_t Cost::*sum;
};
constexpr CostSum kCostSums[] = {{"turns", &Cost::turns},
                                 {"calls", &Cost::calls},
                                 {"input_tokens", &Cost::input_tokens},
                                 {"repeated_tokens", &Cost::repeated_tokens},
                                 {"output_tokens", &Cost::output_tokens},
                                 {"trained_tokens", &Cost::trained_tokens}};

}  // namespace simulate
