#include "simulator/guards/small_words.h"

#include <gtest/gtest.h>

namespace simulate::guards {
namespace {

TEST(SmallWords, TellAShortTextInAnotherLanguage) {
  EXPECT_EQ(other_language_by_small_words("Und wie war es dann?", "en"), "de");
  EXPECT_EQ(other_language_by_small_words("How was it for you?", "pt-BR"),
            "en");
  EXPECT_EQ(other_language_by_small_words("我今天不想出门了就在家里", "ja"),
            "zh");
  EXPECT_EQ(other_language_by_small_words("今日はとても疲れました", "de"),
            "ja");
}

TEST(SmallWords, SayNothingOfNamesTitlesAndMixedTexts) {
  EXPECT_EQ(other_language_by_small_words("Of course!", "de"), "");
  EXPECT_EQ(other_language_by_small_words("Bei Amazon Prime Video", "en"), "");
  EXPECT_EQ(other_language_by_small_words("Das war so what the hell", "de"),
            "");
  EXPECT_EQ(other_language_by_small_words("How was it for you?", "Elvish"), "");
}

TEST(SmallWords, LeaveLongTextsToLibcld2) {
  EXPECT_EQ(other_language_of("The train was two hours late and nobody told us "
                              "anything, as always.",
                              "de"),
            "en");
  EXPECT_EQ(other_language_of("Is it for me?", "de"), "en");
}

}  // namespace
}  // namespace simulate::guards
