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

// Of a minute's limit: refused in a row, unless it was just tried for more.
constexpr int kProof = 3;

}  // namespace

void RateFinder::sent(Micros now) {
  while (!sent_.empty() && sent_.front() + kLong <= now) {
    sent_.pop_front();
    before_it_.pop_front();
  }
  before_it_.push_back({sent_within(kShort, now), sent_within(kLong, now)});
  sent_.push_back(now);
}

int64_t RateFinder::sent_within(Micros window, Micros until) const {
  auto first = std::upper_bound(sent_.begin(), sent_.end(), until - window);
  auto last = std::upper_bound(first, sent_.end(), until);
  return last - first;
}

// More than now and then: clocks and ways differ, so that one may have been
// counted in another span there than here.
bool RateFinder::was_answered_with(int64_t Before::*as_much,
                                   int64_t count) const {
  auto times = std::count_if(
      before_it_.begin(), before_it_.end(), [&](const Before& before) {
        return before.answered && before.*as_much >= count;
      });
  auto all = static_cast<int64_t>(before_it_.size());
  return times > 1 + all / 20;
}

// By the second as long as that is not found to be wrong: something is refused
// although nothing was let through for a second. Of a minute one refusal is no
// proof; where it is a limit's, those behind it are refused as well.
std::optional<RateLimit> RateFinder::guess(Micros until) const {
  int64_t within = sent_within(kShort, until);
  bool by_second = (!found_ || found_->window == kShort) && within > 0;
  if (by_second && !was_answered_with(&Before::in_second, within)) {
    return RateLimit{Counted::requests, static_cast<double>(within), kShort};
  }
  int64_t in_minute = std::max<int64_t>(1, sent_within(kLong, until));
  int proof = raised_ && found_ && found_->window == kLong ? 1 : kProof;
  if (refused_in_row_ < proof ||
      was_answered_with(&Before::in_minute, in_minute)) {
    return std::nullopt;
  }
  return RateLimit{Counted::requests, static_cast<double>(in_minute), kLong};
}

// Once would be chance; who keeps a limit and is refused often all the same has
// found a wrong one.
bool RateFinder::note_busy() {
  constexpr int kOften = 3;
  if (!found_ || ++untold_ < kOften) return false;
  untold_ = 0;
  raised_ = false;
  raise_ = kFirstRaise;
  found_.reset();
  before_.reset();
  return true;
}

bool RateFinder::refused(Micros sent_at, Micros now) {
  auto it = std::lower_bound(sent_.begin(), sent_.end(), sent_at);
  if (it != sent_.end() && *it == sent_at) {
    before_it_.erase(before_it_.begin() + (it - sent_.begin()));
    sent_.erase(it);
  }
  bool same_news = found_ && sent_at <= last_before_;
  if (sent_.empty() && !found_) return false;
  if (!same_news) {
    if (sent_at > last_before_) ++refused_in_row_;
    last_before_ = now;
    refused_at_ = sent_at;
    before_ = found_;
  }
  std::optional<RateLimit> known = std::exchange(found_, before_);
  std::optional<RateLimit> guessed = guess(refused_at_);
  if (!guessed) {
    found_ = known;
    return !same_news && note_busy();
  }
  if (!same_news) {
    if (raised_) patience_ = std::min(2 * patience_, kLongestPatience);
    raised_ = false;
    raise_ = kFirstRaise;
    untold_ = 0;
  }
  found_ = guessed;
  if (before_ && before_->window == found_->window) {
    double less =
        std::min(before_->most / (1 + kFirstRaise), before_->most - 1);
    found_->most = std::max(1.0, std::min(found_->most, less));
  }
  changed_ = now;
  return known != found_;
}

bool RateFinder::answered(Micros sent_at, Micros now) {
  auto it = std::lower_bound(sent_.begin(), sent_.end(), sent_at);
  auto place = before_it_.begin() + (it - sent_.begin());
  while (it != sent_.end() && *it == sent_at && place->answered) ++it, ++place;
  if (it != sent_.end() && *it == sent_at) place->answered = true;
  if (sent_at > last_before_) refused_in_row_ = 0;
  if (!found_ || now - changed_ < std::max(patience_, 2 * found_->window)) {
    return false;
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
  return true;
}

void RateFinder::begin_with(const RateLimit& limit, Micros now) {
  found_ = limit;
  changed_ = now;
}

}  // namespace simulate
