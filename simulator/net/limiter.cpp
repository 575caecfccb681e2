#include "simulator/net/limiter.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace simulate {

namespace {

// What is allowed in a longer span may be used up at once.
constexpr Micros kLongestEven = Seconds(60);

// A start that comes late is made up for by starting the next ones so much
// sooner; no window is passed by it.
constexpr Micros kCatchUp = Millis(50);

constexpr double kNoLimit = std::numeric_limits<double>::infinity();

int64_t amount_of(const RateWindow& window, int64_t tokens) {
  return window.limit().counted == Counted::requests ? 1 : tokens;
}

// "2.5 a second" is 5 in two seconds, and "0.3 a second" 3 in ten: windows hold
// whole requests.
RateLimit in_whole_numbers(RateLimit limit) {
  for (int times = 1; times <= 20; ++times) {
    double most = limit.most * times;
    if (std::abs(most - std::round(most)) > 1e-6 || most < 0.5) continue;
    return {limit.counted, std::round(most), limit.window * times};
  }
  if (limit.most >= 1) return limit;
  auto span = static_cast<double>(limit.window.count()) / limit.most;
  return {limit.counted, 1, Micros(static_cast<int64_t>(std::ceil(span)))};
}

}  // namespace

Limiter::Limiter(const std::vector<RateLimit>& limits, int most_in_flight)
    : most_in_flight_(most_in_flight) {
  for (const RateLimit& limit : limits) {
    if (limit.most > 0) set(in_whole_numbers(limit));
  }
}

Micros Limiter::next_start(Micros now, int64_t tokens) const {
  Micros next = std::max(due_, paused_until_);
  for (const RateWindow& window : windows_) {
    next = std::max(next, window.earliest(now, amount_of(window, tokens)));
  }
  return next;
}

Limiter::Call Limiter::start(Micros now, int64_t tokens) {
  ++in_flight_;
  for (RateWindow& window : windows_) {
    window.prepare(amount_of(window, tokens));
  }
  int64_t likely = expected(tokens);
  due_ = std::max(due_, now - kCatchUp) + pace(likely);
  return {tokens, likely, false, Micros(0), windows_.size()};
}

void Limiter::sent(Call& call, Micros now) {
  if (call.sent) return;
  call.sent = true;
  call.sent_at = now;
  for (size_t at = 0; at < call.windows; ++at) {
    RateWindow& window = windows_[at];
    call.pieces.push_back(window.sent(now, amount_of(window, call.tokens)));
  }
}

void Limiter::finished(Call& call, Micros now, int64_t tokens) {
  assert(in_flight_ > 0);
  --in_flight_;
  if (!call.sent) {
    for (size_t at = 0; at < call.windows; ++at) {
      windows_[at].drop(amount_of(windows_[at], call.tokens));
    }
    return;
  }
  for (size_t at = 0; at < call.pieces.size(); ++at) {
    RateWindow& window = windows_[at];
    window.answered(call.pieces[at], now, amount_of(window, call.tokens),
                    amount_of(window, tokens));
  }
  due_ += pace(tokens) - pace(call.expected);
  if (call.tokens <= 0) return;
  double share = static_cast<double>(tokens) / static_cast<double>(call.tokens);
  spent_share_ += (std::min(share, 1.0) - spent_share_) / 16;
}

int64_t Limiter::expected(int64_t tokens) const {
  return static_cast<int64_t>(spent_share_ * static_cast<double>(tokens));
}

void Limiter::pause_until(Micros moment) {
  paused_until_ = std::max(paused_until_, moment);
}

void Limiter::set(const RateLimit& limit, const std::deque<Micros>& sent) {
  if (RateWindow* known = window(limit.counted, limit.window)) {
    return known->allow(limit.most);
  }
  RateWindow& added = windows_.emplace_back(limit);
  if (limit.counted != Counted::requests) return;
  for (Micros moment : sent) added.add(moment + RateWindow::kJitter, 1);
}

// The window stays, since calls under way are counted in it.
void Limiter::lift(const RateLimit& limit) {
  RateWindow* known = window(limit.counted, limit.window);
  if (known) known->allow(kNoLimit);
}

RateWindow* Limiter::window(Counted counted, Micros length) {
  for (RateWindow& window : windows_) {
    const RateLimit& limit = window.limit();
    if (limit.counted == counted && limit.window == length) return &window;
  }
  return nullptr;
}

std::vector<RateLimit> Limiter::limits() const {
  std::vector<RateLimit> limits;
  for (const RateWindow& window : windows_) {
    if (window.limit().most < kNoLimit) limits.push_back(window.limit());
  }
  return limits;
}

bool Limiter::limits_tokens() const {
  return std::any_of(windows_.begin(), windows_.end(), [](const auto& window) {
    const RateLimit& limit = window.limit();
    return limit.counted == Counted::tokens && limit.most < kNoLimit;
  });
}

double Limiter::requests_per_second() const {
  return simulate::requests_per_second(limits());
}

// Jitter makes each window a little longer, so that even starts never have to
// wait for it.
Micros Limiter::pace(int64_t tokens) const {
  double longest = 0;
  for (const RateWindow& window : windows_) {
    const RateLimit& limit = window.limit();
    if (limit.window > kLongestEven || limit.most <= 0) continue;
    auto span =
        static_cast<double>((limit.window + RateWindow::kJitter).count());
    auto amount = static_cast<double>(amount_of(window, tokens));
    longest = std::max(longest, span / limit.most * amount);
  }
  return Micros(static_cast<int64_t>(std::ceil(longest)));
}

}  // namespace simulate
