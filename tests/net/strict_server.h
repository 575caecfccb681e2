// A server that counts strictly: it refuses whatever would make any span of its
// limit's length hold more than it allows. It lives in the time of a test.
#pragma once

#include <deque>

#include "simulator/net/rate_limit.h"

namespace simulate {

class StrictServer {
 public:
  explicit StrictServer(RateLimit limit) : limit_(limit) {}

  // A request that arrives; later ones arrive later. What is refused does not
  // count.
  bool takes(Micros arrival, int64_t amount = 1) {
    while (!taken_.empty() && taken_.front().first + limit_.window <= arrival) {
      held_ -= taken_.front().second;
      taken_.pop_front();
    }
    if (static_cast<double>(held_ + amount) > limit_.most) {
      ++refused_;
      return false;
    }
    taken_.emplace_back(arrival, amount);
    held_ += amount;
    total_ += amount;
    return true;
  }

  int64_t refused() const { return refused_; }
  // Of what it would have allowed in that time.
  double share_used(Micros time) const {
    double spans = static_cast<double>(time.count()) /
                   static_cast<double>(limit_.window.count());
    return static_cast<double>(total_) / (limit_.most * spans);
  }
  const RateLimit& limit() const { return limit_; }
  int64_t held() const { return held_; }

 private:
  RateLimit limit_;
  std::deque<std::pair<Micros, int64_t>> taken_;
  int64_t held_ = 0;
  int64_t total_ = 0;
  int64_t refused_ = 0;
};

}  // namespace simulate
