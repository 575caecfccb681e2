#include "simulator/report/comparison.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/report/layout.h"
#include "tests/report/talks.h"

namespace simulate {
namespace {

using Talks = std::vector<FinishedConversation>;

Comparison compared(Talks a, Talks b, ComparisonRules rules = {}) {
  TalksInMemory of_a(std::move(a));
  TalksInMemory of_b(std::move(b));
  return compare(of_a, of_b, rules);
}

const ComparedNumber& number_in(const Comparison& comparison,
                                const std::string& key) {
  for (const ComparedNumber& one : comparison.numbers) {
    if (one.number->key == key) return one;
  }
  throw std::runtime_error("no " + key);
}

// Every second conversation claims what it did not do.
Talks with_inventions(Talks talks) {
  for (size_t i = 0; i < talks.size(); i += 2) {
    talks[i].transcript.messages.back().content += " I've saved that.";
  }
  return talks;
}

TEST(Comparison, TellsNoDifferenceBetweenTheSame) {
  Comparison same = compared(plain_talks(60), plain_talks(60));
  EXPECT_EQ(same.pairs, 60);
  EXPECT_EQ(outcome_text(same), "No difference can be told.");
  EXPECT_EQ(number_in(same, "turns").p, 1);
}

TEST(Comparison, FindsWhatIsWorseInPairs) {
  Comparison worse =
      compared(plain_talks(60), with_inventions(plain_talks(60)));
  const ComparedNumber& unbacked = number_in(worse, "unbacked");
  EXPECT_EQ(unbacked.pairs, 60);
  EXPECT_DOUBLE_EQ(unbacked.difference, 0.5);
  EXPECT_GT(unbacked.low, 0.3);
  EXPECT_LT(unbacked.high, 0.7);
  EXPECT_EQ(unbacked.outcome, Difference::worse);
  EXPECT_NE(outcome_text(worse).find("B is worse in"), std::string::npos);
  Comparison better =
      compared(with_inventions(plain_talks(60)), plain_talks(60));
  EXPECT_EQ(number_in(better, "unbacked").outcome, Difference::better);
}

TEST(Comparison, SaysWhatAConversationOfEachCostWhereThatIsKnown) {
  ComparisonRules rules;
  rules.name_a = "a.json";
  rules.name_b = "b.json";
  EXPECT_EQ(cost_text(compared(plain_talks(6), plain_talks(6), rules)), "");
  rules.cost_a = {0.002, "USD"};
  Comparison comparison = compared(plain_talks(6), plain_talks(6), rules);
  EXPECT_EQ(cost_text(comparison),
            "A kept conversation cost 0.002 USD, in a.json; nobody knows what "
            "in b.json.");
  Json json = comparison_json(comparison);
  EXPECT_EQ(json["cost_a"]["conversation"], 0.002);
  EXPECT_TRUE(json["cost_b"].is_null());
}

TEST(Comparison, ReadsTheCostOffARun) {
  PriceList prices = prices_from(
      R"({"currency": "USD", "per_million_tokens":
          {"a:*": {"input": 1, "output": 1}}})",
      "prices.json");
  RunFacts facts;
  facts.spent = {{"a:x", "assistant", 1, 1'000'000, 0}};
  EXPECT_FALSE(compared_cost(prices, facts)) << "nothing was kept";
  facts.kept = 4;
  EXPECT_EQ(compared_cost(prices, facts)->each, 0.25);
  EXPECT_FALSE(compared_cost({}, facts));
}

TEST(Comparison, LeavesOutVerdictsThatNoPairHasBothOf) {
  Talks a = plain_talks(20);
  Talks b = plain_talks(20);
  a[0].verdict.emplace();
  b[1].verdict.emplace();
  for (const ComparedNumber& one : compared(a, b).numbers) {
    EXPECT_NE(std::string(one.number->key), "judged_good");
  }
}

TEST(Comparison, CorrectsForHowManyFiguresThereAre) {
  Comparison some = compared(plain_talks(60), with_inventions(plain_talks(60)));
  for (const ComparedNumber& one : some.numbers) {
    EXPECT_GE(one.corrected_p, one.p);
    EXPECT_LE(one.corrected_p, 1);
  }
}

