#include "simulator/report/tallies.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

TEST(LabelCounts, PutsTheRareOnesIntoOneBar) {
  LabelCounts tally;
  tally.add("a", 6);
  tally.add("b", 3);
  tally.add("c");
  std::vector<Bar> bars = tally.bars(1);
  ASSERT_EQ(bars.size(), 2U);
  EXPECT_EQ(bars[0].label, "a");
  EXPECT_DOUBLE_EQ(bars[0].value, 0.6);
  EXPECT_EQ(bars[1].label, "2 others");
  EXPECT_DOUBLE_EQ(bars[1].value, 0.4);
}

TEST(LabelCounts, HoldsNoMoreThanSoManyLabels) {
  LabelCounts tally;
  for (size_t i = 0; i < LabelCounts::kMostLabels + 100; ++i) {
    tally.add(std::to_string(i));
  }
  EXPECT_EQ(tally.size(), LabelCounts::kMostLabels + 1);
  EXPECT_EQ(tally.count(LabelCounts::kOthers), 100);
}

TEST(Distribution, KnowsItsQuantilesToTheUnit) {
  Distribution of;
  for (int i = 1; i <= 100; ++i) of.add(i);
  EXPECT_DOUBLE_EQ(of.mean(), 50.5);
  EXPECT_EQ(of.quantile(0.5), 50);
  EXPECT_EQ(of.quantile(0.9), 90);
  EXPECT_EQ(Distribution().quantile(0.5), 0);
}

TEST(Distribution, DrawsBinsOfRoundWidthThatHoldAll) {
  Distribution of;
  for (int i = 0; i < 1000; ++i) of.add(i % 47);
  of.add(1'000'000);
  std::vector<Bar> bins = of.histogram(12);
  double all = 0;
  for (const Bar& bin : bins) all += bin.value;
  EXPECT_NEAR(all, 1, 1e-9);
  EXPECT_EQ(bins.front().label, "0-4");
  EXPECT_EQ(bins.back().label, "50+");
  EXPECT_TRUE(Distribution().histogram(12).empty());
}

TEST(Quotes, AreFewShortAndOnOneLine) {
  Quotes examples(2);
  for (int i = 0; i < 5; ++i) {
    examples.add("conv_1", "a\nb" + std::string(1000, 'x'));
  }
  ASSERT_EQ(examples.all().size(), 2U);
  EXPECT_LT(examples.all()[0].text.size(), 250U);
  EXPECT_EQ(examples.all()[0].text.find('\n'), std::string::npos);
}

}  // namespace
}  // namespace simulate
