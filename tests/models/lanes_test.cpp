#include "simulator/models/lanes.h"

#include <gtest/gtest.h>

#include "simulator/models/fake_chat.h"
#include "simulator/models/retried.h"
#include "tests/run_awaitable.h"

namespace simulate {
namespace {

Provider provider_at(const std::string& name, double requests_per_second,
                     int in_flight = 100) {
  Provider provider;
  provider.name = name;
  provider.limits = {{Counted::requests, requests_per_second, Seconds(1)}};
  provider.in_flight = in_flight;
  return provider;
}

ChatOutcome answer_from(const std::string& name) {
  ChatReply reply;
  reply.player.provider = name;
  reply.content = "hello";
  return reply;
}

ChatOutcome failure_with(ChatFault fault) {
  ChatFailure failure;
  failure.fault = fault;
  failure.message = "no";
  return failure;
}

// Lanes over fakes, and callers that make one call after the other.
class LanesTest : public testing::Test {
 protected:
  FakeChat& add(const Provider& provider, Micros latency = Millis(100)) {
    std::string name = provider.name;
    auto answer = [name](const ChatRequest&) { return answer_from(name); };
    return add(provider, answer, latency);
  }

  FakeChat& add(const Provider& provider, FakeChat::Answer answer,
                Micros latency = Millis(100)) {
    auto model = std::make_unique<FakeChat>(timer_, answer, latency);
    FakeChat& result = *model;
    lanes_.add(provider, std::move(model));
    return result;
  }

  asio::awaitable<void> call(ChatModel& model, std::string provider,
                             int times) {
    for (int i = 0; i < times; ++i) {
      ChatRequest request;
      if (!provider.empty()) request.players = {{provider}};
      ChatOutcome outcome = co_await model.reply(request);
      outcomes_.push_back(std::move(outcome));
    }
  }

  void spawn(const std::string& provider, int times) {
    spawn(lanes_, provider, times);
  }
  void spawn(ChatModel& model, const std::string& provider, int times) {
    asio::co_spawn(loop_, call(model, provider, times), asio::detached);
  }

  int answered_by(const std::string& name) const {
    int count = 0;
    for (const ChatOutcome& outcome : outcomes_) {
      const auto* reply = std::get_if<ChatReply>(&outcome);
      count += reply && reply->player.provider == name;
    }
    return count;
  }

