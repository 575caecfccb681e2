// What a server allows that does not say so, found in virtual time.
#include "simulator/net/rate_finder.h"

#include <gtest/gtest.h>

#include <map>

#include "simulator/base/random.h"
#include "simulator/net/limiter.h"
#include "tests/net/strict_server.h"

namespace simulate {
namespace {

struct Found {
  double used = 0;  // once it was found
  int64_t refused = 0;
  int64_t refused_first = 0;  // of the first 100
};

// A client that knows nothing of the limit, and is answered after `latency`.
Found find(RateLimit truth, Micros latency, Micros time) {
  StrictServer server(truth);
  Limiter limiter({}, 64);
  RateFinder finder;
  std::multimap<Micros, std::pair<Limiter::Call, bool>> answers;
  std::optional<RateLimit> in_force;
  Found found;
  int64_t sent = 0;
  int64_t refused_before = 0;
  int at_once = 4;
  auto keep = [&](bool is_news) {
    if (!is_news) return;
    if (in_force) limiter.lift(*in_force);
    in_force = finder.found();
    if (in_force) limiter.set(*in_force, finder.sent());
  };
  Micros half = time / 2;
  int64_t taken_before_half = 0;
  int64_t taken = 0;
  for (Micros now{0}; now < time; now += Millis(1)) {
    while (!answers.empty() && answers.begin()->first <= now) {
      auto [call, good] = answers.begin()->second;
      answers.erase(answers.begin());
      limiter.finished(call, now, 0);
      if (good) {
        ++at_once;
        keep(finder.answered(call.sent_at, now));
      } else {
        limiter.pause_until(now + Seconds(2));
        keep(finder.refused(call.sent_at, now));
      }
    }
    while (limiter.in_flight() < std::min(at_once, 64) &&
           limiter.next_start(now) <= now) {
      Limiter::Call call = limiter.start(now);
      limiter.sent(call, now);
      finder.sent(now);
      bool good = server.takes(now);
      taken += good;
      if (++sent == 100) found.refused_first = server.refused();
      answers.emplace(now + (good ? latency : Millis(20)),
                      std::pair(call, good));
    }
    if (now < half) taken_before_half = taken;
    if (now < half) refused_before = server.refused();
  }
  found.refused = server.refused() - refused_before;
  double spans = static_cast<double>((time - half).count()) /
                 static_cast<double>(truth.window.count());
  found.used =
      static_cast<double>(taken - taken_before_half) / (truth.most * spans);
  return found;
}

TEST(RateFinder, FindsALimitOfASecondThatNobodyTellsOf) {
  for (double most : {1.0, 5.0, 20.0}) {
    for (Micros latency : {Micros(Millis(200)), Micros(Seconds(2))}) {
      RateLimit truth{Counted::requests, most, Seconds(1)};
      Found found = find(truth, latency, Seconds(1200));
      std::printf("%s: %.1f %% used, %lld refused of the first 100\n",
                  text_of(truth).c_str(), 100 * found.used,
                  static_cast<long long>(found.refused_first));
      EXPECT_GE(found.used, 0.9) << text_of(truth);
      EXPECT_LE(found.refused_first, 12) << text_of(truth);
    }
  }
}

TEST(RateFinder, FindsALimitOfAMinuteThatNobodyTellsOf) {
  for (double most : {10.0, 60.0, 300.0}) {
    RateLimit truth{Counted::requests, most, Seconds(60)};
    Found found = find(truth, Millis(200), Seconds(3600));
    std::printf("%s: %.1f %% used, %lld refused of the first 100\n",
                text_of(truth).c_str(), 100 * found.used,
                static_cast<long long>(found.refused_first));
    EXPECT_GE(found.used, 0.9) << text_of(truth);
    EXPECT_LE(found.refused_first, 45) << text_of(truth);
  }
}

TEST(RateFinder, SaysNothingAsLongAsNothingIsRefused) {
  RateFinder finder;
  for (int i = 0; i < 1000; ++i) {
    finder.sent(Millis(i));
    EXPECT_FALSE(finder.answered(Millis(i), Millis(i)));
  }
  EXPECT_FALSE(finder.found());
}

// A server that is busy refuses whoever comes, however little came before.
TEST(RateFinder, DoesNotSlowDownForAServerThatIsOnlyBusy) {
  RateFinder finder;
  Limiter limiter({}, 64);
  Random random(3);
  std::optional<RateLimit> in_force;
  Micros now{0};
  int64_t sent = 0;
  for (; now < Seconds(3600); ++sent) {
    now = std::max(limiter.next_start(now), now + Millis(250));
    Limiter::Call call = limiter.start(now);
    limiter.sent(call, now);
    finder.sent(now);
    bool refused = random.chance(0.2);
    limiter.finished(call, now, 0);
    auto news = refused ? finder.refused(now, now) : finder.answered(now, now);
    if (!news) continue;
    if (in_force) limiter.lift(*in_force);
    in_force = finder.found();
    if (in_force) limiter.set(*in_force, finder.sent());
  }
  double share = static_cast<double>(sent) / (3600 * 4);
  std::printf("%.0f %% of what was to do\n", 100 * share);
  EXPECT_GE(share, 0.8);
}

TEST(RateFinder, TakesWhatWasSentTogetherForOneRefusal) {
  RateFinder finder;
  for (int i = 0; i < 8; ++i) finder.sent(Millis(i));
  EXPECT_TRUE(finder.refused(Millis(6), Millis(20)));
  EXPECT_FALSE(finder.refused(Millis(7), Millis(21)));
}

}  // namespace
}  // namespace simulate