TEST(Comparison, ComparesHeapsWhereNoSlotIsTheSame) {
  Talks others = with_inventions(plain_talks(60));
  for (FinishedConversation& talk : others) talk.id += "x";
  Comparison heaps = compared(plain_talks(80), others);
  EXPECT_EQ(heaps.pairs, 0);
  EXPECT_EQ(number_in(heaps, "unbacked").outcome, Difference::worse);
  EXPECT_EQ(number_in(heaps, "turns").outcome, Difference::none);
}

TEST(Comparison, PairsNothingOfAnotherSeed) {
  Talks a = plain_talks(10);
  Talks b = plain_talks(10);
  for (FinishedConversation& talk : a) talk.metadata["seed"] = 1;
  for (FinishedConversation& talk : b) talk.metadata["seed"] = 2;
  EXPECT_EQ(compared(a, b).pairs, 0);
}

TEST(Comparison, TellsNothingOfAFew) {
  Comparison few = compared(plain_talks(4), with_inventions(plain_talks(4)));
  EXPECT_EQ(outcome_text(few), "No difference can be told.");
}

TEST(Comparison, ShowsThoseThatDifferMostOrThoseThatAreAskedFor) {
  Talks b = plain_talks(20);
  b[7] = Talk(b[7].id)
             .user(b[7].transcript.messages[0].content)
             .ada("No.")
             .with("language", "en")
             .take();
  ComparisonRules rules;
  rules.most_shown = 1;
  EXPECT_EQ(compared(plain_talks(20), b, rules).shown[0].b.id, "conv_100007");
  rules.shown = {"conv_100003"};
  EXPECT_EQ(compared(plain_talks(20), b, rules).shown[0].a.id, "conv_100003");
  rules.shown = {"conv_9"};
  EXPECT_THROW(compared(plain_talks(20), b, rules), BadUsage);
}

TEST(Comparison, RefusesASourceWithoutConversations) {
  EXPECT_THROW(compared(plain_talks(3), {}), BadUsage);
}

std::string line_with(const std::string& text, const std::string& words) {
  size_t at = text.find(words);
  if (at == text.npos) return "";
  size_t begin = text.rfind('\n', at) + 1;
  return text.substr(begin, text.find('\n', at) - begin);
}

TEST(Comparison, CutsNothingOnATerminalOf80Columns) {
  Comparison some = compared(plain_talks(30), plain_talks(30));
  some.name_a = "prompts-of-last-week.json";
  some.name_b = "prompts-of-this-week.json";
  for (ComparedNumber& one : some.numbers) {
    bool is_share = one.number->unit == Unit::share;
    one.mean_a = one.mean_b = is_share ? 1 : 15231;
    one.difference = one.low = is_share ? -1 : -12345;
    one.high = -one.low;
  }
  some.shown.clear();
  std::string narrow = comparison_text(some, false).text();
  EXPECT_EQ(narrow.find("…"), std::string::npos) << narrow;
  EXPECT_NE(line_with(narrow, "diff.").find(" A "), std::string::npos);
  for (const std::string& line : split(narrow, '\n')) {
    EXPECT_LE(width_of(line), 80u) << line;
  }
  std::string wide = comparison_text(some, false, 160).text();
  EXPECT_NE(line_with(wide, "diff.").find(some.name_b), std::string::npos);
}

TEST(Comparison, IsShownAsTextJsonAndPage) {
  Comparison some = compared(plain_talks(60), with_inventions(plain_talks(60)));
  std::string text = comparison_text(some, false).text();
  EXPECT_NE(text.find("60 pairs of the same slot"), std::string::npos);
  EXPECT_NE(text.find("  ! unbacked claims"), std::string::npos);
  Json json = comparison_json(some);
  EXPECT_EQ(json["type"], "comparison");
  EXPECT_EQ(json["numbers"][0]["key"], "turns");
  EXPECT_EQ(json["shown"].size(), 5U);
  std::string page = comparison_html(some);
  EXPECT_NE(page.find("<svg class=\"interval\""), std::string::npos);
  EXPECT_NE(page.find("class=\"pair\""), std::string::npos);
}

}  // namespace
}  // namespace simulate
