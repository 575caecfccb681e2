#include "simulator/models/lane_limits.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

Provider provider_with(std::vector<RateLimit> limits, bool set) {
  Provider provider;
  provider.name = "p";
  provider.limits = std::move(limits);
  provider.limits_are_set = set;
  provider.in_flight = 32;
  return provider;
}

RateLimit a_second(double most) {
  return {Counted::requests, most, Seconds(1)};
}

RateLimit a_minute(double most) {
  return {Counted::requests, most, Seconds(60)};
}

Limiter::Call ask(LaneLimits& limits, Micros now) {
  Limiter::Call call = limits.start(now, 0);
  limits.sent(call, now);
  return call;
}

TEST(LaneLimits, TakeWhatAServerTellsOfForTrue) {
  LaneLimits limits(provider_with({a_second(1)}, /*set=*/false));
  limits.announced({{a_second(5), {}}}, Micros(0));
  EXPECT_EQ(limits.limiter().requests_per_second(), 5);
}

TEST(LaneLimits, NeverPassWhatAUserHasSet) {
  LaneLimits limits(provider_with({a_second(2)}, /*set=*/true));
  limits.announced({{a_second(5), {}}}, Micros(0));
  EXPECT_EQ(limits.limiter().requests_per_second(), 2);
  limits.announced({{a_second(1), {}}}, Micros(0));
  EXPECT_EQ(limits.limiter().requests_per_second(), 1);
}

TEST(LaneLimits, FollowAServerWhoseLimitsMove) {
  LaneLimits limits(provider_with({}, false));
  limits.announced({{a_second(5), {}}}, Micros(0));
  limits.announced({{a_second(8), {}}}, Seconds(1));
  EXPECT_EQ(limits.limiter().requests_per_second(), 8);
  limits.announced({{a_minute(120), {}}}, Seconds(2));
  EXPECT_EQ(limits.limiter().requests_per_second(), 2);
}

TEST(LaneLimits, BeginWithAFewAtOnce) {
  LaneLimits limits(provider_with({}, false));
  EXPECT_EQ(limits.limiter().most_in_flight(), 4);
  for (int i = 0; i < 100; ++i) limits.answered({}, Seconds(i));
  EXPECT_EQ(limits.limiter().most_in_flight(), 32);
}

TEST(LaneLimits, CountWhatOthersUseOfTheSameKey) {
  LaneLimits limits(provider_with({}, false));
  limits.announced({{a_minute(60), 10}}, Seconds(1));
  EXPECT_GT(limits.limiter().requests_per_second(), 0.9);
  int sent = 0;
  Micros now = Seconds(2);
  for (; now < Seconds(60); now += Millis(100)) {
    if (limits.limiter().next_start(now) > now) continue;
    Limiter::Call call = ask(limits, now);
    limits.finished(call, now, 0);
    ++sent;
  }
  EXPECT_LE(sent, 10);
}

// A server that counts from minute to minute is about to begin a new one.
TEST(LaneLimits, DoNotWaitAMinuteForWhatIsThereAgainInASecond) {
  for (Micros reset : {Micros(Seconds(1)), Micros(Seconds(50))}) {
    LaneLimits limits(provider_with({}, false));
    limits.announced({{a_minute(60), 0, reset}}, Seconds(1));
    Micros next = limits.limiter().next_start(Seconds(2));
    EXPECT_EQ(next <= Seconds(3), reset == Seconds(1)) << next.count();
  }
}

TEST(LaneLimits, FindWhatIsNotTold) {
  LaneLimits limits(provider_with({}, false));
  ask(limits, Micros(0));
  ask(limits, Millis(1));
  Limiter::Call third = ask(limits, Millis(2));
  limits.refused(third, "slow down", Millis(20));
  EXPECT_EQ(limits.limiter().requests_per_second(), 2);
}

TEST(LaneLimits, FindThatSoManyAtOnceAreTooMany) {
  LaneLimits limits(provider_with({}, false));
  for (int i = 0; i < 12; ++i) limits.answered({}, Seconds(i));
  std::vector<Limiter::Call> calls;
  for (int i = 0; i < 6; ++i) calls.push_back(ask(limits, Seconds(20)));
  limits.finished(calls.back(), Seconds(20), 0);
  limits.refused(calls.back(), "Too many concurrent requests", Seconds(20));
  EXPECT_EQ(limits.limiter().most_in_flight(), 5);
  EXPECT_EQ(limits.limiter().requests_per_second(), 0);
}

TEST(LaneLimits, RestLongEnoughForWhatAnotherProcessMayHaveSent) {
  LaneLimits limits(provider_with({a_second(5)}, true));
  EXPECT_GE(limits.shortest_rest(), Seconds(1));
}

}  // namespace
}  // namespace simulate
