#include "simulator/run/lane_places.h"

#include <algorithm>
#include <cmath>

namespace simulate {

namespace {

constexpr int kMostAtOnce = 256;

// Calls of one lane that keep it busy: what its rate and its latency ask for,
// and some more, since a conversation's calls go now here, now there.
double useful_at_once(const Lane& lane) {
  const Limiter& limiter = lane.limiter();
  double most = lane.provider().in_flight;
  if (limiter.requests_per_second() <= 0) return most;
  double calls = limiter.requests_per_second() * lane.stats().seconds_per_call;
  return std::min(most, 1.5 * calls + 4);
}

}  // namespace

int places_on(const Lanes& lanes) {
  double useful = 0;
  for (const auto& lane : lanes.all()) {
    if (lane->disabled_because().empty()) useful += useful_at_once(*lane);
  }
  return std::clamp(static_cast<int>(std::ceil(useful)), 1, kMostAtOnce);
}

}  // namespace simulate
