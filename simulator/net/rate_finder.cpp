#include "simulator/net/rate_finder.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace simulate {

namespace {

constexpr Micros kShort = Seconds(1);
constexpr Micros kLong = Seconds(60);

// A refusal costs a second or two of rest; who is refused again waits twice as
// long before the next try.
constexpr Micros kFirstPatience = Seconds(10);
constexpr Micros kLongestPatience = Seconds(600);
constexpr double kFirstRaise = 0.05;

}  // namespace

void RateFinder::sent(Micros now) {
  while (!sent_.empty() && sent_.front() + kLong <= now) sent_.pop_front();
  sent_.push_back(now);
}

int64_t RateFinder::sent_within(Micros window, Micros until) const {
  auto first = std::upper_bound(sent_.begin(), sent_.end(), until - window);
  auto last = std::upper_bound(first, sent_.end(), until);
  return last - first;
}

// By the second as long as that is not found to be wrong: something is refused
// although nothing was let through for a second.
RateLimit RateFinder::guess(Micros until) const {
  auto within = static_cast<double>(sent_within(kShort, until));
  bool by_second = (!found_ || found_->window == kShort) && within > 0;
  if (by_second) return {Counted::requests, within, kShort};
  auto in_minute = static_cast<double>(sent_within(kLong, until));
  return {Counted::requests, std::max(1.0, in_minute), kLong};
}

std::optional<RateLimit> RateFinder::refused(Micros sent_at, Micros now) {
  auto it = std::lower_bound(sent_.begin(), sent_.end(), sent_at);
  if (it != sent_.end() && *it == sent_at) sent_.erase(it);
  bool same_news = found_ && sent_at <= last_before_;
  if (sent_.empty() && !found_) return std::nullopt;
  if (!same_news) {
    if (raised_) patience_ = std::min(2 * patience_, kLongestPatience);
    last_before_ = now;
    refused_at_ = sent_at;
    before_ = found_;
    raised_ = false;
    raise_ = kFirstRaise;
  }
  std::optional<RateLimit> known = std::exchange(found_, before_);
  found_ = guess(refused_at_);
  if (before_ && before_->window == found_->window) {
    double less =
        std::min(before_->most / (1 + kFirstRaise), before_->most - 1);
    found_->most = std::max(1.0, std::min(found_->most, less));
  }
  changed_ = now;
  if (known == found_) return std::nullopt;
  return found_;
}

std::optional<RateLimit> RateFinder::answered(Micros now) {
  if (!found_ || now - changed_ < std::max(patience_, 2 * found_->window)) {
    return std::nullopt;
  }
  if (raised_) {
    patience_ = std::max(patience_ / 2, kFirstPatience);
    raise_ = std::min(2 * raise_, 1.0);
  }
  // A window holds whole requests: less than one more would change nothing.
  found_->most =
      std::max(found_->most * (1 + raise_), std::floor(found_->most) + 1);
  changed_ = now;
  raised_ = true;
  return found_;
}

void RateFinder::begin_with(const RateLimit& limit, Micros now) {
  found_ = limit;
  changed_ = now;
}

}  // namespace simulate
