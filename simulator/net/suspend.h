// The one way in which a coroutine of ours waits for something that is no
// socket and no clock: it hands out a Resumer and sleeps until that is called.
// The coroutine always goes on through its executor, never inside the caller,
// so a callback of curl or of the writer thread may call a Resumer.
// Tested by tests/net/fake_timer_test.cpp and models/lanes_test.cpp.
#pragma once

#include <asio/associated_executor.hpp>
#include <asio/async_result.hpp>
#include <asio/awaitable.hpp>
#include <asio/post.hpp>
#include <asio/use_awaitable.hpp>
#include <memory>
#include <utility>

namespace simulate {

// Movable; call it once. May be called from any thread. Dropping it without a
// call leaves the coroutine asleep for good, so do not.
class Resumer {
 public:
  Resumer() = default;

  template <class Handler>
  explicit Resumer(Handler handler)
      : sleeper_(std::make_unique<Holds<Handler>>(std::move(handler))) {}

  explicit operator bool() const { return sleeper_ != nullptr; }

  void operator()() { std::exchange(sleeper_, nullptr)->wake(); }

 private:
  struct Sleeper {
    virtual ~Sleeper() = default;
    virtual void wake() = 0;
  };

  template <class Handler>
  struct Holds : Sleeper {
    explicit Holds(Handler h) : handler(std::move(h)) {}
    void wake() override {
      auto executor = asio::get_associated_executor(handler);
      asio::post(executor, std::move(handler));
    }
    Handler handler;
  };

  std::unique_ptr<Sleeper> sleeper_;
};

// Calls `start(Resumer)` at once and waits until the Resumer is called.
// `start` must not throw, and what it refers to must outlive the wait.
template <class Start>
asio::awaitable<void> suspend(Start start) {
  return asio::async_initiate<const asio::use_awaitable_t<>&, void()>(
      [](auto handler, Start begin) { begin(Resumer(std::move(handler))); },
      asio::use_awaitable, std::move(start));
}

}  // namespace simulate
