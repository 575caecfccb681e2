#include "simulator/models/lanes.h"

#include <algorithm>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/post.hpp>
#include <asio/this_coro.hpp>

#include "simulator/base/text.h"

namespace simulate {

namespace {

// A lane answered with 429 rests this long at least.
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
      limits_(provider_) {}

Micros Lane::next_start(Micros now, int64_t tokens) const {
  return std::max(limiter().next_start(now, tokens), breaker_.opens_until());
}

// Who waits for others to be answered does not rest.
Micros Lane::backoff(Micros now) const {
  Micros next = limiter().next_start(now);
  return next == Micros::max() ? Micros(0) : std::max(Micros(0), next - now);
}

bool Lane::backs_off(Micros now) const {
  return breaker_.is_on_trial() || limited_in_a_row_ >= kManyRefusals ||
         limiter().paused_until() - now > kLongPause;
}

Micros Lane::silent_for(Micros now) const {
  return failing_since_ ? now - *failing_since_ : Micros(0);
}

void Lanes::remember(const std::string& provider, const LaneStats& before) {
  for (const auto& lane : lanes_) {
    if (lane->provider_.name != provider) continue;
    lane->stats_.seconds_per_call = before.seconds_per_call;
    Micros rest =
        std::max<Micros>(before.backoff, lane->limits_.shortest_rest());
    lane->limits_.pause_until(timer_.now() + rest);
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
  auto waiting = permit(request);
  Permit granted = co_await std::move(waiting);
  if (!granted.lane) co_return why_refused(request.players);
  Lane& lane = *granted.lane;
  CallEvents events;
  events.sent = [this, &granted, &lane] {
    lane.limits_.sent(granted.call, timer_.now());
    serve_soon();
  };
  events.announced = [this, &lane](const std::vector<AnnouncedLimit>& limits) {
    lane.limits_.announced(limits, timer_.now());
  };
  Micros begun = timer_.now();
  auto sending = lane.wire_->send(request, events);
  ChatOutcome outcome = co_await std::move(sending);
  account(granted, outcome, begun);
  serve();
  co_return outcome;
}

// Whoever comes while others wait lines up behind them, even when a lane is
// free that they cannot use: serve() looks at everybody in order.
asio::awaitable<Lanes::Permit> Lanes::permit(const ChatRequest& request) {
  Permit granted;
  if (!has_lane_left(request.players) || stopped_ || budget_spent()) {
    co_return granted;
  }
  --calls_left_;
  Micros now = timer_.now();
  int64_t tokens = most_tokens(request);
  if (!executor_) executor_ = co_await asio::this_coro::executor;
  if (Lane* lane = waiting_.empty() ? free_lane(request.players, tokens, now)
                                    : nullptr) {
    co_return Permit{lane, lane->limits_.start(now, tokens)};
  }
  auto line_up = [this, &request, &granted, tokens](Resumer resume) {
    Waiter waiter{&request.players, std::move(resume), tokens, &granted};
    waiting_.emplace(Place(request.priority, arrivals_++), std::move(waiter));
    serve();
  };
  co_await suspend(std::move(line_up));
  if (!granted.lane) ++calls_left_;  // nothing was sent
  co_return granted;
}

// A token has a byte at least; what is written around a message has some, too.
int64_t Lanes::most_tokens(const ChatRequest& request) const {
  constexpr size_t kAroundMessage = 16;
  bool counts = std::any_of(lanes_.begin(), lanes_.end(), [](const auto& lane) {
    return lane->limiter().limits_tokens();
  });
  if (!counts) return 0;
  size_t bytes = 0;
  for (const Message& message : request.messages) {
    bytes += message.content.size() + message.thinking.size() + kAroundMessage;
  }
  return static_cast<int64_t>(bytes) + request.sampling.max_tokens;
}

bool Lanes::may_serve(const Lane& lane, const Players& players) const {
  return lane.disabled_because_.empty() && is_meant(lane, players);
}

// A lane with little under way for its size is the better choice, so that the
// mix follows the limits.
bool Lanes::starts_before(const Lane& a, const Lane& b) const {
  int64_t left = int64_t{a.limiter().in_flight()} * b.provider_.in_flight;
  int64_t right = int64_t{b.limiter().in_flight()} * a.provider_.in_flight;
  if (left != right) return left < right;
  return a.limiter().free_since() < b.limiter().free_since();
}

Lane* Lanes::free_lane(const Players& players, int64_t tokens,
                       Micros now) const {
  Lane* best = nullptr;
  for (const auto& lane : lanes_) {
    // After a rest one request tries whether the server is back.
    bool on_trial = lane->breaker_.is_on_trial();
    bool free = may_serve(*lane, players) && lane->limiter().has_capacity() &&
                lane->next_start(now, tokens) <= now &&
                !(on_trial && lane->limiter().in_flight() > 0);
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
    Waiter& waiter = it->second;
    const Players& players = *waiter.players;
    Lane* lane = stopped_ ? nullptr : free_lane(players, waiter.tokens, now);
    if (!lane && !stopped_ && has_lane_left(players)) {
      ++it;
      continue;
    }
    if (lane) *waiter.permit = {lane, lane->limits_.start(now, waiter.tokens)};
    waiter.resume();
    it = waiting_.erase(it);
  }
  wake_at_next_start();
}

// From within a call that must start nothing itself. Where the clock wakes
// somebody anyway, that is soon enough.
void Lanes::serve_soon() {
  if (waiting_.empty() || next_wake_ != Micros::max()) return;
  asio::post(executor_, [this] { serve(); });
}

// For the first who waits for it; Max when the clock cannot wake it: a lane
// without room is woken by the request that ends.
Micros Lanes::next_start(const Lane& lane, Micros now) const {
  if (!lane.disabled_because_.empty() || !lane.limiter().has_capacity()) {
    return Micros::max();
  }
  for (const auto& [place, waiter] : waiting_) {
    if (!is_meant(lane, *waiter.players)) continue;
    return lane.next_start(now, waiter.tokens);
  }
  return Micros::max();
}

void Lanes::wake_at_next_start() {
  if (waiting_.empty()) return;
  Micros soonest = Micros::max();
  Micros now = timer_.now();
  for (const auto& lane : lanes_) {
    Micros next = next_start(*lane, now);
    if (next > now) soonest = std::min(soonest, next);
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

void Lanes::account(Permit& permit, const ChatOutcome& outcome, Micros begun) {
  Lane& lane = *permit.lane;
  Micros now = timer_.now();
  const auto* reply = std::get_if<ChatReply>(&outcome);
  int64_t tokens = reply
                       ? reply->usage.input_tokens + reply->usage.output_tokens
                       : permit.call.tokens;
  lane.limits_.finished(permit.call, now, tokens);
  ++lane.stats_.calls;
  if (!reply) return account_failure(permit, std::get<ChatFailure>(outcome));
  lane.limits_.answered(permit.call, now);
  lane.breaker_.succeeded();
  ++lane.answered_;
  lane.backoffs_ = 0;
  lane.limited_in_a_row_ = 0;
  lane.failing_since_.reset();
  double seconds = static_cast<double>((now - begun).count()) / 1e6;
  lane.stats_.seconds_per_call += (seconds - lane.stats_.seconds_per_call) / 8;
}

void Lanes::account_failure(Permit& permit, const ChatFailure& failure) {
  Lane& lane = *permit.lane;
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
      lane.limits_.refused(permit.call, failure.message, now);
      lane.limits_.pause_until(now + backoff_after_rate_limit(permit, failure));
      break;
    case ChatFault::unavailable:
      ++lane.stats_.retries;
      if (failure.retry_after) {
        lane.limits_.pause_until(now + *failure.retry_after);
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
// Those that were sent together and refused together are one refusal.
Micros Lanes::backoff_after_rate_limit(Permit& permit,
                                       const ChatFailure& failure) {
  Lane& lane = *permit.lane;
  bool again = permit.call.sent_at >= lane.limited_at_;
  if (again || lane.limited_in_a_row_ == 0) ++lane.limited_in_a_row_;
  lane.limited_at_ = timer_.now();
  int doublings = std::min(lane.limited_in_a_row_ - 1, 6);
  Micros least = kShortestBackoff * (1 << doublings);
  Micros asked =
      failure.retry_after.value_or(lane.limits_.rest_after_refusal());
  return std::max(least, asked);
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
