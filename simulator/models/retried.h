// Patience with a busy or broken server: a decorator that asks again.
// Tested by tests/models/lanes_test.cpp.
#pragma once

#include <functional>

#include "simulator/base/random.h"
#include "simulator/models/chat.h"
#include "simulator/net/timer.h"

namespace simulate {

// How often and how long. Rate limits are waited out by the lane and are no
// sign of trouble, so they have a count of their own.
struct Patience {
  int tries = 6;                // of calls that failed for another reason
  int rate_limited_tries = 60;  // in a row
  Micros first_pause = Seconds(1);
  Micros longest_pause = Seconds(60);
};

class Retried : public ChatModel {
 public:
  // Once `given_up` says so, nothing is waited for any more.
  using GivenUp = std::function<bool()>;

  Retried(ChatModel& next, Timer& timer, Patience patience, uint64_t seed,
          GivenUp given_up = nullptr);

  // Passes on what another try cannot mend. Pauses have full jitter, so that
  // many that failed together do not come back together.
  asio::awaitable<ChatOutcome> reply(const ChatRequest& request) override;

 private:
  Micros pause_after(int failures);
  asio::awaitable<void> pause_until(Micros moment);

  ChatModel& next_;
  Timer& timer_;
  Patience patience_;
  Random random_;
  GivenUp given_up_;
};

}  // namespace simulate
