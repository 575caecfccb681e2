#include "simulator/net/asio_timer.h"

#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>
#include <utility>

namespace simulate {

Micros AsioTimer::now() const {
  auto since_start = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<Micros>(since_start);
}

asio::awaitable<void> AsioTimer::wait_until(Micros moment) {
  asio::steady_timer timer(loop_);
  timer.expires_at(std::chrono::steady_clock::time_point(moment));
  auto wait = timer.async_wait(asio::use_awaitable);
  co_await std::move(wait);
}

}  // namespace simulate
