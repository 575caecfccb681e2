// A thread for work on files, so that the loop waits for no disk. One piece of
// work at a time, in the order given.
#pragma once

#include <asio/awaitable.hpp>
#include <asio/thread_pool.hpp>
#include <functional>

namespace simulate {

class DiskThread {
 public:
  DiskThread() = default;
  DiskThread(const DiskThread&) = delete;
  ~DiskThread() { thread_.join(); }

  // Comes back on the loop when the work is done; throws what it threw.
  asio::awaitable<void> run(std::function<void()> work);

 private:
  asio::thread_pool thread_{1};
};

}  // namespace simulate
