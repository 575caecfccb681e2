// What was spent, in money: as a sum, and as a table by model. What has no
// known price is named, and is not in the sum. Pure. Tested by
// tests/report/bill_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "simulator/report/figure.h"
#include "simulator/report/run_facts.h"

namespace simulate {

struct Bill {
  Money money;
  bool is_priced = false;             // a price of one of them is known
  std::vector<std::string> unpriced;  // players, each once
  std::string oldest;  // day of the oldest price in it, or nothing
};
Bill bill_of(const PriceList& prices, const std::vector<Spent>& spent);

// "USD", or "USD, without a:x, whose price is not known".
std::string currency_text(const PriceList& prices, const Bill& bill);

// Replies, tokens and money of each model and role, divided by `by`: by the
// conversations, say, for what one of them took.
Figure spent_table(const PriceList& prices, const std::vector<Spent>& spent,
                   double by = 1);

}  // namespace simulate
