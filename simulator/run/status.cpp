#include "simulator/run/status.h"

#include <algorithm>

namespace simulate {

int64_t Report::calls() const {
  int64_t calls = 0;
  for (const LaneReport& lane : lanes) calls += lane.stats.calls;
  return calls;
}

int64_t Report::maybe_billed() const {
  int64_t calls = 0;
  for (const LaneReport& lane : lanes) calls += lane.stats.maybe_billed;
  return calls;
}

bool Report::nothing_was_to_do() const {
  return kept >= target && saved == 0 && calls() == 0;
}

double Report::seconds_left() const {
  if (saved == 0 || seconds <= 0) return -1;
  auto left = static_cast<double>(target - kept);
  double by_rate = left * seconds / static_cast<double>(saved);
  double allowed = 0;
  double wait = 0;
  bool limited = true;
  for (const LaneReport& lane : lanes) {
    if (!lane.disabled_because.empty()) continue;
    if (lane.waiting > 0) wait = std::max(wait, lane.given_up_in);
    if (lane.backs_off) continue;
    allowed += lane.requests_per_second;
    limited = limited && lane.requests_per_second > 0;
  }
  if (!limited || allowed <= 0) return std::max(by_rate, wait);
  double calls_each = static_cast<double>(calls()) / static_cast<double>(saved);
  return std::max({by_rate * 0.5, left * calls_each / allowed, wait});
}

}  // namespace simulate
