#include "simulator/net/fake_timer.h"

#include <algorithm>
#include <utility>

namespace simulate {

asio::awaitable<void> FakeTimer::wait_until(Micros moment) {
  auto start = [this, moment](Resumer resumer) {
    sleep_until(moment, std::move(resumer));
  };
  return suspend(std::move(start));
}

void FakeTimer::run(asio::io_context& loop) {
  for (;;) {
    loop.restart();
    while (loop.poll() > 0) {
    }
    if (waiting_.empty()) return;
    now_ = std::max(now_, waiting_.begin()->first);
    wake_due();
  }
}

void FakeTimer::advance(Micros span) {
  now_ += span;
  wake_due();
}

// A moment that has passed still costs a round through the executor, as it
// does with the real clock.
void FakeTimer::sleep_until(Micros moment, Resumer resumer) {
  if (moment <= now_) return resumer();
  waiting_.emplace(moment, std::move(resumer));
}

void FakeTimer::wake_due() {
  while (!waiting_.empty() && waiting_.begin()->first <= now_) {
    waiting_.extract(waiting_.begin()).mapped()();
  }
}

}  // namespace simulate
