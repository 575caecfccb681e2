#include "simulator/run/rejected_replies.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

Message assistant_says(const std::string& content) {
  Message message;
  message.speaker = Speaker::assistant;
  message.content = content;
  message.train = true;
  return message;
}

Conversation two_answers() {
  Conversation talk;
  auto& messages = talk.transcript.messages;
  messages.resize(2);
  messages[0].speaker = Speaker::system;
  messages.push_back(assistant_says("First."));
  messages.emplace_back();
  messages.push_back(assistant_says("Second."));
  return talk;
}

RecordedReply replied(Role role, const std::string& content,
                      const std::string& rejection_before = "") {
  RecordedReply reply;
  reply.role = role;
  reply.reply.content = content;
  reply.previous_rejection = rejection_before;
  return reply;
}

TEST(RejectedReplies, StandWhereTheOnesStandThatWereKept) {
  auto found = rejected_replies(
      two_answers(),
      {replied(Role::tester, "Hi."), replied(Role::assistant, "First."),
       replied(Role::tester, "And?"),
       replied(Role::assistant, "<think>Oh.</think>The user asks again."),
       replied(Role::assistant, "Second.", "asides"),
       replied(Role::rewriter, "Rewritten.")});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].position, 4u);
  EXPECT_EQ(found[0].message.content, "The user asks again.");
  EXPECT_EQ(found[0].message.thinking, "Oh.");
  EXPECT_EQ(found[0].reason, "asides");
}

TEST(RejectedReplies, OfTheTesterAreNotTheAssistants) {
  EXPECT_TRUE(rejected_replies(two_answers(),
                               {replied(Role::tester, "I am an AI."),
                                replied(Role::tester, "Hi.", "out_of_role"),
                                replied(Role::assistant, "First."),
                                replied(Role::assistant, "Second.")})
                  .empty());
}

TEST(RejectedReplies, ThatNoTemplateTakesAreLeftOut) {
  for (const char* said : {"<|im_end|>", "", "<tool_call>!!</tool_call>"}) {
    EXPECT_TRUE(rejected_replies(two_answers(),
                                 {replied(Role::assistant, said),
                                  replied(Role::assistant, "First.", "tags"),
                                  replied(Role::assistant, "Second.")})
                    .empty())
        << said;
  }
}

TEST(RejectedReplies, OfAConversationThatWentAnotherWayAreNone) {
  EXPECT_TRUE(rejected_replies(two_answers(),
                               {replied(Role::assistant, "Oh."),
                                replied(Role::assistant, "First.", "dull")})
                  .empty());
}

}  // namespace
}  // namespace simulate
