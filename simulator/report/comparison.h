// Two datasets compared: figures of the conversations of both, with a test, and
// their texts side by side. What both have of the same slot is compared pair by
// pair; where there is no such pair, all of one with all of the other.
//
//     Comparison comparison = compare(a, b, rules);
//     show(stdout, comparison_text(comparison, colour));
//
// Tested by tests/report/comparison_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "simulator/base/json.h"
#include "simulator/base/screen.h"
#include "simulator/report/bill.h"
#include "simulator/report/conversation_numbers.h"
#include "simulator/report/side_by_side.h"

namespace simulate {

// What a kept conversation of a run cost, failed attempts included.
struct ComparedCost {
  double each = 0;
  std::string currency;  // "USD, without a:x, whose price is not known"
};

// Nothing where the price of nobody is known.
std::optional<ComparedCost> compared_cost(const PriceList& prices,
                                          const RunFacts& facts);

struct ComparisonRules {
  std::string name_a = "A";
  std::string name_b = "B";
  std::string assistant_name = "Ada";
  std::vector<std::string> shown;  // ids; empty: those that differ most
  size_t most_shown = 5;
  size_t most_conversations = 20'000;  // of each; of more, the first
  double surely = 0.05;                // a corrected p below it is a difference
  std::optional<ComparedCost> cost_a = {};  // of a file nobody knows
  std::optional<ComparedCost> cost_b = {};
};

// How B differs from A, so far as can be told.
enum class Difference { none, better, worse, differs };

struct ComparedNumber {
  const ConversationNumber* number = nullptr;
  int64_t pairs = 0;  // 0: not paired
  double mean_a = 0;
  double mean_b = 0;
  double difference = 0;  // of B over A
  double low = 0;         // 95 % interval of it
  double high = 0;
  double p = 1;
  double corrected_p = 1;  // Holm's, over all numbers
  Difference outcome = Difference::none;
};

struct Comparison {
  std::string name_a;
  std::string name_b;
  int64_t conversations_a = 0;
  int64_t conversations_b = 0;
  int64_t pairs = 0;  // of the same slot
  std::vector<ComparedNumber> numbers;
  std::vector<SidePair> shown;
  std::optional<ComparedCost> cost_a;
  std::optional<ComparedCost> cost_b;
};

// Reads each twice. Throws BadUsage when one holds no conversation, or one that
// is to be shown is not in both.
Comparison compare(ConversationSource& a, ConversationSource& b,
                   const ComparisonRules& rules);

// "B is better in tool errors; no difference can be told in 11 others."
std::string outcome_text(const Comparison& comparison);

// "A kept conversation cost 0.002 USD in a.json, 0.003 USD in b.json."; empty
// when neither is known.
std::string cost_text(const Comparison& comparison);

Shown comparison_text(const Comparison& comparison, bool colour,
                      size_t width = 80);
Json comparison_json(const Comparison& comparison);
std::string comparison_html(const Comparison& comparison);

}  // namespace simulate
