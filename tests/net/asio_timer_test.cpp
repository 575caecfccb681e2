#include "simulator/net/asio_timer.h"

#include <gtest/gtest.h>

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/post.hpp>
#include <utility>
#include <vector>

namespace simulate {
namespace {

asio::awaitable<void> note_after(Timer& timer, Micros span, int name,
                                 std::vector<int>& order) {
  auto wait = timer.wait_until(timer.now() + span);
  co_await std::move(wait);
  order.push_back(name);
}

TEST(AsioTimer, ComesBackAtTheMomentOrLater) {
  asio::io_context loop;
  AsioTimer timer(loop);
  Micros moment = timer.now() + Millis(20);
  std::vector<int> order;
  asio::co_spawn(loop, note_after(timer, Millis(20), 1, order), asio::detached);
  loop.run();
  EXPECT_EQ(order.size(), 1u);
  EXPECT_GE(timer.now(), moment);
}

TEST(AsioTimer, WakesTheEarlierFirst) {
  asio::io_context loop;
  AsioTimer timer(loop);
  std::vector<int> order;
  asio::co_spawn(loop, note_after(timer, Millis(60), 2, order), asio::detached);
  asio::co_spawn(loop, note_after(timer, Millis(5), 1, order), asio::detached);
  loop.run();
  EXPECT_EQ(order, (std::vector<int>{1, 2}));
}

TEST(AsioTimer, SuspendsEvenWhenTheMomentHasPassed) {
  asio::io_context loop;
  AsioTimer timer(loop);
  std::vector<int> order;
  asio::co_spawn(loop, note_after(timer, Millis(-5), 1, order), asio::detached);
  asio::post(loop, [&order] { order.push_back(0); });
  loop.run();
  EXPECT_EQ(order, (std::vector<int>{0, 1}));
}

}  // namespace
}  // namespace simulate
