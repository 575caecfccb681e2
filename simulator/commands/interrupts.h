// Signals: the first one drains what is under way, for so long as is allowed;
// the second one ends the process. Both lose nothing, since replies are kept as
// they come.
// Tested by tests/program/run_test.cpp.
#pragma once

#include <asio/io_context.hpp>
#include <asio/signal_set.hpp>
#include <asio/steady_timer.hpp>
#include <functional>
#include <string>

#include "simulator/base/time.h"

namespace simulate {

class Interrupts {
 public:
  // `drain` begins nothing new, and is told what the user should know;
  // `hang_up` leaves what is still under way then.
  Interrupts(asio::io_context& loop, Seconds patience,
             std::function<void(const std::string&)> drain,
             std::function<void()> hang_up);

  int number() const { return number_; }  // of the signal that came; or 0

 private:
  void wait();
  void begin_to_drain();

  asio::signal_set signals_;
  asio::steady_timer timer_;
  Seconds patience_;
  std::function<void(const std::string&)> drain_;
  std::function<void()> hang_up_;
  int number_ = 0;
};

}  // namespace simulate
