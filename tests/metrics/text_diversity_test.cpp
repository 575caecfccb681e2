#include "simulator/metrics/text_diversity.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "simulator/base/random.h"

namespace simulate {
namespace {

TextDiversity of(const std::vector<std::string>& texts) {
  TextDiversity diversity;
  for (const std::string& text : texts) diversity.add(text);
  return diversity;
}

// `count` texts of 50 words out of so many.
std::vector<std::string> random_texts(int count, int vocabulary) {
  Random random(1);
  std::vector<std::string> texts;
  for (int i = 0; i < count; ++i) {
    std::string text;
    for (int n = 0; n < 50; ++n) {
      text += "word" + std::to_string(random.below(uint64_t(vocabulary))) + " ";
    }
    texts.push_back(text);
  }
  return texts;
}

TEST(TextDiversity, OfNothingIsWhole) {
  for (const TextDiversity& none : {of({}), of({""}), of({"\xFF\xFE"})}) {
    for (int n = 1; n <= 4; ++n) EXPECT_EQ(none.distinct(n), 1);
    EXPECT_EQ(none.self_repetition(), 0);
    EXPECT_GT(none.compression_ratio(), 0);
    EXPECT_TRUE(none.cloned_phrases(5).empty());
  }
  EXPECT_EQ(of({}).texts(), 0);
  EXPECT_EQ(of({}).compression_ratio(), 1);
}

TEST(TextDiversity, CountsDifferentRunsOfWords) {
  // a b a b: 2 of 4 words, 2 of 3 pairs, 2 of 2 triples; none over the border.
  TextDiversity diversity = of({"A b, a b!", "c"});
  EXPECT_EQ(diversity.texts(), 2);
  EXPECT_DOUBLE_EQ(diversity.distinct(1), 3 / 5.);
  EXPECT_DOUBLE_EQ(diversity.distinct(2), 2 / 3.);
  EXPECT_DOUBLE_EQ(diversity.distinct(3), 1);
  EXPECT_DOUBLE_EQ(diversity.distinct(4), 1);
}

TEST(TextDiversity, DoesNotDependOnTheNumberOfTexts) {
  TextDiversity few = of(random_texts(1'000, 5'000));
  TextDiversity many = of(random_texts(5'000, 5'000));
  for (int n : {1, 2}) {
    EXPECT_NEAR(few.distinct(n), many.distinct(n), 0.01) << n;
  }
  EXPECT_NEAR(few.compression_ratio(), many.compression_ratio(), 0.02);
  // 5,000 words drawn 10,000 times: 1 - 1/e^2 of them come, each twice.
  EXPECT_NEAR(many.distinct(1), (1 - std::exp(-2)) / 2, 0.01);
}

TEST(TextDiversity, SeesNoRepetitionInTheOrderOfTexts) {
  std::vector<std::string> sorted;
  for (int topic = 0; topic < 100; ++topic) {
    for (int i = 0; i < 100; ++i) {
      sorted.push_back("topic" + std::to_string(topic) + " and some text " +
                       std::to_string(i));
    }
  }
  std::vector<std::string> mixed = sorted;
  Random random(3);
  shuffle(mixed, random);
  EXPECT_NEAR(of(sorted).distinct(1), of(mixed).distinct(1), 0.005);
  EXPECT_NEAR(of(sorted).self_repetition(), of(mixed).self_repetition(), 0.05);
}

TEST(TextDiversity, CompressesWhatRepeats) {
  std::vector<std::string> same(1'000, "The very same answer to any question.");
  EXPECT_GT(of(same).compression_ratio(), 20);
  double varied = of(random_texts(1'000, 5'000)).compression_ratio();
  EXPECT_GT(varied, 1.5);
  EXPECT_LT(varied, 4);
}

TEST(TextDiversity, CountsWhatTextsSayAfterEachOther) {
  // Two runs of four words each; of the third text nobody else has any.
  TextDiversity diversity = of(
      {"one two three four five", "one two three four", "none at all of it"});
  EXPECT_DOUBLE_EQ(diversity.self_repetition(), 2 * std::log(2.) / 3);
  // What a text says twice itself does not count.
  EXPECT_EQ(of({"a b c d a b c d"}).self_repetition(), 0);
  // Each of 1,000 has 2 runs of 999 others.
  std::vector<std::string> same(3'000, "one two three four five");
  EXPECT_NEAR(of(same).self_repetition(), std::log(1 + 2 * 999.), 1e-9);
}

TEST(TextDiversity, ScalesPhrasesUpToAllTexts) {
  TextDiversity diversity;
  std::string filler(1'000, 'x');
  for (int i = 0; i < 60'000; ++i) {
    std::string own = std::to_string(i);
    diversity.add(i % 3 == 0 ? own + filler + " this is said again and again "
                             : own + filler);
  }
  std::vector<ClonedPhrase> phrases = diversity.cloned_phrases(3);
  ASSERT_EQ(phrases.size(), 1u);
  EXPECT_EQ(phrases[0].phrase, "this is said again and again");
  EXPECT_NEAR(double(phrases[0].texts), 20'000, 600);
}

TEST(TextDiversity, TakesALongText) {
  std::string text;
  for (int i = 0; text.size() < 1'000'000; ++i) text += std::to_string(i) + " ";
  TextDiversity diversity = of({text, "短い答えです。", "短い答えです。"});
  EXPECT_GT(diversity.distinct(1), 0.99);
  EXPECT_EQ(diversity.cloned_phrases(1).at(0).texts, 2);
}

}  // namespace
}  // namespace simulate
