// The one loop that works through many items at a time: simulate uses it, and
// so will every other job. It starts as many as it may, then waits for one to
// end.
// Tested by tests/run/replay_test.cpp and virtual_time_test.cpp.
#pragma once

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/this_coro.hpp>
#include <exception>
#include <optional>

#include "simulator/net/suspend.h"

namespace simulate {

// What a batch works through. Both coroutines run on the batch's executor.
template <class Item>
class Work {
 public:
  virtual ~Work() = default;

  // How many items may be under way now.
  virtual int capacity() = 0;

  // The next item, or nothing when none can start now. It is asked again when
  // an item has ended; nothing while none is under way ends the batch.
  virtual asio::awaitable<std::optional<Item>> take() = 0;

  // Does the item and records what became of it. What it throws ends the
  // batch, once the items under way have ended.
  virtual asio::awaitable<void> perform(Item item) = 0;
};

template <class Item>
class Batch {
 public:
  explicit Batch(Work<Item>& work) : work_(work) {}

  int in_flight() const { return in_flight_; }

  // To be called when capacity may have grown although no item has ended.
  void look_again() {
    if (wake_) std::exchange(wake_, Resumer())();
  }

  asio::awaitable<void> run() {
    while (true) {
      while (in_flight_ < work_.capacity() && !failure_) {
        std::optional<Item> item = co_await work_.take();
        if (!item) break;
        co_await start(std::move(*item));
      }
      if (in_flight_ == 0) break;
      auto sleep = [this](Resumer resume) { wake_ = std::move(resume); };
      co_await suspend(std::move(sleep));
    }
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  asio::awaitable<void> start(Item item) {
    ++in_flight_;
    auto executor = co_await asio::this_coro::executor;
    asio::co_spawn(executor, perform(std::move(item)), asio::detached);
  }

  asio::awaitable<void> perform(Item item) {
    try {
      co_await work_.perform(std::move(item));
    } catch (...) {
      if (!failure_) failure_ = std::current_exception();
    }
    --in_flight_;
    look_again();
  }

  Work<Item>& work_;
  int in_flight_ = 0;
  Resumer wake_;
  std::exception_ptr failure_;
};

}  // namespace simulate
