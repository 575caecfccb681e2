#include "simulator/models/prices.h"

#include <gtest/gtest.h>

#include <set>

#include <limits>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/models/provider.h"

namespace simulate {
namespace {

PriceList list_of(const std::string& rows) {
  return prices_from(
      R"({"currency": "EUR", "per_million_tokens": {)" + rows + "}}",
      "prices.json");
}

std::string refusal(const std::string& text) {
  try {
    prices_from(text, "prices.json");
  } catch (const BadUsage& refused) {
    return refused.what();
  }
  return "nothing";
}

constexpr int64_t kUnit = 1'000'000'000;

TEST(PriceList, FindsTheModelBeforeItsProvider) {
  PriceList list = list_of(R"("a:x:1": {"input": 1, "output": 2},
                              "a:*": {"input": 3, "output": 4})");
  EXPECT_EQ(list.currency, "EUR");
  EXPECT_EQ(list.find({"a", "x:1"})->output.nano, 2 * kUnit);
  EXPECT_EQ(list.find({"a", "x"})->output.nano, 4 * kUnit);
  EXPECT_EQ(list.find({"b", "x"}), nullptr);
  EXPECT_EQ(list.find({"mistral", "any"}), nullptr);
}

TEST(PriceList, KnowsThatLocalProvidersCostNothingUnlessItSaysOtherwise) {
  for (const char* provider : {"offline", "ollama", "vllm"}) {
    const Price* price = PriceList().find({provider, "any"});
    ASSERT_TRUE(price) << provider;
    EXPECT_EQ(cost(*price, {1'000, 1'000}), Money{});
  }
  PriceList list = list_of(R"("ollama:*": {"input": 1, "output": 1})");
  EXPECT_EQ(list.find({"ollama", "any"})->input.nano, kUnit);
}

TEST(Price, IsExactAndRoundsUp) {
  PriceList list = list_of(R"("a:*":
      {"input": 0.15, "cached_input": 0.015, "output": 0.6})");
  const Price& price = *list.find({"a", "x"});
  EXPECT_EQ(cost(price, {1'000'000, 1'000'000}).nano, 750'000'000);
  EXPECT_EQ(cost(price, {1, 0}).nano, 150);
  EXPECT_EQ(cost(price, {10, 0}, 10).nano, 150);
  EXPECT_EQ(cost(price, {10, 0}, 99).nano, 150) << "no more than there are";
  EXPECT_EQ(cost(price, {0, 0}), Money{});
  Price tiny;
  tiny.input.nano = 1;
  EXPECT_EQ(cost(tiny, {1, 0}).nano, 1);
  EXPECT_EQ(cost(tiny, {1'000'001, 0}).nano, 2);
}

TEST(Price, TakesCachedInputAsInputWhereNothingElseIsKnown) {
  PriceList list = list_of(R"("a:*": {"input": 2, "output": 0})");
  const Price& price = *list.find({"a", "x"});
  EXPECT_EQ(cost(price, {1'000'000, 0}, 500'000).nano, 2 * kUnit);
}

TEST(Money, StaysAtTheLargestThatCanBeWritten) {
  constexpr int64_t most = std::numeric_limits<int64_t>::max();
  Price dear;
  dear.input.nano = 1'000'000 * kUnit;
  Money sum = cost(dear, {1'000'000'000'000, 0});
  EXPECT_EQ(sum.nano, most);
  sum += Money{1};
  EXPECT_EQ(sum.nano, most);
}

TEST(PriceList, SaysWhatIsWrongWhereAndWhatItMustBe) {
  struct Row {
    const char* text;
    const char* says;
  };
  const Row rows[] = {
      {"{\n\"currency\": \"USD\",\n}", "prices.json: line 3"},
      {"[]", "no JSON object"},
      {R"({"per_million_tokens": {}})", "\"currency\" is missing"},
      {R"({"currency": "USD", "per_milion_tokens": {}})",
       "did you mean \"per_million_tokens\"?"},
      {R"({"currency": "USD", "per_million_tokens": {"a": {}}})",
       "\"a\" names no model: write \"provider:model\""},
      {R"({"currency": "USD", "per_million_tokens": {"a:x": {"input": 1}}})",
       "prices.json, \"a:x\": field \"output\" is missing"},
      {R"({"currency": "USD", "per_million_tokens":
           {"a:x": {"input": -1, "output": 1}}})",
       "field \"input\" must be a number from 0"},
      {R"({"currency": "USD", "per_million_tokens":
           {"a:x": {"input": 1, "output": 1, "cached_inputs": 1}}})",
       "did you mean \"cached_input\"?"},
      {R"({"currency": "USD", "per_million_tokens":
           {"a:x": {"input": 1, "output": 1, "read": "May"}}})",
       "must be a day such as \"2026-11-23\""},
  };
  for (const Row& row : rows) {
    EXPECT_TRUE(contains(refusal(row.text), row.says)) << row.text << "\n"
                                                       << refusal(row.text);
  }
}

// A price without day and place is hearsay.
TEST(PriceList, ThatShipsSaysWhenAndWhereEachWasRead) {
  PriceList list =
      load_prices(std::filesystem::path(SIMULATE_SOURCE_DIR) / "prices.json");
  EXPECT_FALSE(list.prices.empty());
  for (const auto& [key, price] : list.prices) {
    EXPECT_FALSE(price.read.empty()) << key;
    EXPECT_TRUE(contains(price.source, "https://")) << key;
    EXPECT_NO_THROW(known_provider(player_named(key).provider)) << key;
  }
}

TEST(PriceList, ThatShipsHasTheModelsThatProvidersAreKnownWith) {
  PriceList list =
      load_prices(std::filesystem::path(SIMULATE_SOURCE_DIR) / "prices.json");
  // A router's price is that of whoever answers, and DeepSeek's are in yuan, by
  // the hour of the day.
  const std::set<std::string> unknown = {"huggingface", "openrouter",
                                         "deepseek"};
  for (const Provider& provider : known_providers()) {
    if (unknown.contains(provider.name)) continue;
    for (Role role : kRoles) {
      Player player{provider.name, provider.model_for(role)};
      EXPECT_TRUE(list.find(player)) << player_text(player);
    }
  }
}

}  // namespace
}  // namespace simulate
