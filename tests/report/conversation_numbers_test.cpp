#include "simulator/report/conversation_numbers.h"

#include <gtest/gtest.h>

#include "tests/report/talks.h"

namespace simulate {
namespace {

std::optional<double> number_of(const FinishedConversation& talk,
                                const std::string& key) {
  Reading reading(talk, {});
  for (const ConversationNumber& one : conversation_numbers()) {
    if (one.key == key) return one.of(reading);
  }
  ADD_FAILURE() << key;
  return std::nullopt;
}

TEST(ConversationNumbers, AreWhatOneWouldCount) {
  FinishedConversation talk = Talk("a")
                                  .user("One two three.")
                                  .ada("Four five.", "six")
                                  .user("Seven.")
                                  .ada("Eight nine ten eleven.", "")
                                  .with("input_tokens", 90)
                                  .with("output_tokens", 10)
                                  .take();
  EXPECT_EQ(number_of(talk, "turns"), 2);
  EXPECT_EQ(number_of(talk, "answer_words"), 3);
  EXPECT_EQ(number_of(talk, "tester_words"), 2);
  EXPECT_EQ(number_of(talk, "thoughts"), 0.5);
  EXPECT_EQ(number_of(talk, "thought_words"), 1);
  EXPECT_EQ(number_of(talk, "distinct_2"), 1);
  EXPECT_EQ(number_of(talk, "tokens"), 100);
}

TEST(ConversationNumbers, CountWhatAJudgeSaid) {
  FinishedConversation talk = plain_talk(1);
  EXPECT_FALSE(number_of(talk, "judged_good"));
  EXPECT_FALSE(number_of(talk, "judged_faults"));
  talk.verdict.emplace();
  talk.verdict->good = false;
  talk.verdict->answers = {{"natural", {{"holds", false}}},
                           {"nothing_leaks", {{"holds", true}}}};
  EXPECT_EQ(number_of(talk, "judged_good"), 0);
  EXPECT_EQ(number_of(talk, "judged_faults"), 1);
}

TEST(ConversationNumbers, AreUnknownWhereNothingTellsThem) {
  EXPECT_FALSE(number_of(plain_talk(1), "tokens"));
  EXPECT_FALSE(number_of(plain_talk(1), "corrections"));
  FinishedConversation silent = Talk("a").user("Hi.").take();
  EXPECT_FALSE(number_of(silent, "answer_words"));
  EXPECT_FALSE(number_of(silent, "distinct_2"));
}

}  // namespace
}  // namespace simulate
