#include "simulator/metrics/text_sample.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace simulate {
namespace {

TEST(TextSample, HoldsAllTextsThatFit) {
  TextSample sample(10'000);
  EXPECT_TRUE(sample.texts().empty());
  for (int i = 0; i < 20; ++i) sample.add("text " + std::to_string(i));
  sample.add("");
  EXPECT_EQ(sample.seen(), 21);
  auto texts = sample.texts();
  EXPECT_EQ(std::set<std::string_view>(texts.begin(), texts.end()).size(), 21u);
  EXPECT_FALSE(std::is_sorted(texts.begin(), texts.end()));
}

TEST(TextSample, IsAsLikelyToHoldTheFirstAsTheLast) {
  TextSample sample(200'000);
  for (int i = 0; i < 100'000; ++i) sample.add(std::string(i % 300, 'x') + "y");
  for (int i = 0; i < 100'000; ++i) sample.add(std::string(i % 300, 'x'));
  auto texts = sample.texts();
  auto early = std::count_if(texts.begin(), texts.end(), [](auto text) {
    return !text.empty() && text.back() == 'y';
  });
  EXPECT_GT(texts.size(), 900u);
  EXPECT_LT(texts.size(), 1200u);
  EXPECT_NEAR(double(early) / double(texts.size()), 0.5, 0.05);
  size_t bytes = 0;
  for (auto text : texts) bytes += text.size();
  EXPECT_LE(bytes, 200'000u);
}

TEST(TextSample, IsTheSameForTheSameTexts) {
  TextSample one(5'000), other(5'000);
  for (int i = 0; i < 1'000; ++i) {
    one.add(std::to_string(i));
    other.add(std::to_string(i));
  }
  EXPECT_EQ(one.texts(), other.texts());
}

TEST(TextSample, KeepsTheBeginningOfALongText) {
  TextSample sample(1'000'000);
  sample.add(std::string(1'000'000, 'x'));
  EXPECT_EQ(sample.texts().at(0).size(), TextSample::kLongestText);
}

}  // namespace
}  // namespace simulate
