// The limiter against servers that count strictly, in virtual time, with the
// accidents of real sockets: timers that come late, requests that wait for a
// connection, ways of different length.
#include "tests/net/strict_server.h"

#include <gtest/gtest.h>

#include <map>

#include "simulator/base/random.h"
#include "simulator/net/limiter.h"

namespace simulate {
namespace {

struct Weather {
  Micros latest_timer{0};     // a timer comes so much too late at most
  Micros longest_connect{0};  // of every tenth request
  Micros jitter{0};
  Micros latency = Seconds(2);
  int64_t most_tokens = 0;  // of a request; 0: they are not counted
};

struct Outcome {
  double used = 0;
  int64_t refused = 0;
  int64_t burst = 0;  // most requests within a tenth of the window
};

// One client with always more to ask, for `time`.
class Play {
 public:
  Play(RateLimit limit, Weather weather, uint64_t seed)
      : server_(limit),
        weather_(weather),
        limiter_({limit}, 4096),
        random_(seed) {}

  Outcome run(Micros time) {
    Micros now{0};
    while (now < time) {
      now = next_moment(now);
      happen(now);
      start_all(now);
    }
    return {server_.share_used(time), server_.refused(), burst_};
  }

 private:
  enum class Step { try_start, send, arrive, answer };
  struct Event {
    Step step;
    size_t call;
  };
  struct Asked {
    Limiter::Call call;
    int64_t tokens;
  };

  Micros upto(Micros most) {
    return Micros(static_cast<int64_t>(random_.fraction() *
                                       static_cast<double>(most.count())));
  }

  Micros next_moment(Micros now) {
    return events_.empty() ? now : events_.begin()->first;
  }

  void happen(Micros now) {
    while (!events_.empty() && events_.begin()->first <= now) {
      Event event = events_.begin()->second;
      events_.erase(events_.begin());
      step(event, now);
    }
  }

  void step(Event event, Micros now) {
    if (event.step == Step::try_start) return;
    Asked& asked = asked_[event.call];
    if (event.step == Step::send) {
      limiter_.sent(asked.call, now);
      plan(now + upto(weather_.jitter), Step::arrive, event.call);
    } else if (event.step == Step::arrive) {
      bool tokens = server_.limit().counted == Counted::tokens;
      server_.takes(now, tokens ? asked.tokens : 1);
      plan(now + weather_.latency, Step::answer, event.call);
      count_burst(now);
    } else {
      limiter_.finished(asked.call, now, asked.tokens);
    }
  }

  void count_burst(Micros now) {
    recent_.push_back(now);
    while (recent_.front() + server_.limit().window / 10 <= now) {
      recent_.pop_front();
    }
    burst_ = std::max<int64_t>(burst_, recent_.size());
  }

  void start_all(Micros now) {
    while (limiter_.has_capacity()) {
      int64_t tokens = weather_.most_tokens;
      Micros next = limiter_.next_start(now, tokens);
      if (next > now) {
        if (next < Micros::max()) {
          plan(next + upto(weather_.latest_timer), Step::try_start, 0);
        }
        return;
      }
      size_t number = asked_.size();
      int64_t spent = std::max<int64_t>(1, upto(Micros(tokens)).count());
      asked_.push_back({limiter_.start(now, tokens), spent});
      bool connects = random_.fraction() < 0.1;
      Micros wait = connects ? upto(weather_.longest_connect) : Micros(0);
      plan(now + wait, Step::send, number);
    }
  }

  void plan(Micros moment, Step step, size_t call) {
    events_.emplace(moment, Event{step, call});
  }

  StrictServer server_;
  Weather weather_;
  Limiter limiter_;
  Random random_;
  std::multimap<Micros, Event> events_;
  std::deque<Asked> asked_;
  std::deque<Micros> recent_;
  int64_t burst_ = 0;
};

const Weather kFair = {.latest_timer = Millis(1)};
const Weather kJittery = {.latest_timer = Millis(2), .jitter = Millis(30)};
const Weather kRough = {.latest_timer = Millis(2),
                        .longest_connect = Millis(300),
                        .jitter = Millis(30)};

void expect_used(RateLimit limit, Weather weather, double share) {
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    Outcome outcome = Play(limit, weather, seed).run(limit.window * 60);
    EXPECT_EQ(outcome.refused, 0) << text_of(limit) << " seed " << seed;
    EXPECT_GE(outcome.used, share) << text_of(limit) << " seed " << seed;
    if (seed == 1) {
      std::printf("%s: %.1f %% used\n", text_of(limit).c_str(),
                  100 * outcome.used);
    }
  }
}

TEST(StrictServer, OfASecondIsUsedAlmostWhollyAndNeverRefuses) {
  for (double most : {1.0, 5.0, 20.0, 300.0}) {
    RateLimit limit{Counted::requests, most, Seconds(1)};
    expect_used(limit, kFair, 0.96);
    expect_used(limit, kJittery, 0.96);
  }
}

TEST(StrictServer, OfAMinuteIsUsedAlmostWhollyAndNeverRefuses) {
  for (double most : {1.0, 30.0, 600.0}) {
    RateLimit limit{Counted::requests, most, Seconds(60)};
    expect_used(limit, kFair, 0.98);
    expect_used(limit, kJittery, 0.98);
  }
}

// A place that waits for a connection cannot be used by another request.
TEST(StrictServer, NeverRefusesWhatWaitedForAConnection) {
  for (double most : {5.0, 20.0, 300.0}) {
    expect_used({Counted::requests, most, Seconds(1)}, kRough, 0.9);
  }
  expect_used({Counted::requests, 30, Seconds(60)}, kRough, 0.98);
}

TEST(StrictServer, OfTokensIsUsedThoughNobodyKnowsThemBefore) {
  Weather weather = kJittery;
  weather.most_tokens = 4000;
  expect_used({Counted::tokens, 500'000, Seconds(60)}, weather, 0.9);
}

TEST(StrictServer, IsAskedEvenly) {
  RateLimit limit{Counted::requests, 100, Seconds(60)};
  Outcome outcome = Play(limit, kRough, 1).run(Seconds(3600));
  EXPECT_LE(outcome.burst, 12);
}

}  // namespace
}  // namespace simulate
