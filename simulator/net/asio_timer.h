// The real Timer: the machine's steady clock, waited for on one io_context,
// which outlives it and everybody who waits.
#pragma once

#include <asio/io_context.hpp>

#include "simulator/net/timer.h"

namespace simulate {

class AsioTimer : public Timer {
 public:
  explicit AsioTimer(asio::io_context& loop) : loop_(loop) {}

  Micros now() const override;
  asio::awaitable<void> wait_until(Micros moment) override;

 private:
  asio::io_context& loop_;
};

}  // namespace simulate
