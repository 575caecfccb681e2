#include "simulator/models/retried.h"

#include <algorithm>

namespace simulate {

namespace {

// How long a pause goes on after somebody has given up.
constexpr Micros kBetweenLooks = Seconds(1);

}  // namespace

Retried::Retried(ChatModel& next, Timer& timer, Patience patience,
                 uint64_t seed, GivenUp given_up)
    : next_(next),
      timer_(timer),
      patience_(patience),
      random_(seed),
      given_up_(std::move(given_up)) {}

asio::awaitable<ChatOutcome> Retried::reply(const ChatRequest& request) {
  int failures = 0;
  int rate_limited = 0;
  while (true) {
    ChatOutcome outcome = co_await next_.reply(request);
    const auto* failure = std::get_if<ChatFailure>(&outcome);
    if (!failure) co_return outcome;
    if (failure->fault == ChatFault::rate_limited) {
      if (++rate_limited >= patience_.rate_limited_tries) co_return outcome;
      continue;  // the lane rests; this call lines up again
    }
    if (failure->fault != ChatFault::unavailable) co_return outcome;
    if (++failures >= patience_.tries) co_return outcome;
    Micros moment = timer_.now() + pause_after(failures);
    co_await pause_until(moment);
  }
}

asio::awaitable<void> Retried::pause_until(Micros moment) {
  while (timer_.now() < moment && !(given_up_ && given_up_())) {
    Micros next = std::min(moment, timer_.now() + kBetweenLooks);
    co_await timer_.wait_until(next);
  }
}

Micros Retried::pause_after(int failures) {
  Micros longest = patience_.first_pause * (1 << std::min(failures - 1, 10));
  longest = std::min(longest, patience_.longest_pause);
  return Micros(static_cast<int64_t>(random_.fraction() *
                                     static_cast<double>(longest.count())));
}

}  // namespace simulate
