#include "simulator/net/breaker.h"

#include <algorithm>

namespace simulate {

void Breaker::succeeded() {
  failures_ = 0;
  pause_ = kFirstPause;
}

// Requests that were under way when it opened fail too; they do not count.
bool Breaker::failed(Micros now) {
  if (now < open_until_ || ++failures_ < kFailuresInARow) return false;
  open_until_ = now + pause_;
  pause_ = std::min(pause_ * 2, kLongestPause);
  return true;
}

}  // namespace simulate
