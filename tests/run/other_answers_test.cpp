#include "simulator/run/other_answers.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

Message says(Speaker speaker, const std::string& content) {
  Message message;
  message.speaker = speaker;
  message.content = content;
  return message;
}

Transcript talk(const std::string& prompt, const std::string& answer) {
  Transcript transcript;
  transcript.messages = {
      says(Speaker::system, prompt), says(Speaker::tester, "Hi."),
      says(Speaker::assistant, "Hello."), says(Speaker::tester, "And?"),
      says(Speaker::assistant, answer)};
  return transcript;
}

TEST(OtherAnswers, PartAtTheFirstAnswerThatDiffers) {
  Parting parting =
      parting_of(talk("Be kind.", "Yes."), talk("Be short.", "No."));
  EXPECT_EQ(parting.why, Parting::Why::answer);
  EXPECT_EQ(parting.kept, 4u);
  EXPECT_EQ(parting.other, 4u);
}

TEST(OtherAnswers, StandWhereTheyStandInEachConversation) {
  Transcript other = talk("Be short.", "No.");
  other.messages.insert(other.messages.begin(), says(Speaker::system, "Two."));
  Parting parting = parting_of(talk("Be kind.", "Yes."), other);
  EXPECT_EQ(parting.kept, 4u);
  EXPECT_EQ(parting.other, 5u);
}

TEST(OtherAnswers, AreNoneWhereTheTesterSaysSomethingElse) {
  Transcript other = talk("Be kind.", "No.");
  other.messages[3].content = "Well?";
  EXPECT_EQ(parting_of(talk("Be kind.", "Yes."), other).why,
            Parting::Why::history);
}

TEST(OtherAnswers, AreNoneBehindAnotherToolResult) {
  Transcript one = talk("", "Yes.");
  Message result = says(Speaker::tool, "");
  result.result.body = {{"notes", 1}};
  one.messages.insert(one.messages.begin() + 4, result);
  Transcript other = one;
  other.messages[4].result.body = {{"notes", 2}};
  other.messages[5].content = "No.";
  EXPECT_EQ(parting_of(one, other).why, Parting::Why::history);
}

TEST(OtherAnswers, DifferByACallToo) {
  Transcript other = talk("", "Yes.");
  other.messages[4].calls = {{"call00001", "recall", {{"topic", "tea"}}}};
  EXPECT_EQ(parting_of(talk("", "Yes."), other).why, Parting::Why::answer);
}

TEST(OtherAnswers, AreTheSameWhereOnlyThoughtsAndIdsDiffer) {
  Transcript one = talk("", "Yes.");
  one.messages[4].calls = {{"call00001", "recall", {{"topic", "tea"}}}};
  Transcript other = one;
  other.messages[4].calls[0].id = "call00002";
  other.messages[2].thinking = "A greeting.";
  EXPECT_EQ(parting_of(one, other).why, Parting::Why::never);
}

TEST(OtherAnswers, OfAConversationThatEndsEarlierAreNone) {
  Transcript other = talk("", "Yes.");
  other.messages.resize(3);
  EXPECT_EQ(parting_of(talk("", "Yes."), other).why, Parting::Why::never);
}

}  // namespace
}  // namespace simulate
