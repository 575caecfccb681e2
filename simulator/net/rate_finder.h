// What a server allows that does not say so, found by what it refuses: so many
// in a second, or, where it goes on refusing although that is kept, in a
// minute. What was let through just before the first refusal is the first
// guess; as long as nothing is refused, it is raised a little now and then. A
// refusal where as much or more was answered lately tells of no limit: that
// server is busy, and what was found wrongly is forgotten. A value with a clock
// passed in; the lane that owns it sets the limiter by it.
// Tested by tests/net/rate_finder_test.cpp.
#pragma once

#include <deque>
#include <optional>

#include "simulator/net/rate_limit.h"

namespace simulate {

class RateFinder {
 public:
  void sent(Micros now);

  // A request that was sent then was refused for its rate, or was answered;
  // true when what is found is another than before.
  bool refused(Micros sent_at, Micros now);
  bool answered(Micros sent_at, Micros now);

  // When requests were sent in the last minute that were not refused.
  const std::deque<Micros>& sent() const { return sent_; }

  // What was found; nothing as long as nothing was refused.
  const std::optional<RateLimit>& found() const { return found_; }
  // What an earlier process found.
  void begin_with(const RateLimit& limit, Micros now);

 private:
  // How much a request of the last minute found sent before it.
  struct Before {
    int64_t in_second = 0;
    int64_t in_minute = 0;
    bool answered = false;
  };

  int64_t sent_within(Micros window, Micros until) const;
  bool was_answered_with(int64_t Before::*as_much, int64_t count) const;
  std::optional<RateLimit> guess(Micros until) const;
  bool note_busy();

  std::deque<Micros> sent_;       // in the last minute, and not refused
  std::deque<Before> before_it_;  // of each of these
  int refused_in_row_ = 0;        // since one that was sent later was answered
  int untold_ = 0;                // refusals since then that tell of no limit
  std::optional<RateLimit> found_;
  std::optional<RateLimit> before_;  // the last refusal
  Micros refused_at_{0};             // when the first of these was sent
  // What was sent until then and refused is the same news.
  Micros last_before_{0};
  Micros changed_{0};              // when it was found or raised
  Micros patience_ = Seconds(10);  // before it is raised
  bool raised_ = false;            // by the last change
  double raise_ = 0.05;  // the next one; doubled while nothing is refused
};

}  // namespace simulate
