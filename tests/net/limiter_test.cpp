#include "simulator/net/limiter.h"

#include <gtest/gtest.h>

#include "simulator/net/breaker.h"

namespace simulate {
namespace {

TEST(Limiter, SpacesRequestsEvenly) {
  Limiter limiter(2.0, 8);
  EXPECT_TRUE(limiter.may_start(Micros(0)));
  limiter.started(Micros(0));
  EXPECT_FALSE(limiter.may_start(Millis(499)));
  EXPECT_TRUE(limiter.may_start(Millis(500)));
}

// A third of a second has no end in microseconds.
TEST(Limiter, RoundsARateDown) {
  Limiter limiter(3.0, 8);
  limiter.started(Micros(0));
  EXPECT_FALSE(limiter.may_start(Micros(333'333)));
  EXPECT_TRUE(limiter.may_start(Micros(333'334)));
}

TEST(Limiter, GivesNoBurstAfterAnIdleSpell) {
  Limiter limiter(1.0, 8);
  limiter.started(Seconds(100));
  EXPECT_FALSE(limiter.may_start(Seconds(100)));
}

TEST(Limiter, CapsRequestsAtOnce) {
  Limiter limiter(0, 1);
  limiter.started(Micros(0));
  EXPECT_FALSE(limiter.may_start(Seconds(9)));
  limiter.finished();
  EXPECT_TRUE(limiter.may_start(Seconds(9)));
}

TEST(Limiter, KeepsTheLongestPause) {
  Limiter limiter(0, 4);
  limiter.pause_until(Seconds(10));
  limiter.pause_until(Seconds(5));
  EXPECT_FALSE(limiter.may_start(Seconds(9)));
  EXPECT_TRUE(limiter.may_start(Seconds(10)));
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
