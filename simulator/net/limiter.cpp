#include "simulator/net/limiter.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace simulate {

Limiter::Limiter(double requests_per_second, int most_in_flight)
    : requests_per_second_(requests_per_second),
      most_in_flight_(most_in_flight) {}

// The spacing counts from this start, not from when it was due: a burst after
// an idle spell could pass a server's window.
void Limiter::started(Micros now) {
  ++in_flight_;
  if (requests_per_second_ <= 0) return;
  next_start_ = std::max(next_start_, now + spacing());
}

Micros Limiter::spacing() const {
  if (requests_per_second_ <= 0) return Micros(0);
  return Micros(static_cast<int64_t>(std::ceil(1e6 / requests_per_second_)));
}

void Limiter::finished() {
  assert(in_flight_ > 0);
  --in_flight_;
}

void Limiter::pause_until(Micros moment) {
  paused_until_ = std::max(paused_until_, moment);
  next_start_ = std::max(next_start_, moment);
}

}  // namespace simulate
