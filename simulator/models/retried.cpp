#include "simulator/models/retried.h"

#include <algorithm>

namespace simulate {

Retried::Retried(ChatModel& next, Timer& timer, Patience patience,
                 uint64_t seed)
    : next_(next), timer_(timer), patience_(patience), random_(seed) {}

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
    co_await timer_.wait_until(moment);
  }
}

Micros Retried::pause_after(int failures) {
  Micros longest = patience_.first_pause * (1 << std::min(failures - 1, 10));
  longest = std::min(longest, patience_.longest_pause);
  return Micros(static_cast<int64_t>(random_.fraction() *
                                     static_cast<double>(longest.count())));
}

}  // namespace simulate
