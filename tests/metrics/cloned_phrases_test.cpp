#include "simulator/metrics/cloned_phrases.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "simulator/base/random.h"
#include "simulator/base/text.h"

namespace simulate {
namespace {

// "2 x i am sorry to hear that"
std::string told(const std::vector<std::string>& texts, size_t most = 10) {
  std::vector<std::string_view> views(texts.begin(), texts.end());
  std::vector<std::string> lines;
  for (const ClonedPhrase& phrase : cloned_phrases(views, most)) {
    lines.push_back(std::to_string(phrase.texts) + " x " + phrase.phrase);
  }
  return joined(lines, "\n");
}

TEST(ClonedPhrases, AreAsLongAsTheyAreShared) {
  EXPECT_EQ(told({"Oh, I'm so sorry to hear about your cat. Poor thing!",
                  "Really? I'm so sorry to hear about your cat.",
                  "Nothing of the kind is said here at all."}),
            "2 x i'm so sorry to hear about your cat");
}

TEST(ClonedPhrases, NeedTwoTextsAndSixWords) {
  EXPECT_EQ(told({"one two three four five, no more",
                  "one two three four five, and more"}),
            "");
  EXPECT_EQ(told({"a b c d e f a b c d e f", "something else that is long"}),
            "");
  EXPECT_EQ(told({}), "");
  EXPECT_EQ(told({""}), "");
  EXPECT_EQ(told({"word"}), "");
}

TEST(ClonedPhrases, ComeInTheOrderOfTheirTexts) {
  std::vector<std::string> texts(3, "let me know if there is anything else");
  texts.insert(texts.end(), 5, "what a lovely day it is today");
  texts.push_back("well, what a lovely day it is today, my dear");
  EXPECT_EQ(told(texts),
            "6 x what a lovely day it is today\n"
            "3 x let me know if there is anything else");
  EXPECT_EQ(told(texts, 1), "6 x what a lovely day it is today");
  EXPECT_EQ(told(texts, 0), "");
}

TEST(ClonedPhrases, MergeThoseThatOverlapIntoTheLongest) {
  std::vector<std::string> texts(9, "a b c d e f g h i j k l");
  texts.push_back("a b c d e f g and something else");
  // In ten texts the shorter one; the longer in nine, which is about as many.
  EXPECT_EQ(told(texts), "9 x a b c d e f g h i j k l");
}

TEST(ClonedPhrases, LeaveOutAVariantInFewTexts) {
  std::vector<std::string> texts(20, "a b c d e f g h");
  texts.insert(texts.end(), 3, "a b c d e f g h i j k l");
  EXPECT_EQ(told(texts), "23 x a b c d e f g h");
}

TEST(ClonedPhrases, AreShownWithoutBlanksInScriptsWithoutSpaces) {
  EXPECT_EQ(told({"今天天气很好，出去吧", "是的，今天天气很好。GPT 说"}),
            "2 x 今天天气很好");
}

TEST(ClonedPhrases, CountTheTextsOfPlantedOnes) {
  Random random(5);
  std::vector<std::string> texts;
  for (int i = 0; i < 1000; ++i) {
    std::string text;
    for (int n = 0; n < 30; ++n) {
      if (n == 15 && i % 10 == 0) text += "it is what it is and that is all ";
      if (n == 20 && i % 25 == 1)
        text += "to be honest with you my old friend ";
      text += "w" + std::to_string(random.below(500)) + " ";
    }
    texts.push_back(text);
  }
  EXPECT_EQ(told(texts, 2),
            "100 x it is what it is and that is all\n"
            "40 x to be honest with you my old friend");
}

}  // namespace
}  // namespace simulate
