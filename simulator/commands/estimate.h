// What conversations will take: calls, tokens, money and time, as ranges, from
// what the run's own have taken so far or, before there are some, from its
// prompts and plan. For --dry-run.
// Tested by tests/commands/estimate_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/commands/run_inputs.h"
#include "simulator/conversation/cost.h"
#include "simulator/models/prices.h"

namespace simulate {

struct Between {
  double low = 0;
  double about = 0;
  double high = 0;
};

struct Estimate {
  Between calls;
  Between input_tokens;
  Between output_tokens;
  Between money;  // in the list's currency
  // "provider:model" whose price is not known, and not in `money`.
  std::vector<std::string> unpriced;
  double seconds = 0;  // at least, by the limits; 0 when none tells
  // What limits of a day or a month allow, a sentence each.
  std::vector<std::string> months;
};

// Of so many conversations; `before` is what those of the run have taken.
Estimate estimate_of(const RunInputs& inputs, const PriceList& prices,
                     const Cost& before, double conversations);

}  // namespace simulate