  asio::io_context loop_;
  FakeTimer timer_;
  Lanes lanes_{timer_};
  std::vector<ChatOutcome> outcomes_;
};

TEST_F(LanesTest, NeverExceedTheRate) {
  add(provider_at("a", 2.0));
  for (int i = 0; i < 10; ++i) spawn("a", 2);
  timer_.run(loop_);
  EXPECT_EQ(answered_by("a"), 20);
  EXPECT_GE(timer_.now(), Millis(19 * 500));
  Micros jitter = 19 * RateWindow::kJitter / 2;  // of two a second
  EXPECT_LE(timer_.now(), Millis(19 * 500 + 110) + jitter);
}

TEST_F(LanesTest, SendFreeCallsToWhoeverHasRoom) {
  add(provider_at("slow", 1.0));
  add(provider_at("fast", 3.0));
  for (int i = 0; i < 20; ++i) spawn("", 4);
  timer_.run(loop_);
  EXPECT_NEAR(answered_by("fast"), 60, 2);
  EXPECT_NEAR(answered_by("slow"), 20, 2);
}

TEST_F(LanesTest, ServeTheLowestOrderFirst) {
  add(provider_at("a", 1.0));
  std::vector<int64_t> served;
  auto ask = [](Lanes& lanes, int64_t order,
                std::vector<int64_t>& log) -> asio::awaitable<void> {
    ChatRequest request;
    request.priority = order;
    ChatOutcome outcome = co_await lanes.reply(request);
    log.push_back(order);
  };
  for (int64_t order : {9, 5, 7, 1}) {
    asio::co_spawn(loop_, ask(lanes_, order, served), asio::detached);
  }
  timer_.run(loop_);
  EXPECT_EQ(served, (std::vector<int64_t>{9, 1, 5, 7}));
}

TEST_F(LanesTest, RestAsLongAsTheServerAsks) {
  int calls = 0;
  auto busy_once = [&calls](const ChatRequest&) -> ChatOutcome {
    if (++calls > 1) return answer_from("a");
    ChatFailure failure;
    failure.fault = ChatFault::rate_limited;
    failure.retry_after = Seconds(30);
    return failure;
  };
  add(provider_at("a", 0), busy_once);
  Retried model(lanes_, timer_, Patience(), 1);
  spawn(model, "a", 1);
  timer_.run(loop_);
  EXPECT_EQ(answered_by("a"), 1);
  EXPECT_GE(timer_.now(), Seconds(30));
  EXPECT_EQ(lanes_.find("a")->stats().rate_limited, 1);
}

TEST_F(LanesTest, RestAsLongAsAServerAsksThatIsDown) {
  int calls = 0;
  auto down_once = [&calls](const ChatRequest&) -> ChatOutcome {
    if (++calls > 1) return answer_from("a");
    ChatFailure failure;
    failure.fault = ChatFault::unavailable;
    failure.retry_after = Seconds(90);
    return failure;
  };
  add(provider_at("a", 0), down_once);
  Retried model(lanes_, timer_, Patience(), 1);
  spawn(model, "a", 1);
  timer_.run(loop_);
  EXPECT_EQ(answered_by("a"), 1);
  EXPECT_GE(timer_.now(), Seconds(90));
}

// Two lanes with nothing under way: the one that could have started earlier
// is the one that has been idle for longer.
TEST_F(LanesTest, StartWithWhoeverHasBeenFreeForLonger) {
  FakeChat& first = add(provider_at("first", 1.0));
  FakeChat& second = add(provider_at("second", 1.0));
  spawn("", 1);
  loop_.poll();
  ASSERT_EQ(first.calls(), 1);
  timer_.advance(Seconds(5));
  loop_.poll();
  spawn("", 1);
  timer_.run(loop_);
  EXPECT_EQ(first.calls(), 1);
  EXPECT_EQ(second.calls(), 1);
}

TEST_F(LanesTest, BackOffWhileTheyDoNothingButFail) {
  int calls = 0;
  auto falters = [&calls](const ChatRequest&) {
    bool fails = ++calls > 1 && calls < 9;
    return fails ? failure_with(ChatFault::unavailable) : answer_from("a");
  };
  add(provider_at("a", 0), falters);
  const Lane& lane = *lanes_.find("a");
  spawn("a", 5);
  timer_.run(loop_);
  EXPECT_FALSE(lane.backs_off(timer_.now())) << "four failures are few";
  EXPECT_EQ(lane.silent_for(timer_.now()), Millis(300));
  spawn("a", 1);
  timer_.run(loop_);
  EXPECT_TRUE(lane.backs_off(timer_.now()));
  timer_.advance(Seconds(3600));
  EXPECT_TRUE(lane.backs_off(timer_.now())) << "until it has answered";
  EXPECT_GT(lane.silent_for(timer_.now()), Seconds(3600));
  spawn("a", 3);
  timer_.run(loop_);
  ASSERT_EQ(calls, 9);
  EXPECT_FALSE(lane.backs_off(timer_.now()));
  EXPECT_EQ(lane.silent_for(timer_.now()), Micros(0));
}

TEST_F(LanesTest, TellWhoeverWaitsForOneThatIsGivenUp) {
  auto down = [](const ChatRequest&) {
    return failure_with(ChatFault::unavailable);
  };
  add(provider_at("down", 0), down);
  add(provider_at("good", 0));
  for (int i = 0; i < 8; ++i) spawn("down", 1);
  timer_.run(loop_);
  ASSERT_EQ(outcomes_.size(), 8u);
  loop_.restart();
  for (int i = 0; i < 8; ++i) spawn("down", 1);
  loop_.poll();
  ASSERT_EQ(outcomes_.size(), 8u) << "they wait for the pause to end";
  lanes_.give_up("down");
  loop_.poll();
  EXPECT_EQ(outcomes_.size(), 16u);
  EXPECT_FALSE(lanes_.has_lane_left({{"down"}}));
  EXPECT_TRUE(lanes_.has_lane_left({}));
}

TEST_F(LanesTest, TakeAProviderOutAndGoOnWithTheOthers) {
  auto gone = [](const ChatRequest&) {
    return failure_with(ChatFault::unusable);
  };
  add(provider_at("bad", 0), gone);
  add(provider_at("good", 1.0));
  std::string told;
  lanes_.on_news([&](const std::string& news) { told += news + ";"; });
  spawn("bad", 3);
  spawn("", 4);
  timer_.run(loop_);
  EXPECT_EQ(told, "bad is out: no;");
  EXPECT_TRUE(lanes_.has_lane_left({}));
  EXPECT_EQ(
      lanes_.find("bad")->stats().calls + lanes_.find("good")->stats().calls,
      lanes_.find("bad")->stats().calls + answered_by("good"));
  EXPECT_GE(answered_by("good"), 3);
}

TEST_F(LanesTest, WakeWhoeverWaitsForAProviderThatGoesOut) {
  auto gone = [](const ChatRequest&) {
    return failure_with(ChatFault::unusable);
  };
  add(provider_at("bad", 0, /*in_flight=*/1), gone);
  for (int i = 0; i < 5; ++i) spawn("bad", 1);
  timer_.run(loop_);
  EXPECT_EQ(outcomes_.size(), 5u);
  EXPECT_FALSE(lanes_.has_lane_left({}));
}

TEST_F(LanesTest, SpendTheirBudgetExactly) {
  FakeChat& model = add(provider_at("a", 0));
  lanes_.limit_calls(7);
  for (int i = 0; i < 5; ++i) spawn("", 5);
  timer_.run(loop_);
  EXPECT_EQ(model.calls(), 7);
  EXPECT_TRUE(lanes_.budget_spent());
}

// Four of the five callers wait for a lane that goes out before their turn.
TEST_F(LanesTest, CountOnlyWhatIsSentAgainstTheirBudget) {
  auto gone = [](const ChatRequest&) {
    return failure_with(ChatFault::unusable);
  };
  FakeChat& bad = add(provider_at("bad", 0, /*in_flight=*/1), gone);
  FakeChat& good = add(provider_at("good", 0));
  lanes_.limit_calls(6);
  for (int i = 0; i < 5; ++i) spawn("bad", 1);
  timer_.run(loop_);
  ASSERT_EQ(bad.calls(), 1);
  EXPECT_EQ(lanes_.calls_left(), 5);
  spawn("good", 9);
  timer_.run(loop_);
  EXPECT_EQ(good.calls(), 5);
}

TEST_F(LanesTest, CountWhatMayHaveBeenBilledForNothing) {
  int calls = 0;
  auto cut = [&calls](const ChatRequest&) -> ChatOutcome {
    if (++calls > 2) return answer_from("a");
    ChatFailure failure;
    failure.fault = ChatFault::unavailable;
    failure.maybe_billed = calls == 2;
    return failure;
  };
  add(provider_at("a", 0), cut);
  spawn("a", 3);
  timer_.run(loop_);
  EXPECT_EQ(lanes_.find("a")->stats().calls, 3);
  EXPECT_EQ(lanes_.find("a")->stats().maybe_billed, 1);
}

TEST_F(LanesTest, LetNobodyWaitOnceTheyAreStopped) {
  add(provider_at("a", 0.001));
  for (int i = 0; i < 3; ++i) spawn("a", 1);
  loop_.poll();
  lanes_.stop();
  timer_.run(loop_);
  EXPECT_EQ(outcomes_.size(), 3u);
  EXPECT_EQ(answered_by("a"), 1) << "the one that was under way";
}

TEST_F(LanesTest, OpenTheBreakerOfAServerThatKeepsFailing) {
  auto broken = [](const ChatRequest&) {
    return failure_with(ChatFault::unavailable);
  };
  FakeChat& model = add(provider_at("a", 0), broken);
  Patience patience;
  patience.tries = 8;
  Retried retried(lanes_, timer_, patience, 1);
  spawn(retried, "a", 1);
  timer_.run(loop_);
  EXPECT_EQ(model.calls(), 8);
  EXPECT_GE(timer_.now(), Seconds(15 + 30 + 60)) << "three pauses";
}

TEST_F(LanesTest, TakeAServerOutThatHasNeverAnswered) {
  auto broken = [](const ChatRequest&) {
    return failure_with(ChatFault::unavailable);
  };
  add(provider_at("typo", 0), broken);
  Patience patience;
  patience.tries = 100;
  Retried retried(lanes_, timer_, patience, 1);
  spawn(retried, "typo", 1);
  timer_.run(loop_);
  EXPECT_FALSE(lanes_.has_lane_left({}));
  EXPECT_NE(lanes_.find("typo")->disabled_because().find("not answered once"),
            std::string::npos);
  EXPECT_LE(timer_.now(), Seconds(600));
}

TEST_F(LanesTest, WaitForAServerThatHasAnsweredBefore) {
  int calls = 0;
  auto falters = [&calls](const ChatRequest&) {
    return ++calls == 1 || calls > 30 ? answer_from("a")
                                      : failure_with(ChatFault::unavailable);
  };
  add(provider_at("a", 0), falters);
  Patience patience;
  patience.tries = 100;
  Retried retried(lanes_, timer_, patience, 1);
  spawn(retried, "a", 2);
  timer_.run(loop_);
  EXPECT_EQ(answered_by("a"), 2);
  EXPECT_GE(timer_.now(), Seconds(3600)) << "hours, if it must be";
}

TEST_F(LanesTest, TryAServerThatFailedWithOneRequestAlone) {
  int calls = 0;
  auto broken = [&](const ChatRequest&) {
    ++calls;
    return failure_with(ChatFault::unavailable);
  };
  add(provider_at("a", 0), broken);
  Patience patience;
  patience.tries = 3;
  Retried retried(lanes_, timer_, patience, 1);
  for (int i = 0; i < 20; ++i) spawn(retried, "a", 1);
  loop_.poll();
  for (int i = 0; i < 2; ++i) {
    timer_.advance(Millis(100));
    loop_.poll();
  }
  int at_first = calls;
  timer_.advance(Seconds(16));
  loop_.poll();
  EXPECT_EQ(at_first, 8) << "four, and four that were under way";
  EXPECT_EQ(calls, 9) << "then one";
}

TEST_F(LanesTest, DoNotHammerAServerThatSaysRetryAtOnce) {
  int calls = 0;
  auto busy = [&calls](const ChatRequest&) -> ChatOutcome {
    if (++calls == 1000) return answer_from("a");  // or it would never end
    ChatFailure failure;
    failure.fault = ChatFault::rate_limited;
    failure.retry_after = Micros(0);
    return failure;
  };
  add(provider_at("a", 0), busy);
  Retried retried(lanes_, timer_, Patience(), 1);
  spawn(retried, "a", 1);
  timer_.run(loop_);
  EXPECT_EQ(calls, 60);
  EXPECT_GE(timer_.now(), Seconds(600));
}

// Many that failed together must not come back together.
TEST_F(LanesTest, AskAgainAfterPausesThatDiffer) {
  std::vector<Micros> moments;
  auto down = [&](const ChatRequest&) {
    moments.push_back(timer_.now());
    return failure_with(ChatFault::unavailable);
  };
  add(provider_at("a", 0), down);
  Patience patience;
  patience.tries = 2;
  Retried retried(lanes_, timer_, patience, 1);
  for (int i = 0; i < 2; ++i) spawn(retried, "a", 1);
  timer_.run(loop_);
  ASSERT_EQ(moments.size(), 4u);
  EXPECT_EQ(moments[0], moments[1]);
  EXPECT_NE(moments[2], moments[3]);
}

TEST_F(LanesTest, DoNotSleepOnWhenTheRunHasGivenUp) {
  auto broken = [](const ChatRequest&) {
    return failure_with(ChatFault::unavailable);
  };
  FakeChat& model = add(provider_at("a", 0), broken);
  Patience patience;
  patience.first_pause = Seconds(1000);
  patience.longest_pause = Seconds(1000);
  Retried retried(lanes_, timer_, patience, 1,
                  [this] { return lanes_.stopped(); });
  spawn(retried, "a", 1);
  loop_.poll();
  timer_.advance(Seconds(1));
  loop_.poll();
  EXPECT_EQ(model.calls(), 1);
  EXPECT_TRUE(outcomes_.empty());
  lanes_.stop();
  timer_.advance(Seconds(1));
  loop_.poll();
  EXPECT_EQ(outcomes_.size(), 1u);
}

TEST_F(LanesTest, GoOnWhereAnEarlierProcessLeftThem) {
  FakeChat& limited = add(provider_at("a", 1));
  add(provider_at("b", 1));
  LaneStats slow;
  slow.seconds_per_call = 2.5;
  slow.backoff = Seconds(30);
  lanes_.remember("a", slow);
  lanes_.remember("b", LaneStats());
  EXPECT_EQ(lanes_.find("a")->stats().seconds_per_call, 2.5);
  spawn(lanes_, "a", 1);
  spawn(lanes_, "b", 1);
  loop_.poll();
  timer_.advance(Millis(1100));
  loop_.poll();
  timer_.advance(Seconds(1));
  loop_.poll();
  EXPECT_EQ(answered_by("b"), 1) << "after one window of its limit";
  EXPECT_EQ(limited.calls(), 0);
  timer_.run(loop_);
  EXPECT_EQ(answered_by("a"), 1);
  EXPECT_GE(timer_.now(), Seconds(30)) << "the rest that was asked for";
}

TEST_F(LanesTest, GivesUpOnARequestThatIsRefused) {
  auto refuse = [](const ChatRequest&) {
    return failure_with(ChatFault::refused);
  };
  FakeChat& model = add(provider_at("a", 0), refuse);
  Retried retried(lanes_, timer_, Patience(), 1);
  spawn(retried, "a", 1);
  timer_.run(loop_);
  EXPECT_EQ(model.calls(), 1);
}

}  // namespace
}  // namespace simulate
