#include "simulator/report/reading.h"

#include <gtest/gtest.h>

#include "tests/report/talks.h"

namespace simulate {
namespace {

TEST(Reading, CountsWhatIsThere) {
  FinishedConversation talk =
      Talk("a")
          .user("What is my cat called?")
          .tool("recall", Json::object(), {{"error", "busy"}}, true)
          .ada("I can't look just now.")
          .user("Pity.")
          .ada("")
          .take();
  Reading reading(talk, {});
  EXPECT_EQ(reading.questions.size(), 2U);
  EXPECT_EQ(reading.answers.size(), 1U);
  EXPECT_EQ(reading.replies, 3);
  EXPECT_EQ(reading.blank_replies, 1);
  EXPECT_EQ(reading.calls, 1);
  EXPECT_EQ(reading.errors, 1);
}

TEST(Reading, HearsTheLanguageWhereNobodyTellsIt) {
  FinishedConversation talk =
      Talk("a")
          .user(
              "Guten Morgen, ich wollte dir heute von meinem neuen Garten "
              "erzählen, der endlich fertig geworden ist.")
          .ada("Das freut mich.")
          .take();
  EXPECT_EQ(Reading(talk, {}).language, "de");
  EXPECT_EQ(Reading(plain_talk(1), {}).language, "en");
}

TEST(Reading, TakesLabelsOfAnyTypeAndLivesWithoutMetadata) {
  FinishedConversation talk = plain_talk(1);
  talk.metadata["took_place"] = true;
  talk.metadata["turns"] = 2;
  EXPECT_EQ(Reading(talk, {}).label("took_place"), "true");
  EXPECT_EQ(Reading(talk, {}).number("turns"), 2);
  talk.metadata = Json();
  EXPECT_EQ(Reading(talk, {}).label("persona"), "");
  EXPECT_FALSE(Reading(talk, {}).number("turns"));
}

TEST(Reading, AsksTheGuardsAnew) {
  FinishedConversation talk = Talk("a")
                                  .user("How was your weekend?")
                                  .ada("I had breakfast with my husband.")
                                  .take();
  Reading reading(talk, {});
  ASSERT_FALSE(reading.faults.empty());
  EXPECT_STREQ(reading.faults[0].guard->name, "claims_human");
  EXPECT_EQ(reading.faults[0].position, 1U);
}

}  // namespace
}  // namespace simulate
