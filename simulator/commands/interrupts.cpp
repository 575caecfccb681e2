#include "simulator/commands/interrupts.h"

#include <csignal>
#include <cstdlib>

namespace simulate {

namespace {

bool is_ignored(int signal) {
  struct sigaction action = {};
  ::sigaction(signal, nullptr, &action);
  return action.sa_handler == SIG_IGN;
}

}  // namespace

Interrupts::Interrupts(asio::io_context& loop, Seconds patience,
                       std::function<void(const std::string&)> drain,
                       std::function<void()> hang_up)
    : signals_(loop, SIGTERM),
      timer_(loop),
      patience_(patience),
      drain_(std::move(drain)),
      hang_up_(std::move(hang_up)) {
  // nohup and shells that start us in the background ignore these two.
  for (int number : {SIGINT, SIGHUP}) {
    if (!is_ignored(number)) signals_.add(number);
  }
  wait();
}

void Interrupts::wait() {
  signals_.async_wait([this](std::error_code error, int number) {
    if (error) return;
    if (number_ != 0) std::_Exit(128 + number);
    number_ = number;
    begin_to_drain();
    wait();
  });
}

void Interrupts::begin_to_drain() {
  drain_("Stopping: finishing what is under way for up to " +
         std::to_string(patience_.count()) +
         " s; the rest continues next time. Press Ctrl-C again to leave at "
         "once, nothing is lost.");
  timer_.expires_after(patience_);
  timer_.async_wait([this](std::error_code error) {
    if (!error) hang_up_();
  });
}

}  // namespace simulate
