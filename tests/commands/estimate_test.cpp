#include "simulator/commands/estimate.h"

#include <gtest/gtest.h>

#include "tests/shipped.h"

namespace simulate {
namespace {

RunInputs inputs_with(const std::vector<std::string>& names) {
  RunInputs inputs;
  for (const std::string& name : names) {
    inputs.providers.push_back(known_provider(name));
  }
  inputs.prompts = load_prompts(source("systemprompts"));
  inputs.settings.turns = {4, 4};
  return inputs;
}

PriceList prices() {
  return prices_from(R"({"currency": "USD", "per_million_tokens": {
    "mistral:mistral-large-latest": {"input": 2, "cached_input": 1, "output": 6},
    "mistral:mistral-small-latest": {"input": 1, "output": 3}}})",
                     "prices.json");
}

TEST(Estimate, GrowsWithTheConversations) {
  RunInputs inputs = inputs_with({"mistral"});
  Estimate one = estimate_of(inputs, prices(), {}, 1);
  Estimate ten = estimate_of(inputs, prices(), {}, 10);
  EXPECT_DOUBLE_EQ(ten.calls.about, 10 * one.calls.about);
  EXPECT_DOUBLE_EQ(ten.money.high, 10 * one.money.high);
  EXPECT_LT(one.calls.low, one.calls.about);
  EXPECT_LT(one.calls.about, one.calls.high);
  EXPECT_LT(one.money.low, one.money.high);
  EXPECT_DOUBLE_EQ(one.calls.about, 4 + 6 + 1);
}

// A thousand tokens in and a hundred out: what the run has measured counts.
TEST(Estimate, GoesByWhatTheRunsOwnHaveTaken) {
  RunInputs inputs = inputs_with({"mistral"});
  Cost before;
  before.conversations = 100;
  before.calls = 2000;
  before.input_tokens = 100'000;
  before.output_tokens = 10'000;
  Estimate one = estimate_of(inputs, prices(), before, 1);
  EXPECT_NEAR(one.calls.about, 20, 0.01);
  EXPECT_NEAR(one.input_tokens.about, 1000, 0.01);
  EXPECT_NEAR(one.output_tokens.about, 100, 0.01);
  double least = 1000 * 1e-6 + 100 * 3e-6, most = 1000 * 2e-6 + 100 * 6e-6;
  EXPECT_GT(one.money.high, least);
  EXPECT_LT(one.money.about, most);
}

TEST(Estimate, NamesWhosePriceIsNotKnown) {
  RunInputs inputs = inputs_with({"mistral", "together"});
  Estimate found = estimate_of(inputs, prices(), {}, 10);
  ASSERT_EQ(found.unpriced.size(), 1u);
  EXPECT_EQ(found.unpriced[0],
            "together:" + known_provider("together").model_for(Role::tester));
}

TEST(Estimate, OfALocalServerCostsNothing) {
  Estimate found = estimate_of(inputs_with({"ollama"}), prices(), {}, 10);
  EXPECT_TRUE(found.unpriced.empty());
  EXPECT_EQ(found.money.high, 0);
  EXPECT_EQ(found.seconds, 0);
}

TEST(Estimate, SharesARoleByItsWeights) {
  RunInputs inputs = inputs_with({"mistral", "ollama"});
  inputs.settings.conversation.cast[Role::assistant] = {
      {"mistral", "mistral-large-latest", 1}, {"ollama", "qwen3", 3}};
  inputs.settings.conversation.cast[Role::tester] = {{"ollama"}};
  inputs.settings.conversation.cast[Role::rewriter] = {{"ollama"}};
  double quarter = estimate_of(inputs, prices(), {}, 1).money.about;
  inputs.settings.conversation.cast[Role::assistant][0].weight = 3;
  inputs.settings.conversation.cast[Role::assistant][1].weight = 1;
  double most = estimate_of(inputs, prices(), {}, 1).money.about;
  EXPECT_NEAR(most, 3 * quarter, 1e-9);
}

TEST(Estimate, TellsWhatAMonthsLimitIsEnoughFor) {
  RunInputs inputs = inputs_with({"mistral"});
  inputs.providers[0].limits = {
      {Counted::requests, 11'000, Seconds(30 * 86'400)}};
  Estimate found = estimate_of(inputs, prices(), {}, 10);
  ASSERT_EQ(found.months.size(), 1u);
  EXPECT_NE(found.months[0].find("1000 conversations a month"),
            std::string::npos)
      << found.months[0];
}

}  // namespace
}  // namespace simulate
