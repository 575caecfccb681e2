// A conversation with tools that a server runs: asked once, recorded, left.
#include <gtest/gtest.h>

#include "simulator/conversation/recorded_servers.h"
#include "tests/conversation/stage.h"
#include "tools/fake_servers.h"

namespace simulate {
namespace {

class ServedTest : public testing::Test, public RoundLog {
 protected:
  ServedTest() {
    stage_.lines[Role::assistant] = {
        "<tool_call>note(text=\"one\")</tool_call>"
        "<tool_call>check_watch()</tool_call>"
        "<tool_call>note(text=\"two\")</tool_call>",
        "Kept."};
  }

  asio::awaitable<void> keep(RecordedRound round) override {
    kept_.push_back(std::move(round));
    co_return;
  }

  // Once more, from what is kept.
  Conversation play(ToolServers* next) {
    RecordedServers served(next, this, {3, 1}, kept_);
    stage_.requests.clear();
    return stage_.play(toolbox_, served);
  }

  Toolbox toolbox_ =
      Toolbox({shipped_groups({"watch"}).front(), FakeServers::group()});
  FakeServers servers_;
  Stage stage_;
  std::vector<RecordedRound> kept_;
};

TEST_F(ServedTest, MixesTheirResultsWithOursInTheOrderOfTheCalls) {
  stage_.lines[Role::assistant].front().insert(
      0, "<think>\nI ask all of them.\n</think>\n\n");
  Conversation dialogue = play(&servers_);
  const auto& messages = dialogue.transcript.messages;
  ASSERT_EQ(messages.size(), 7u);
  EXPECT_EQ(messages[3].result.body, Json({{"result", "one;"}}));
  EXPECT_TRUE(messages[4].result.body.contains("time"));
  EXPECT_EQ(messages[5].result.body, Json({{"result", "one;two;"}}));
  EXPECT_EQ(messages[5].result.call_id, "call00003");
  EXPECT_TRUE(messages[2].train);
  EXPECT_EQ(dialogue.state.servers.text, "one;two;bye;");
  EXPECT_TRUE(servers_.present.empty());
}

// Every call of its tool ends with an error.
class RefusingServers : public FakeServers {
 public:
  asio::awaitable<ServedRound> run(std::string conversation, ServerState before,
                                   std::vector<ToolCall> calls) override {
    auto work = FakeServers::run(std::move(conversation), std::move(before),
                                 std::move(calls));
    ServedRound round = co_await std::move(work);
    for (ToolResult& result : round.results) result.error = true;
    co_return round;
  }
};

TEST_F(ServedTest, KeepsACallThatAServerRefusesFromImitation) {
  RefusingServers refusing;
  Conversation dialogue = play(&refusing);
  const auto& messages = dialogue.transcript.messages;
  ASSERT_EQ(messages.size(), 7u);
  EXPECT_TRUE(messages[3].result.error);
  EXPECT_FALSE(messages[4].result.error) << "a tool of our own";
  EXPECT_FALSE(messages[2].train);
}

TEST_F(ServedTest, BeginsWithWhatTheStorylineLeft) {
  stage_.plan.state.servers.text = "old;";
  EXPECT_EQ(play(&servers_).state.servers.text, "old;one;two;bye;");
}

TEST_F(ServedTest, JudgesTheArgumentsBeforeAServerSeesThem) {
  stage_.lines[Role::assistant] = {"<tool_call>note(txt=\"one\")</tool_call>",
                                   "Sorry."};
  Conversation dialogue = play(&servers_);
  EXPECT_EQ(servers_.asked, 0);
  EXPECT_EQ(dialogue.transcript.tool_errors(), 1);
  EXPECT_FALSE(dialogue.transcript.messages[2].train);
}

TEST_F(ServedTest, AsksForNothingTwice) {
  Conversation first = play(&servers_);
  ASSERT_EQ(kept_.size(), 2u) << "a round, and the end";
  Conversation again = play(&servers_);
  EXPECT_EQ(servers_.asked, 2);
  EXPECT_EQ(again.state.servers.text, first.state.servers.text);
  EXPECT_EQ(again.transcript.messages[5].result.body,
            first.transcript.messages[5].result.body);
  Conversation replayed = play(nullptr);
  EXPECT_EQ(replayed.state.servers.text, first.state.servers.text);
}

TEST_F(ServedTest, GoesOnLiveWhereTheRecordEnds) {
  play(&servers_);
  kept_.pop_back();
  EXPECT_EQ(play(&servers_).state.servers.text, "one;two;");
  EXPECT_EQ(servers_.asked, 2);
}

TEST_F(ServedTest, IsOutdatedWhenItCallsSomethingElse) {
  play(&servers_);
  stage_.lines[Role::assistant][0] =
      "<tool_call>note(text=\"other\")</tool_call>";
  try {
    play(&servers_);
    FAIL() << "it took the results of other calls";
  } catch (const AttemptFailure& failure) {
    EXPECT_EQ(failure.kind(), AttemptFailure::Kind::outdated);
  }
}

TEST_F(ServedTest, LeavesTheServersAlsoWhenItFails) {
  stage_.lines[Role::assistant].back() = "";
  EXPECT_THROW(play(&servers_), AttemptFailure);
  EXPECT_TRUE(servers_.present.empty());
  EXPECT_EQ(kept_.size(), 1u) << "the end of a failure is nobody's record";
}

TEST_F(ServedTest, KeepsNothingThatAStoppedServerSaid) {
  servers_.stop = true;
  try {
    play(&servers_);
    FAIL() << "it went on";
  } catch (const AttemptFailure& failure) {
    EXPECT_EQ(failure.kind(), AttemptFailure::Kind::parked);
  }
  EXPECT_TRUE(kept_.empty());
}

TEST_F(ServedTest, SaysSoWhenAReplayHasNoFurtherRecord) {
  RecordedServers served(nullptr, nullptr, {3, 1}, {});
  EXPECT_THROW(stage_.play(toolbox_, served), AttemptFailure);
  EXPECT_TRUE(served.ran_out());
}

}  // namespace
}  // namespace simulate
