#include "simulator/models/lane_limits.h"

#include <algorithm>
#include <limits>

#include "simulator/base/text.h"

namespace simulate {

namespace {

// Before the first answer has told what the server allows.
constexpr int kFirstAtOnce = 4;

// Of which others may have used a part; a span of a second is over before that
// could matter.
constexpr Micros kShared = Seconds(60);

constexpr Micros kUsualRest = Seconds(2);

bool same_window(const RateLimit& a, const RateLimit& b) {
  return a.counted == b.counted && a.window == b.window;
}

// Adds it, or makes the one of that window as small.
void add_least(std::vector<RateLimit>& limits, const RateLimit& limit) {
  for (RateLimit& one : limits) {
    if (!same_window(one, limit)) continue;
    one.most = std::min(one.most, limit.most);
    return;
  }
  limits.push_back(limit);
}

// What is told of a day, as Groq does, says nothing of its minutes.
bool is_told_of(const std::vector<RateLimit>& limits, Counted counted) {
  constexpr Micros kShort = Seconds(3600);
  return std::any_of(limits.begin(), limits.end(), [&](const auto& limit) {
    return limit.counted == counted && limit.window < kShort;
  });
}

}  // namespace

LaneLimits::LaneLimits(const Provider& provider)
    : set_(Limiter(provider.limits, 1).limits()),
      is_set_(provider.limits_are_set),
      in_flight_(provider.in_flight),
      at_once_(provider.offline() ? provider.in_flight
                                  : std::min(kFirstAtOnce, provider.in_flight)),
      limiter_(provider.limits, at_once_) {}

void LaneLimits::sent(Limiter::Call& call, Micros now) {
  limiter_.sent(call, now);
  finder_.sent(now);
}

// The least of all that hold, window by window. What we take for true holds as
// long as the server tells nothing.
void LaneLimits::settle() {
  std::vector<RateLimit> all = announced_;
  for (const RateLimit& limit : set_) {
    if (is_set_ || !is_told_of(announced_, limit.counted)) {
      add_least(all, limit);
    }
  }
  if (finder_.found()) add_least(all, *finder_.found());
  for (const RateLimit& known : limiter_.limits()) {
    bool holds = std::any_of(
        all.begin(), all.end(),
        [&](const RateLimit& limit) { return same_window(limit, known); });
    if (!holds) limiter_.lift(known);
  }
  for (const RateLimit& limit : all) limiter_.set(limit, finder_.sent());
}

void LaneLimits::announced(const std::vector<AnnouncedLimit>& limits,
                           Micros now) {
  if (limits.empty()) return;
  std::vector<RateLimit> told;
  for (const AnnouncedLimit& one : limits) add_least(told, one.limit);
  if (told != announced_) {
    announced_ = std::move(told);
    at_once_ = in_flight_;
    limiter_.allow_in_flight(at_once_);
    settle();
  }
  for (const AnnouncedLimit& one : limits) {
    if (!one.remaining || one.limit.window < kShared) continue;
    // What others used is there again before it could matter.
    if (one.resets_in && *one.resets_in < one.limit.window / 10) continue;
    RateWindow* window = limiter_.window(one.limit.counted, one.limit.window);
    auto most = static_cast<int64_t>(one.limit.most);
    int64_t others = most - *one.remaining - window->held(now);
    if (others > std::max<int64_t>(3, most / 10)) window->add(now, others);
  }
}

void LaneLimits::answered(const Limiter::Call& call, Micros now) {
  unexplained_ = 0;
  if (at_once_ < in_flight_) limiter_.allow_in_flight(++at_once_);
  if (finder_.answered(call.sent_at, now)) settle();
}

// Whether the server has told of a limit that is used up.
bool LaneLimits::is_explained(Micros now) {
  return std::any_of(
      announced_.begin(), announced_.end(), [&](const RateLimit& limit) {
        RateWindow* window = limiter_.window(limit.counted, limit.window);
        return static_cast<double>(window->held(now)) >= 0.9 * limit.most;
      });
}

void LaneLimits::refused(const Limiter::Call& call, const std::string& message,
                         Micros now) {
  constexpr int kExplainedOften = 3;
  if (contains(lowered(message), "concurren")) {
    at_once_ = std::max(1, std::min(at_once_, limiter_.in_flight()));
    limiter_.allow_in_flight(at_once_);
    return;
  }
  if (is_explained(now) && ++unexplained_ < kExplainedOften) return;
  if (finder_.refused(call.sent_at, now)) settle();
}

Micros LaneLimits::rest_after_refusal() const {
  const std::optional<RateLimit>& found = finder_.found();
  bool by_second = found && found->window <= Seconds(1);
  return by_second ? found->window + RateWindow::kJitter : kUsualRest;
}

Micros LaneLimits::shortest_rest() const {
  Micros rest = limiter_.spacing();
  for (const RateLimit& limit : limiter_.limits()) {
    if (limit.window > Seconds(2)) continue;
    rest = std::max(rest, limit.window + RateWindow::kJitter);
  }
  return rest;
}

}  // namespace simulate
