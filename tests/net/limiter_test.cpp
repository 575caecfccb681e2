#include "simulator/net/limiter.h"

#include <gtest/gtest.h>

#include "simulator/net/breaker.h"

namespace simulate {
namespace {

Limiter limiter_of(double most, Micros window, int at_once = 8) {
  return Limiter({{Counted::requests, most, window}}, at_once);
}

void start_and_send(Limiter& limiter, Micros now) {
  Limiter::Call call = limiter.start(now);
  limiter.sent(call, now);
}

TEST(Limiter, SpacesRequestsEvenly) {
  Limiter limiter = limiter_of(2, Seconds(1));
  EXPECT_LE(limiter.next_start(Micros(0)), Micros(0));
  start_and_send(limiter, Micros(0));
  EXPECT_GT(limiter.next_start(Millis(400)), Millis(400));
  EXPECT_LE(limiter.next_start(Millis(520)), Millis(520));
}

TEST(Limiter, HoldsHalvesInWholeWindows) {
  Limiter limiter = limiter_of(2.5, Seconds(1));
  EXPECT_EQ(limiter.limits().at(0),
            (RateLimit{Counted::requests, 5, Seconds(2)}));
  EXPECT_EQ(limiter_of(0.5, Seconds(1)).limits().at(0),
            (RateLimit{Counted::requests, 1, Seconds(2)}));
}

TEST(Limiter, GivesNoBurstAfterAnIdleSpell) {
  Limiter limiter = limiter_of(2, Seconds(1));
  start_and_send(limiter, Seconds(100));
  EXPECT_GT(limiter.next_start(Seconds(100)), Seconds(100) + Millis(400));
}

TEST(Limiter, CatchesUpWithAStartThatCameLate) {
  Limiter limiter = limiter_of(10, Seconds(1));
  start_and_send(limiter, Seconds(1));
  Micros due = limiter.next_start(Seconds(1));
  start_and_send(limiter, due + Millis(20));
  EXPECT_LT(limiter.next_start(due), due + Millis(105));
}

TEST(Limiter, LetsALongWindowBeUsedUpAtOnce) {
  Limiter limiter = limiter_of(3, Seconds(86'400));
  for (int i = 0; i < 3; ++i) start_and_send(limiter, Micros(0));
  EXPECT_GE(limiter.next_start(Seconds(9)), Seconds(86'400));
}

TEST(Limiter, CountsAgainstAllItsLimits) {
  Limiter limiter({{Counted::requests, 10, Seconds(1)},
                   {Counted::tokens, 1000, Seconds(60)}},
                  8);
  Limiter::Call call = limiter.start(Micros(0), 900);
  limiter.sent(call, Micros(0));
  EXPECT_GE(limiter.next_start(Seconds(1), 200), Seconds(60));
  limiter.finished(call, Seconds(2), 300);
  EXPECT_LE(limiter.next_start(Seconds(50), 200), Seconds(50));
}

TEST(Limiter, CountsNothingThatWasNeverSent) {
  Limiter limiter = limiter_of(1, Seconds(86'400));
  Limiter::Call call = limiter.start(Micros(0));
  EXPECT_EQ(limiter.next_start(Seconds(1)), Micros::max());
  limiter.finished(call, Seconds(2), 0);
  EXPECT_LE(limiter.next_start(Seconds(2)), Seconds(2));
}

// What is sent later counts from then, not from when it was begun.
TEST(Limiter, CountsWhatWaitsForAConnectionFromWhenItLeaves) {
  Limiter limiter = limiter_of(1, Seconds(1));
  Limiter::Call call = limiter.start(Micros(0));
  limiter.sent(call, Seconds(5));
  EXPECT_GE(limiter.next_start(Seconds(5)), Seconds(6));
}

TEST(Limiter, CapsRequestsAtOnce) {
  Limiter limiter({}, 1);
  Limiter::Call call = limiter.start(Micros(0));
  EXPECT_FALSE(limiter.has_capacity());
  limiter.finished(call, Seconds(9), 0);
  EXPECT_TRUE(limiter.has_capacity());
}

TEST(Limiter, KeepsTheLongestPause) {
  Limiter limiter({}, 4);
  limiter.pause_until(Seconds(10));
  limiter.pause_until(Seconds(5));
  EXPECT_EQ(limiter.next_start(Seconds(9)), Seconds(10));
}

TEST(Limiter, LiftsALimitThatHoldsNoLonger) {
  Limiter limiter = limiter_of(1, Seconds(60));
  start_and_send(limiter, Micros(0));
  limiter.lift(limiter.limits().at(0));
  EXPECT_TRUE(limiter.limits().empty());
  EXPECT_EQ(limiter.requests_per_second(), 0);
}

TEST(Breaker, OpensAfterFiveFailuresInARow) {
  Breaker breaker;
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(breaker.failed(Seconds(1)));
  EXPECT_TRUE(breaker.failed(Seconds(1)));
  EXPECT_EQ(breaker.opens_until(), Seconds(16));
  EXPECT_TRUE(breaker.is_on_trial());
  breaker.succeeded();
  EXPECT_FALSE(breaker.is_on_trial());
}

TEST(Breaker, WaitsTwiceAsLongAfterAFailedTrial) {
  Breaker breaker;
  for (int i = 0; i < 5; ++i) breaker.failed(Seconds(0));
  EXPECT_FALSE(breaker.failed(Seconds(3))) << "it was under way already";
  EXPECT_TRUE(breaker.failed(Seconds(20)));
  EXPECT_EQ(breaker.opens_until(), Seconds(50));
}

TEST(Breaker, ForgetsAtASuccess) {
  Breaker breaker;
  for (int i = 0; i < 4; ++i) breaker.failed(Seconds(1));
  breaker.succeeded();
  EXPECT_FALSE(breaker.failed(Seconds(2)));
}

}  // namespace
}  // namespace simulate
