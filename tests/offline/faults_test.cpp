#include "simulator/offline/faults.h"

#include <gtest/gtest.h>

#include <set>

#include "simulator/models/openai_wire.h"
#include "simulator/models/wire_failures.h"
#include "simulator/models/wire_reply.h"
#include "simulator/net/fake_timer.h"
#include "simulator/offline/chaotic_model.h"
#include "simulator/offline/offline_model.h"
#include "tests/canned_models.h"
#include "tests/run_awaitable.h"

namespace simulate {
namespace {

HttpResponse good_answer() {
  HttpResponse good;
  good.status = 200;
  good.body = chat_completion("words", "m");
  return good;
}

ChatOutcome outcome_of(Fault fault) {
  Provider box = known_provider("vllm");
  Random random(7);
  HttpResult result = with_fault(fault, good_answer(), Millis(300), random);
  if (const auto* failure = std::get_if<HttpFailure>(&result)) {
    return failure_of(box, *failure);
  }
  return read_reply(box, "m", std::get<HttpResponse>(result));
}

std::optional<ChatFault> fault_in(const ChatOutcome& outcome) {
  const auto* failure = std::get_if<ChatFailure>(&outcome);
  return failure ? std::optional(failure->fault) : std::nullopt;
}

TEST(Faults, AreEachOnTheListOnce) {
  std::set<Fault> faults;
  std::set<std::string> names;
  for (const FaultRow& row : all_faults()) {
    EXPECT_EQ(static_cast<size_t>(row.fault), faults.size());
    faults.insert(row.fault);
    names.insert(row.name);
  }
  EXPECT_EQ(names.size(), all_faults().size());
  EXPECT_EQ(static_cast<size_t>(Fault::withheld) + 1, all_faults().size());
}

TEST(Faults, AreDrawnByTheirShares) {
  Random random(1);
  std::map<std::string, int> drawn;
  for (int i = 0; i < 10'000; ++i) ++drawn[drawn_fault(random).name];
  EXPECT_EQ(drawn.size(), all_faults().size());
  EXPECT_GT(drawn["429, Retry-After"], 3 * drawn["a redirect"]);
}

TEST(Faults, OfALimitAreToldWithTheRestThatIsAsked) {
  for (Fault fault : {Fault::limited_for_millis, Fault::limited_in_words}) {
    ChatFailure failure = std::get<ChatFailure>(outcome_of(fault));
    EXPECT_EQ(failure.fault, ChatFault::rate_limited);
    EXPECT_EQ(failure.retry_after, Millis(300));
  }
  ChatFailure seconds =
      std::get<ChatFailure>(outcome_of(Fault::limited_for_seconds));
  EXPECT_EQ(seconds.retry_after, Seconds(1));
  EXPECT_EQ(fault_in(outcome_of(Fault::limited)), ChatFault::rate_limited);
}

TEST(Faults, OfAnAnswerThatIsWholeLoseNothing) {
  for (Fault fault :
       {Fault::no_usage, Fault::bad_utf8, Fault::duplicate_keys}) {
    ChatOutcome outcome = outcome_of(fault);
    ASSERT_TRUE(std::holds_alternative<ChatReply>(outcome));
    EXPECT_TRUE(contains(std::get<ChatReply>(outcome).content, "words"));
  }
  EXPECT_EQ(std::get<ChatReply>(outcome_of(Fault::cut_short)).finish,
            Finish::length);
  EXPECT_EQ(std::get<ChatReply>(outcome_of(Fault::withheld)).finish,
            Finish::refused);
}

TEST(Faults, ThatMayHaveBeenBilledAreCounted) {
  for (const FaultRow& row : all_faults()) {
    ChatOutcome outcome = outcome_of(row.fault);
    const auto* failure = std::get_if<ChatFailure>(&outcome);
    if (!failure) continue;
    EXPECT_EQ(failure->maybe_billed, row.is_billed) << row.name;
  }
}

TEST(ChaoticModel, FailsAsOftenAsItIsTold) {
  FakeTimer timer;
  Provider offline = known_provider("offline");
  for (double rate : {0.0, 0.25}) {
    ChaoticModel model(offline, std::make_unique<OfflineModel>(), rate);
    int faults = 0;
    for (uint64_t seed = 0; seed < 2000; ++seed) {
      ChatRequest request;
      request.seed = seed;
      ChatOutcome outcome = run_awaitable(timer, model.reply(request));
      const auto* reply = std::get_if<ChatReply>(&outcome);
      faults += !reply || reply->content != "ready" ||
                reply->finish != Finish::stop ||
                reply->usage.output_tokens == 0;
    }
    EXPECT_NEAR(faults / 2000.0, rate, 0.03);
  }
}

}  // namespace
}  // namespace simulate
