// A Timer whose time stands still until a test moves it. run() drives an
// io_context through hours in milliseconds, and the same way every time.
// Whoever still waits when it is destroyed never goes on.
#pragma once

#include <asio/io_context.hpp>
#include <map>

#include "simulator/net/suspend.h"
#include "simulator/net/timer.h"

namespace simulate {

class FakeTimer : public Timer {
 public:
  explicit FakeTimer(Micros start = Micros(0)) : now_(start) {}

  Micros now() const override { return now_; }
  asio::awaitable<void> wait_until(Micros moment) override;

  // Lets everybody who is ready go on; when nobody is, jumps to the earliest
  // moment that is waited for. Ends when nobody is ready and nobody waits.
  void run(asio::io_context& loop);

  // Moves the time and wakes whoever is due; they go on when the io_context
  // is polled.
  void advance(Micros span);

  size_t waiting() const { return waiting_.size(); }

 private:
  void sleep_until(Micros moment, Resumer resumer);
  void wake_due();

  Micros now_;
  std::multimap<Micros, Resumer> waiting_;  // equal moments keep their order
};

}  // namespace simulate
