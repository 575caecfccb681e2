// When the next request to one server may start: an even spacing by requests
// per second, a cap on requests at once, and pauses that the server asked for.
// A value with a clock passed in; the lane that owns it does the waiting.
#pragma once

#include "simulator/base/time.h"

namespace simulate {

class Limiter {
 public:
  // `requests_per_second` of 0 means no rate limit.
  Limiter(double requests_per_second, int most_in_flight);

  // The first moment at which the rate lets a request start.
  Micros next_start() const { return next_start_; }
  bool has_capacity() const { return in_flight_ < most_in_flight_; }
  bool may_start(Micros now) const {
    return has_capacity() && now >= next_start_;
  }

  void started(Micros now);
  void finished();
  // Nothing starts before `moment`; an earlier pause is not shortened.
  void pause_until(Micros moment);
  // The end of the longest pause so far; the rate's spacing is none.
  Micros paused_until() const { return paused_until_; }

  // Between two starts; 0 without a rate limit.
  Micros spacing() const;

  int in_flight() const { return in_flight_; }
  int most_in_flight() const { return most_in_flight_; }
  double requests_per_second() const { return requests_per_second_; }

 private:
  double requests_per_second_;
  int most_in_flight_;
  int in_flight_ = 0;
  Micros next_start_{0};
  Micros paused_until_{0};
};

}  // namespace simulate
