#include "simulator/conversation/dialogue.h"

#include <gtest/gtest.h>

#include "simulator/models/recorded.h"
#include "tests/conversation/stage.h"

namespace simulate {
namespace {

Hearing<std::string> strict_hearing(int& judgements) {
  Hearing<std::string> hearing;
  hearing.read = [](const ChatReply& reply) { return reply.content; };
  hearing.judge = [&judgements](const std::string& text) {
    ++judgements;
    std::optional<Rejection> rejection;
    if (text != "good") rejection = Rejection{"bad", "Be good."};
    return rejection;
  };
  return hearing;
}

ChatReply reply_of(const std::string& text, Verdict verdict) {
  ChatReply reply;
  reply.content = text;
  reply.verdict = std::move(verdict);
  return reply;
}

TEST(Judged, LooksAtAReplyThatIsNew) {
  int judgements = 0;
  auto hearing = strict_hearing(judgements);
  EXPECT_FALSE(judged(reply_of("good", {}), std::string("good"), hearing));
  auto rejection = judged(reply_of("no", {}), std::string("no"), hearing);
  ASSERT_TRUE(rejection);
  EXPECT_EQ(rejection->reason, "bad");
}

TEST(Judged, DoesNotJudgeAgainWhatWasAccepted) {
  int judgements = 0;
  auto hearing = strict_hearing(judgements);
  Verdict accepted{true, std::nullopt};
  EXPECT_FALSE(judged(reply_of("no", accepted), std::string("no"), hearing));
  EXPECT_EQ(judgements, 0);
}

TEST(Judged, RejectsAsBeforeWhatWasRejected) {
  int judgements = 0;
  auto hearing = strict_hearing(judgements);
  Verdict rejected{true, Rejection{"then", "As it was said then."}};
  auto rejection =
      judged(reply_of("good", rejected), std::string("good"), hearing);
  ASSERT_TRUE(rejection);
  EXPECT_EQ(rejection->reason, "then");
  EXPECT_EQ(rejection->correction, "As it was said then.");
}

// A mebibyte is the most that a reply may have.
TEST(DialogueState, TakesEightMebibytesAndNoMore) {
  Stage stage;
  stage.lines[Role::assistant].clear();
  for (int turn = 1; turn <= 9; ++turn) {
    std::string reply = "<think>\nt\n</think>\n\n";
    for (int boat = 0; reply.size() < (size_t{1} << 20) - 100; ++boat) {
      reply += "boat " + std::to_string(turn * 1'000'000 + boat) + " goes ";
    }
    reply.resize((size_t{1} << 20) - 100);
    stage.lines[Role::assistant].push_back(reply);
  }
  stage.lines[Role::tester] = {"how",  "who", "what", "where",
                               "when", "why", "and",  "so"};
  stage.plan.slot.turns = 7;
  EXPECT_EQ(stage.failure(), "");
  stage.requests.clear();
  stage.plan.slot.turns = 9;
  EXPECT_EQ(stage.failure(), "too_large");
}

TEST(VerdictOn, IsToldByTheReplyBehind) {
  std::vector<RecordedReply> past(3);
  past[2].previous_rejection = "empty_reply";
  past[2].correction = "Write one.";
  EXPECT_TRUE(verdict_on(past, 0).is_known);
  EXPECT_FALSE(verdict_on(past, 0).rejection);
  ASSERT_TRUE(verdict_on(past, 1).rejection);
  EXPECT_EQ(verdict_on(past, 1).rejection->reason, "empty_reply");
  EXPECT_FALSE(verdict_on(past, 2).is_known) << "nobody knows yet";
}

}  // namespace
}  // namespace simulate
