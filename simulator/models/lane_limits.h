// What one lane's server allows, from all who tell of it: the user, the headers
// of its answers, and what it refuses. The lane's limiter keeps the least of
// them. A lane of which nothing is known yet begins with a few requests at
// once, and with one more for each that is answered. A value with a clock
// passed in; the Lane owns it.
// Tested by tests/models/lane_limits_test.cpp and lanes_test.cpp.
#pragma once

#include <string>

#include "simulator/models/provider.h"
#include "simulator/net/limiter.h"
#include "simulator/net/rate_finder.h"

namespace simulate {

class LaneLimits {
 public:
  explicit LaneLimits(const Provider& provider);

  const Limiter& limiter() const { return limiter_; }

  // As of the Limiter.
  Limiter::Call start(Micros now, int64_t tokens) {
    return limiter_.start(now, tokens);
  }
  void sent(Limiter::Call& call, Micros now);
  void finished(Limiter::Call& call, Micros now, int64_t tokens) {
    limiter_.finished(call, now, tokens);
  }
  void pause_until(Micros moment) { limiter_.pause_until(moment); }

  // Of every response.
  void announced(const std::vector<AnnouncedLimit>& limits, Micros now);
  // Of every call that was answered, and of one that was refused for its rate;
  // `message` is what the server said.
  void answered(const Limiter::Call& call, Micros now);
  void refused(const Limiter::Call& call, const std::string& message,
               Micros now);

  // How long to rest after a refusal, where the server does not say.
  Micros rest_after_refusal() const;

  // After which nothing can be held against us that an earlier process sent a
  // moment ago.
  Micros shortest_rest() const;

 private:
  void settle();
  bool is_explained(Micros now);

  std::vector<RateLimit> set_;  // by the user, or taken for true
  bool is_set_;                 // by the user
  int in_flight_;               // the provider's
  std::vector<RateLimit> announced_;
  RateFinder finder_;
  int unexplained_ = 0;  // refusals in a row, of limits that we know
  int at_once_;
  Limiter limiter_;
};

}  // namespace simulate
