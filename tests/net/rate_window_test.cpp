#include "simulator/net/rate_window.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

RateWindow requests(double most, Micros window) {
  return RateWindow({Counted::requests, most, window});
}

uint64_t send(RateWindow& window, Micros now, int64_t amount = 1) {
  window.prepare(amount);
  return window.sent(now, amount);
}

TEST(RateWindow, IsFreeAgainWhenTheLatestArrivalIsOver) {
  RateWindow window = requests(2, Seconds(1));
  send(window, Micros(0));
  send(window, Millis(10));
  EXPECT_EQ(window.earliest(Millis(20), 1), Seconds(1) + RateWindow::kJitter);
}

TEST(RateWindow, IsFreeSoonerWhenTheAnswerShowsThatItHasArrived) {
  RateWindow window = requests(1, Seconds(1));
  uint64_t number = send(window, Micros(0));
  window.answered(number, Millis(4), 1, 1);
  EXPECT_EQ(window.earliest(Millis(20), 1), Millis(1004));
}

TEST(RateWindow, CountsWhatIsPreparedWithoutAnEnd) {
  RateWindow window = requests(1, Seconds(1));
  window.prepare(1);
  EXPECT_EQ(window.earliest(Seconds(100), 1), Micros::max());
  window.drop(1);
  EXPECT_EQ(window.earliest(Seconds(100), 1), Seconds(100));
}

TEST(RateWindow, LetsWhatIsLargerThanTheLimitGoAlone) {
  RateWindow window({Counted::tokens, 100, Seconds(60)});
  EXPECT_EQ(window.earliest(Seconds(1), 500), Seconds(1));
  send(window, Seconds(1), 500);
  EXPECT_EQ(window.earliest(Seconds(2), 1), Seconds(61) + RateWindow::kJitter);
}

TEST(RateWindow, LearnsWhatACallCameTo) {
  RateWindow window({Counted::tokens, 100, Seconds(60)});
  uint64_t number = send(window, Micros(0), 90);
  window.answered(number, Seconds(1), 90, 20);
  EXPECT_EQ(window.held(Seconds(1)), 20);
  EXPECT_EQ(window.earliest(Seconds(1), 80), Seconds(1));
}

TEST(RateWindow, KeepsLongSpansInPieces) {
  RateWindow window = requests(1e6, Seconds(86'400));
  for (int i = 0; i < 20'000; ++i) {
    uint64_t number = send(window, Seconds(i));
    window.answered(number, Seconds(i), 1, 1);
  }
  EXPECT_LT(window.pieces().size(), 300u);
  EXPECT_EQ(window.held(Seconds(20'000)), 20'000);
  EXPECT_EQ(window.held(Seconds(106'500)), 0);
}

TEST(RateWindow, CountsWhatOthersHaveSent) {
  RateWindow window = requests(10, Seconds(60));
  window.add(Seconds(5), 10);
  EXPECT_EQ(window.earliest(Seconds(6), 1), Seconds(65));
}

TEST(RateLimit, IsToldInWords) {
  EXPECT_EQ(text_of({Counted::requests, 60, Seconds(60)}),
            "60 requests a minute");
  EXPECT_EQ(text_of({Counted::tokens, 500, Seconds(2)}), "500 tokens a 2 s");
}

}  // namespace
}  // namespace simulate
