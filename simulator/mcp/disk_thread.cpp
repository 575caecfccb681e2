#include "simulator/mcp/disk_thread.h"

#include <asio/post.hpp>
#include <exception>
#include <utility>

#include "simulator/net/suspend.h"

namespace simulate {

// `work` lies in the frame of this coroutine while the other thread runs it.
asio::awaitable<void> DiskThread::run(std::function<void()> work) {
  std::exception_ptr failure;
  auto start = [this, &work, &failure](Resumer resumer) {
    auto job = [&work, &failure, resume = std::move(resumer)]() mutable {
      try {
        work();
      } catch (...) {
        failure = std::current_exception();
      }
      resume();
    };
    asio::post(thread_, std::move(job));
  };
  auto done = suspend(std::move(start));
  co_await std::move(done);
  if (failure) std::rethrow_exception(failure);
}

}  // namespace simulate
