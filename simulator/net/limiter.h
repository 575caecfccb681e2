// When the next request to one server may start: by every limit of the server,
// evenly spaced, a cap on requests at once, and pauses that the server asked
// for. A value with a clock passed in; the lane that owns it does the waiting.
// Tested by tests/net/limiter_test.cpp and strict_server_test.cpp.
#pragma once

#include <algorithm>
#include <deque>
#include <vector>

#include "simulator/net/rate_window.h"

namespace simulate {

class Limiter {
 public:
  Limiter(const std::vector<RateLimit>& limits, int most_in_flight);

  // A request from its start to its end. Nobody looks into it but the Limiter.
  struct Call {
    int64_t tokens = 0;    // at most, as they were reckoned
    int64_t expected = 0;  // by what such reckonings have come to
    bool sent = false;
    Micros sent_at{0};
    size_t windows = 0;                 // that it is prepared in
    std::vector<uint64_t> pieces = {};  // of the windows, in their order
  };

  // The first moment at which a request of at most `tokens` may start; Max when
  // only the end of another one can tell. It is never early: earlier than
  // `now` means at once.
  Micros next_start(Micros now, int64_t tokens = 0) const;
  bool has_capacity() const { return in_flight_ < most_in_flight_; }

  Call start(Micros now, int64_t tokens = 0);
  // It is on its way; what it waited for until then, such as a connection,
  // counts against no window.
  void sent(Call& call, Micros now);
  // Answered, or given up. `tokens` is what it came to; what was never sent
  // counts for nothing.
  void finished(Call& call, Micros now, int64_t tokens);

  // Nothing starts before `moment`; an earlier pause is not shortened.
  void pause_until(Micros moment);
  // The end of the longest pause so far; the rate's spacing is none.
  Micros paused_until() const { return paused_until_; }

  // From now on `limit` holds for what it counts in a window of that length. Of
  // a new one, `sent` are the requests that it holds already, in order.
  void set(const RateLimit& limit, const std::deque<Micros>& sent = {});
  // No longer does that.
  void lift(const RateLimit& limit);
  std::vector<RateLimit> limits() const;  // that hold
  bool limits_tokens() const;
  RateWindow* window(Counted counted, Micros length);

  // Where nothing has started for longest, the next one had better start.
  Micros free_since() const { return std::max(due_, paused_until_); }

  // Between two starts; 0 without a rate limit.
  Micros spacing() const { return pace(0); }
  double requests_per_second() const;

  int in_flight() const { return in_flight_; }
  int most_in_flight() const { return most_in_flight_; }
  void allow_in_flight(int most) { most_in_flight_ = most; }

 private:
  Micros pace(int64_t tokens) const;
  int64_t expected(int64_t tokens) const;

  std::vector<RateWindow> windows_;
  int most_in_flight_;
  int in_flight_ = 0;
  double spent_share_ = 1;  // of the tokens that are reckoned; a moving average
  Micros due_{0};           // when the next one would start if all were even
  Micros paused_until_{0};
};

}  // namespace simulate
