// Time as an object: the program asks it for the time and waits with it. The
// real one is AsioTimer; FakeTimer ships beside it and is moved by a test.
// Tested by tests/net/fake_timer_test.cpp and models/lanes_test.cpp.
#pragma once

#include <asio/awaitable.hpp>

#include "simulator/base/time.h"

namespace simulate {

class Timer {
 public:
  virtual ~Timer() = default;

  // Monotonic, from an arbitrary start.
  virtual Micros now() const = 0;

  // Comes back at `moment` or a little later; at once when it has passed.
  virtual asio::awaitable<void> wait_until(Micros moment) = 0;
};

}  // namespace simulate
