#include "simulator/guards/utterance.h"

#include <gtest/gtest.h>

namespace simulate::guards {
namespace {

TEST(Utterance, LeavesOutWhatIsQuotedOrCode) {
  EXPECT_EQ(prose_of("He said \"no\" to `x`."), "He said   to  .");
  EXPECT_EQ(prose_of("Er: „nein“"), "Er:  ");
  EXPECT_EQ(prose_of("> old\nnew"), " \nnew");
  EXPECT_EQ(prose_of("I’m"), "I'm");
  EXPECT_EQ(prose_of("\"all of it\""), "\"all of it\"");
}

TEST(Utterance, KnowsAQuestionInAnyScript) {
  for (const char* text : {"Why?", "なに？", "これですか。"}) {
    EXPECT_TRUE(is_question(text)) << text;
  }
  EXPECT_FALSE(is_question("Why."));
}

TEST(Utterance, ListensForEnglishInEveryLanguage) {
  Transcript before;
  Said said;
  said.words = "Great question! Also.";
  EXPECT_TRUE(Utterance(said, {before, "de", "R"}).says("boilerplate"));
}

}  // namespace
}  // namespace simulate::guards
