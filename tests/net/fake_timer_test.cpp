#include "simulator/net/fake_timer.h"

#include <gtest/gtest.h>

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/post.hpp>
#include <utility>
#include <vector>

namespace simulate {
namespace {

using Notes = std::vector<std::pair<int, Micros>>;

asio::awaitable<void> note_at(Timer& timer, Micros moment, int name,
                              Notes& notes) {
  auto wait = timer.wait_until(moment);
  co_await std::move(wait);
  notes.emplace_back(name, timer.now());
}

asio::awaitable<void> note_every_hour(Timer& timer, int hours, Notes& notes) {
  for (int hour = 1; hour <= hours; ++hour) {
    auto wait = timer.wait_until(timer.now() + std::chrono::hours(1));
    co_await std::move(wait);
    notes.emplace_back(hour, timer.now());
  }
}

class FakeTimerTest : public testing::Test {
 protected:
  void note(Micros moment, int name) {
    asio::co_spawn(loop, note_at(timer, moment, name, notes), asio::detached);
  }

  asio::io_context loop;
  FakeTimer timer;
  Notes notes;
};

TEST_F(FakeTimerTest, StandsStillUntilItIsDriven) {
  note(Seconds(1), 1);
  loop.poll();
  EXPECT_TRUE(notes.empty());
  EXPECT_EQ(timer.now(), Micros(0));
  EXPECT_EQ(timer.waiting(), 1u);
  timer.run(loop);
}

TEST_F(FakeTimerTest, JumpsFromMomentToMoment) {
  note(Seconds(3), 3);
  note(Seconds(1), 1);
  timer.run(loop);
  EXPECT_EQ(notes, (Notes{{1, Seconds(1)}, {3, Seconds(3)}}));
}

TEST_F(FakeTimerTest, WakesEqualMomentsInOrderOfArrival) {
  for (int name = 0; name < 20; ++name) note(Seconds(1), name);
  timer.run(loop);
  ASSERT_EQ(notes.size(), 20u);
  for (int name = 0; name < 20; ++name) EXPECT_EQ(notes[name].first, name);
}

TEST_F(FakeTimerTest, RunsADayAtOnce) {
  asio::co_spawn(loop, note_every_hour(timer, 24, notes), asio::detached);
  timer.run(loop);
  EXPECT_EQ(notes.size(), 24u);
  EXPECT_EQ(timer.now(), std::chrono::hours(24));
}

TEST_F(FakeTimerTest, SuspendsEvenWhenTheMomentHasPassed) {
  note(Seconds(-1), 1);
  asio::post(loop, [this] { notes.emplace_back(0, timer.now()); });
  timer.run(loop);
  EXPECT_EQ(notes, (Notes{{0, Micros(0)}, {1, Micros(0)}}));
}

TEST_F(FakeTimerTest, AdvanceWakesOnlyWhoIsDue) {
  note(Seconds(1), 1);
  note(Seconds(5), 5);
  loop.poll();
  timer.advance(Seconds(2));
  loop.poll();
  EXPECT_EQ(notes, (Notes{{1, Seconds(2)}}));
  timer.run(loop);
  EXPECT_EQ(timer.now(), Seconds(5));
}

TEST_F(FakeTimerTest, CanBeDrivenAgain) {
  note(Seconds(1), 1);
  timer.run(loop);
  note(Seconds(2), 2);
  timer.run(loop);
  EXPECT_EQ(notes.size(), 2u);
}

TEST_F(FakeTimerTest, ForgetsSleepersWhenItIsDestroyed) {
  FakeTimer brief;
  asio::co_spawn(loop, note_at(brief, Seconds(1), 1, notes), asio::detached);
  loop.poll();
  EXPECT_TRUE(notes.empty());
}

}  // namespace
}  // namespace simulate
