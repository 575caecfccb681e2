// The lanes of a run: each provider's limits, breaker and statistics, and one
// queue before them all. A call that names its providers waits for those; a
// call that does not goes to whichever lane is free first, so that no capacity
// is idle while somebody waits. Lower `priority` is served first.
#pragma once

#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "simulator/models/chat.h"
#include "simulator/models/lane_limits.h"
#include "simulator/models/provider.h"
#include "simulator/net/breaker.h"
#include "simulator/net/suspend.h"
#include "simulator/net/timer.h"

namespace simulate {

// What is counted and learned of one lane: while a process works, and, summed
// up in the ledger, over all processes of a run.
struct LaneStats {
  int64_t calls = 0;            // requests sent, tries included
  int64_t rate_limited = 0;     // answered with 429
  int64_t retries = 0;          // failed calls that were worth another try
  int64_t maybe_billed = 0;     // failed, and yet the server may have answered
  double seconds_per_call = 1;  // moving average of the answered ones
  Seconds backoff{0};  // how long the server wants to be left alone, from now
};
using LaneStatsByProvider = std::map<std::string, LaneStats>;

class Lane {
 public:
  Lane(Provider provider, std::unique_ptr<ChatModel> wire);

  const Provider& provider() const { return provider_; }
  const LaneStats& stats() const { return stats_; }
  const Limiter& limiter() const { return limits_.limiter(); }
  // Why this lane is out for the rest of the run; empty while it is not.
  const std::string& disabled_because() const { return disabled_because_; }
  // How long nothing starts yet, because of the rate or a pause.
  Micros backoff(Micros now) const;

  // Whether it answers so little at present that work had better go elsewhere:
  // it keeps failing or refusing, or rests for longer than a moment.
  bool backs_off(Micros now) const;
  // How long it has done nothing but fail; 0 while it answers.
  Micros silent_for(Micros now) const;

 private:
  friend class Lanes;

  Micros next_start(Micros now, int64_t tokens) const;

  Provider provider_;
  std::unique_ptr<ChatModel> wire_;
  LaneLimits limits_;
  Breaker breaker_;
  LaneStats stats_;
  std::string disabled_because_;
  int64_t answered_ = 0;
  int backoffs_ = 0;  // taken by the breaker since the last answer
  int limited_in_a_row_ = 0;
  Micros limited_at_{0};                 // the last time
  std::optional<Micros> failing_since_;  // the first failure after an answer
  std::string last_failure_;
};

class Lanes : public ChatModel {
 public:
  // Called with a sentence when a lane goes out or rests after failures.
  using OnNews = std::function<void(const std::string&)>;

  explicit Lanes(Timer& timer) : timer_(timer) {}

  void add(Provider provider, std::unique_ptr<ChatModel> wire);
  // The lane goes on where an earlier process left it: it rests as long as the
  // server asked, and at least for one interval of its rate, since the last
  // call may have been a moment ago.
  void remember(const std::string& provider, const LaneStats& before);
  void on_news(OnNews callback) { on_news_ = std::move(callback); }

  // At most this many more calls are sent.
  void limit_calls(int64_t calls) {
    calls_left_ = calls;
    budgeted_ = true;
  }
  bool budget_spent() const { return calls_left_ == 0; }
  int64_t calls_left() const { return calls_left_; }
  bool has_budget() const { return budgeted_; }

  // Fails every call that waits, and every later one.
  void stop();
  bool stopped() const { return stopped_; }

  // One try: the failure of a busy lane comes back to the caller.
  asio::awaitable<ChatOutcome> reply(const ChatRequest& request) override;

  const std::vector<std::unique_ptr<Lane>>& all() const { return lanes_; }
  const Lane* find(const std::string& provider) const;
  // Takes a lane that is silent out of the run: who waits for it alone is
  // told, and everybody who comes later.
  void give_up(const std::string& provider);
  // Whether one of `players` can still answer.
  bool has_lane_left(const Players& players) const;

 private:
  // Ordered by what is served first: the request's priority, then arrival.
  using Place = std::pair<int64_t, uint64_t>;
  struct Permit {
    Lane* lane = nullptr;
    Limiter::Call call = {};
  };
  struct Waiter {
    const Players* players;  // the request's
    Resumer resume;
    int64_t tokens;  // at most, the answer's included
    Permit* permit;  // where to leave the lane, null when none is left
  };

  asio::awaitable<Permit> permit(const ChatRequest& request);
  bool may_serve(const Lane& lane, const Players& players) const;
  Lane* free_lane(const Players& players, int64_t tokens, Micros now) const;
  bool starts_before(const Lane& a, const Lane& b) const;
  int64_t most_tokens(const ChatRequest& request) const;
  void serve();
  void serve_soon();
  void wake_at_next_start();
  Micros next_start(const Lane& lane, Micros now) const;
  asio::awaitable<void> wake_at(Micros moment);
  ChatFailure why_refused(const Players& players) const;
  void account(Permit& permit, const ChatOutcome& outcome, Micros begun);
  void account_failure(Permit& permit, const ChatFailure& failure);
  Micros backoff_after_rate_limit(Permit& permit, const ChatFailure& failure);
  void back_off(Lane& lane, const ChatFailure& failure);
  void disable(Lane& lane, const std::string& reason);

  Timer& timer_;
  OnNews on_news_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::map<Place, Waiter> waiting_;
  uint64_t arrivals_ = 0;
  int64_t calls_left_ = std::numeric_limits<int64_t>::max();
  bool budgeted_ = false;
  bool stopped_ = false;
  Micros next_wake_{Micros::max()};
  asio::any_io_executor executor_;
};

}  // namespace simulate
