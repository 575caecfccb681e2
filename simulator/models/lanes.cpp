#include "simulator/models/lanes.h"

#include <algorithm>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/this_coro.hpp>

#include "simulator/base/text.h"

namespace simulate {

namespace {

// Without a word from the server, a lane answered with 429 rests this long.
constexpr Micros kBackoffAfterRateLimit = Seconds(2);
constexpr Micros kShortestBackoff = Millis(250);  // doubled while 429s go on

// A lane that rests for longer, or was refused that often in a row, is no
// place for new work; shorter pauses are a lane's everyday life.
constexpr Micros kLongPause = Seconds(10);
constexpr int kManyRefusals = 5;

// About four minutes, since each rest is twice as long as the one before.
constexpr int kBackoffsWithoutAnswer = 5;

bool is_meant(const Lane& lane, const Players& players) {
  return may_play(players, lane.provider().name);
}

std::string any_of_them(const Players& players) {
  std::vector<std::string> names;
  for (const Player& player : players) names.push_back(player.provider);
  return joined(names, " or ");
}

}  // namespace

Lane::Lane(Provider provider, std::unique_ptr<ChatModel> wire)
    : provider_(std::move(provider)),
      wire_(std::move(wire)),
      limiter_(provider_.requests_per_second, provider_.in_flight) {}

Micros Lane::next_start() const {
  return std::max(limiter_.next_start(), breaker_.opens_until());
}

Micros Lane::backoff(Micros now) const {
  return std::max(Micros(0), limiter_.next_start() - now);
}

bool Lane::backs_off(Micros now) const {
  return breaker_.is_on_trial() || limited_in_a_row_ >= kManyRefusals ||
         limiter_.paused_until() - now > kLongPause;
}

Micros Lane::silent_for(Micros now) const {
  return failing_since_ ? now - *failing_since_ : Micros(0);
}

void Lanes::remember(const std::string& provider, const LaneStats& before) {
  for (const auto& lane : lanes_) {
    if (lane->provider_.name != provider) continue;
    lane->stats_.seconds_per_call = before.seconds_per_call;
    Micros rest = std::max<Micros>(before.backoff, lane->limiter_.spacing());
    lane->limiter_.pause_until(timer_.now() + rest);
    if (before.backoff > kLongPause) {
      lane->failing_since_ = timer_.now();
      lane->last_failure_ = "its server asked for a rest";
    }
  }
}

void Lanes::add(Provider provider, std::unique_ptr<ChatModel> wire) {
  lanes_.push_back(
      std::make_unique<Lane>(std::move(provider), std::move(wire)));
}

const Lane* Lanes::find(const std::string& provider) const {
  for (const auto& lane : lanes_) {
    if (lane->provider().name == provider) return lane.get();
  }
  return nullptr;
}

asio::awaitable<ChatOutcome> Lanes::reply(const ChatRequest& request) {
  Lane* lane = co_await permit(request);
  if (!lane) co_return why_refused(request.players);
  Micros begun = timer_.now();
  ChatOutcome outcome = co_await lane->wire_->reply(request);
  account(*lane, outcome, begun);
  serve();
  co_return outcome;
}

// Whoever comes while others wait lines up behind them, even when a lane is
// free that they cannot use: serve() looks at everybody in order.
asio::awaitable<Lane*> Lanes::permit(const ChatRequest& request) {
  if (!has_lane_left(request.players) || stopped_ || budget_spent()) {
    co_return nullptr;
  }
  --calls_left_;
  Micros now = timer_.now();
  if (Lane* lane =
          waiting_.empty() ? free_lane(request.players, now) : nullptr) {
    lane->limiter_.started(now);
    co_return lane;
  }
  if (!executor_) executor_ = co_await asio::this_coro::executor;
  Lane* chosen = nullptr;
  auto line_up = [this, &request, &chosen](Resumer resume) {
    Waiter waiter{&request.players, std::move(resume), &chosen};
    waiting_.emplace(Place(request.priority, arrivals_++), std::move(waiter));
    serve();
  };
  co_await suspend(std::move(line_up));
  if (!chosen) ++calls_left_;  // nothing was sent
  co_return chosen;
}

bool Lanes::may_serve(const Lane& lane, const Players& players) const {
  return lane.disabled_because_.empty() && is_meant(lane, players);
}

// A lane with little under way for its size is the better choice, so that the
// mix follows the limits.
bool Lanes::starts_before(const Lane& a, const Lane& b) const {
  int64_t left = int64_t{a.limiter_.in_flight()} * b.limiter_.most_in_flight();
  int64_t right = int64_t{b.limiter_.in_flight()} * a.limiter_.most_in_flight();
  if (left != right) return left < right;
  return a.limiter_.next_start() < b.limiter_.next_start();
}

Lane* Lanes::free_lane(const Players& players, Micros now) const {
  Lane* best = nullptr;
  for (const auto& lane : lanes_) {
    // After a rest one request tries whether the server is back.
    bool on_trial = lane->breaker_.is_on_trial();
    bool free = may_serve(*lane, players) && lane->limiter_.has_capacity() &&
                lane->next_start() <= now &&
                !(on_trial && lane->limiter_.in_flight() > 0);
    if (free && (!best || starts_before(*lane, *best))) best = lane.get();
  }
  return best;
}

bool Lanes::has_lane_left(const Players& players) const {
  return std::any_of(lanes_.begin(), lanes_.end(), [&](const auto& lane) {
    return may_serve(*lane, players);
  });
}

void Lanes::serve() {
  Micros now = timer_.now();
  for (auto it = waiting_.begin(); it != waiting_.end();) {
    const Players& players = *it->second.players;
    Lane* lane = stopped_ ? nullptr : free_lane(players, now);
    if (!lane && !stopped_ && has_lane_left(players)) {
      ++it;
      continue;
    }
    if (lane) lane->limiter_.started(now);
    *it->second.chosen = lane;
    it->second.resume();
    it = waiting_.erase(it);
  }
  wake_at_next_start();
}

// A lane without room is woken by the request that ends; only the clock can
// wake one that waits for its next start.
void Lanes::wake_at_next_start() {
  if (waiting_.empty()) return;
  Micros soonest = Micros::max();
  Micros now = timer_.now();
  for (const auto& lane : lanes_) {
    if (!lane->disabled_because_.empty() || !lane->limiter_.has_capacity())
      continue;
    if (lane->next_start() > now) {
      soonest = std::min(soonest, lane->next_start());
    }
  }
  if (soonest >= next_wake_) return;
  next_wake_ = soonest;
  asio::co_spawn(executor_, wake_at(soonest), asio::detached);
}

asio::awaitable<void> Lanes::wake_at(Micros moment) {
  co_await timer_.wait_until(moment);
  if (next_wake_ != moment) co_return;  // an earlier one took over
  next_wake_ = Micros::max();
  serve();
}

void Lanes::stop() {
  stopped_ = true;
  serve();
}

ChatFailure Lanes::why_refused(const Players& players) const {
  ChatFailure failure;
  if (has_lane_left(players)) {
    failure.fault = ChatFault::stopped;
    failure.message =
        stopped_ ? "the run is ending" : "the calls of --max-calls are used up";
    return failure;
  }
  failure.fault = ChatFault::unusable;
  std::vector<std::string> reasons;
  for (const auto& lane : lanes_) {
    if (is_meant(*lane, players)) reasons.push_back(lane->disabled_because_);
  }
  failure.message = reasons.empty()
                        ? "this run has no provider " + any_of_them(players) +
                              "; add it to --providers"
                        : joined(reasons, "; ");
  return failure;
}

void Lanes::account(Lane& lane, const ChatOutcome& outcome, Micros begun) {
  lane.limiter_.finished();
  ++lane.stats_.calls;
  if (const auto* failure = std::get_if<ChatFailure>(&outcome)) {
    account_failure(lane, *failure);
    return;
  }
  lane.breaker_.succeeded();
  ++lane.answered_;
  lane.backoffs_ = 0;
  lane.limited_in_a_row_ = 0;
  lane.failing_since_.reset();
  double seconds = static_cast<double>((timer_.now() - begun).count()) / 1e6;
  lane.stats_.seconds_per_call += (seconds - lane.stats_.seconds_per_call) / 8;
}

void Lanes::account_failure(Lane& lane, const ChatFailure& failure) {
  Micros now = timer_.now();
  if (failure.maybe_billed) ++lane.stats_.maybe_billed;
  bool worth_another_try = failure.fault == ChatFault::rate_limited ||
                           failure.fault == ChatFault::unavailable;
  if (worth_another_try) {
    if (!lane.failing_since_) lane.failing_since_ = now;
    lane.last_failure_ = failure.message;
  }
  switch (failure.fault) {
    case ChatFault::rate_limited:
      ++lane.stats_.rate_limited;
      ++lane.stats_.retries;
      lane.limiter_.pause_until(now + backoff_after_rate_limit(lane, failure));
      break;
    case ChatFault::unavailable:
      ++lane.stats_.retries;
      if (failure.retry_after) {
        lane.limiter_.pause_until(now + *failure.retry_after);
      }
      if (lane.breaker_.failed(now)) back_off(lane, failure);
      break;
    case ChatFault::unusable:
      disable(lane, failure.message);
      break;
    default:
      break;
  }
}

// As long as the server asks, but a "0" is not taken at its word for ever.
Micros Lanes::backoff_after_rate_limit(Lane& lane, const ChatFailure& failure) {
  int doublings = std::min(lane.limited_in_a_row_++, 6);
  Micros least = kShortestBackoff * (1 << doublings);
  return std::max(least, failure.retry_after.value_or(kBackoffAfterRateLimit));
}

// A server that was up once is waited for; one that never answered is more
// likely a wrong address.
void Lanes::back_off(Lane& lane, const ChatFailure& failure) {
  ++lane.backoffs_;
  if (lane.answered_ == 0 && lane.backoffs_ >= kBackoffsWithoutAnswer) {
    disable(lane, "it has not answered once: " + failure.message);
    return;
  }
  auto pause = std::chrono::duration_cast<Seconds>(lane.breaker_.opens_until() -
                                                   timer_.now());
  if (on_news_) {
    on_news_(lane.provider_.name + " keeps failing and rests for " +
             std::to_string(pause.count()) + " s: " + failure.message);
  }
}

void Lanes::give_up(const std::string& provider) {
  for (const auto& lane : lanes_) {
    if (lane->provider_.name != provider) continue;
    auto minutes = std::chrono::duration_cast<std::chrono::minutes>(
        lane->silent_for(timer_.now()));
    disable(*lane, "it has not answered for " +
                       std::to_string(minutes.count()) +
                       " min: " + lane->last_failure_);
  }
  serve();
}

void Lanes::disable(Lane& lane, const std::string& reason) {
  if (!lane.disabled_because_.empty()) return;
  lane.disabled_because_ = reason;
  if (on_news_) on_news_(lane.provider_.name + " is out: " + reason);
}

}  // namespace simulate
