// What a situation does to a conversation.
#include <gtest/gtest.h>

#include "simulator/base/text.h"
#include "simulator/conversation/evidence.h"
#include "tests/conversation/stage.h"

namespace simulate {
namespace {

class MomentTest : public testing::Test {
 protected:
  MomentTest() {
    stage_.prompts.tester = {"The moment: {{situation}}"};
    stage_.plan.moment.evidence = &evidence_;
    Moment& moment = stage_.plan.moment;
    moment.drawn.name = "recall_found";
    moment.drawn.about = "SELECT text FROM memories";
    moment.drawn.tester = "Ask about \"{{about}}\".";
    moment.drawn.expect = "tool_calls > 0";
    moment.otherwise.name = "plain_talk";
    moment.otherwise.tester = "Just talk.";
    moment.otherwise.expect = "tool_calls = 0";
  }

  void let_ada_know(const std::string& text) {
    TableState table{"memories"};
    table.rows.push_back(Json::array({"2025-03-01", text}));
    stage_.plan.state = state_from({table});
  }

  Evidence evidence_{shipped_groups()};
  Stage stage_;
};

TEST_F(MomentTest, IsToldToTheTesterWithWhatItIsAbout) {
  let_ada_know("They sail.");
  Conversation played = stage_.play();
  EXPECT_TRUE(contains(stage_.asked(Role::tester, 0),
                       "recall found. Ask about \"They sail.\"."));
  EXPECT_EQ(played.about, "They sail.");
  EXPECT_EQ(played.outcome().situation, "recall_found");
  EXPECT_FALSE(played.outcome().took_place) << "nothing was looked up";
}

TEST_F(MomentTest, IsNeverToldToTheAssistant) {
  let_ada_know("They sail.");
  stage_.play();
  EXPECT_FALSE(contains(stage_.asked(Role::assistant, 0), "Ask about"));
  EXPECT_FALSE(contains(stage_.asked(Role::assistant, 0), "recall found"));
}

TEST_F(MomentTest, TakesPlaceWhenItsExpectationHolds) {
  let_ada_know("They sail.");
  stage_.lines[Role::assistant] = {
      "<think>\nt\n</think>\n\n<tool_call>recall_memories()</tool_call>",
      "<think>\nt\n</think>\n\nYou sail."};
  EXPECT_TRUE(stage_.play().outcome().took_place);
}

TEST_F(MomentTest, IsAnotherOneWhenTheToolsRememberNothing) {
  Conversation played = stage_.play();
  EXPECT_TRUE(contains(stage_.asked(Role::tester, 0), "plain talk. Just talk"));
  EXPECT_EQ(played.outcome().situation, "plain_talk");
  EXPECT_TRUE(played.outcome().took_place);
  EXPECT_EQ(played.about, "");
}

TEST_F(MomentTest, WithholdsTools) {
  stage_.plan.slot.withheld_tools = "watch";
  stage_.plan.moment.drawn.about = "";
  stage_.plan.moment.drawn.withhold = {"reminders"};
  stage_.play();
  std::string told = stage_.asked(Role::assistant, 0);
  EXPECT_TRUE(contains(told, "add_memory"));
  EXPECT_FALSE(contains(told, "add_reminder"));
  EXPECT_FALSE(contains(told, "check_watch"));
}

TEST_F(MomentTest, MakesCallsFail) {
  stage_.plan.moment.drawn.about = "";
  stage_.plan.moment.drawn.tool_failures = 1;
  stage_.lines[Role::assistant] = {
      "<think>\nt\n</think>\n\n<tool_call>recall_memories()</tool_call>",
      "<think>\nt\n</think>\n\n<tool_call>recall_memories()</tool_call>",
      "<think>\nt\n</think>\n\nHm."};
  Conversation played = stage_.play();
  EXPECT_EQ(played.transcript.tool_failures(), 1)
      << "a tool never fails twice in a row";
  EXPECT_EQ(played.transcript.tool_calls(), 2);
}

TEST_F(MomentTest, KnowsWhyRepliesWereNotUsed) {
  stage_.plan.moment = {};
  stage_.lines[Role::assistant] = {"", "<think>\nt\n</think>\n\nhi"};
  EXPECT_EQ(stage_.play().guards, "empty_reply");
}

// For one thing only: done, one may go.
TEST_F(MomentTest, MayEndEarlyForWhoCameForOneThing) {
  stage_.plan.moment = {};
  stage_.plan.slot.turns = 8;
  stage_.lines[Role::tester] = {"hello you", "That was it. Bye.\n[END]"};
  stage_.lines[Role::assistant] = {
      "<think>\nThey greet me.\n</think>\n\nHello! What is it about?"};
  EXPECT_EQ(stage_.failure(), "left_early");
  Situations among;
  among.axes = {{"purpose", {{"one thing", 1, {1, 8}, true}, {"to talk", 1}}}};
  stage_.plan.slot.purpose = "to talk";
  EXPECT_FALSE(moment_of(stage_.plan.slot, among).brief);
  stage_.plan.slot.purpose = "one thing";
  stage_.plan.moment = moment_of(stage_.plan.slot, among);
  stage_.requests.clear();
  EXPECT_EQ(stage_.failure(), "");
}

}  // namespace
}  // namespace simulate
