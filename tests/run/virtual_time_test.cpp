// The whole program but for sockets and disk, in virtual time: a day of
// tight limits is a test of seconds.
#include <gtest/gtest.h>

#include <cmath>

#include "simulator/base/hash.h"
#include "tests/repetitions.h"
#include "tests/run/virtual_run.h"

namespace simulate {
namespace {

// The seed tool's limits. What the limits allow: every call that was made, at
// the sum of the rates, from the first second to the last. Who keeps a window
// of one second strictly leaves 3.4 % of it.
TEST(VirtualTime, FillsAWholeRunWithinFourPercentOfTheLimits) {
  const int target = repetitions(5000, 1500);
  VirtualRun run(target);
  run.add_server({"mistral", 1.0, Millis(1500)}, completion);
  run.add_server({"together", 1.0, Millis(800)}, completion);
  run.add_server({"huggingface", 0.5, Millis(3000)}, completion);
  Report report = run.play();
  EXPECT_EQ(report.kept, target);
  double allowed = static_cast<double>(report.calls()) / 2.5;
  std::printf(
      "%d conversations, %lld calls, %.2f h; the limits allow "
      "%.2f h: %+.2f %%; tail %.0f s\n",
      target, static_cast<long long>(report.calls()), report.seconds / 3600,
      allowed / 3600, 100 * (report.seconds / allowed - 1),
      report.tail_seconds);
  EXPECT_LE(report.seconds, allowed * 1.04);
  for (const LaneReport& lane : report.lanes) {
    double most = report.seconds * lane.requests_per_second + 1;
    EXPECT_LE(static_cast<double>(lane.stats.calls), most) << lane.name;
  }
}

TEST(VirtualTime, GoesOnWithTheOthersWhenAProviderIsOut) {
  VirtualRun run(60);
  run.add_server({"mistral", 1.0, Millis(500)}, completion);
  int calls = 0;
  run.add_server({"together", 1.0, Millis(500)},
                 [&calls](const HttpRequest& request) {
                   if (++calls < 40) return completion(request);
                   return status(402, "{\"error\":\"no credit\"}");
                 });
  Report report = run.play();
  EXPECT_EQ(report.kept, 60);
  EXPECT_GT(report.parked, 0);
  EXPECT_FALSE(report.lanes[1].disabled_because.empty());
}

TEST(VirtualTime, EndsWhenARoleHasNobodyLeftToPlayIt) {
  for (Role role : {Role::tester, Role::assistant, Role::rewriter}) {
    VirtualRun run(200);
    run.cast[role] = {{"mistral"}};
    int calls = 0;
    run.add_server({"mistral", 1.0, Millis(500)},
                   [&calls](const HttpRequest& request) {
                     if (++calls < 20) return completion(request);
                     return status(402, "{\"error\":\"no credit\"}");
                   });
    run.add_server({"together", 1.0, Millis(500)}, completion);
    Report report = run.play();
    EXPECT_LT(report.kept, 200);
    EXPECT_NE(run.advice().find(role_name(role)), std::string::npos);
    EXPECT_LE(run.reader().counters().planned_slots, 200);
  }
}

TEST(VirtualTime, EndsWhenNoProviderIsLeft) {
  VirtualRun run(60);
  int calls = 0;
  run.add_server({"mistral", 1.0, Millis(500)},
                 [&calls](const HttpRequest& request) {
                   if (++calls < 100) return completion(request);
                   return status(401, "{\"message\":\"bad key\"}");
                 });
  Report report = run.play();
  EXPECT_LT(report.kept, 60);
  EXPECT_GT(report.kept, 0);
}

// The plan is written while the only provider goes out: slots that nobody can
// play are no reason to plan others.
TEST(VirtualTime, EndsWhenTheLastProviderGoesWhileThePlanIsWritten) {
  VirtualRun run(2000);
  run.slow_the_disk(Millis(100));
  run.add_server({"mistral", 0, Millis(20)}, [](const HttpRequest&) {
    return status(401, "{\"message\":\"bad key\"}");
  });
  Report report = run.play(64);
  EXPECT_EQ(report.kept, 0);
  EXPECT_LE(run.reader().counters().planned_slots, 2 * 128);
}

TEST(VirtualTime, WaitsOutAnHourOfOutage) {
  VirtualRun run(30);
  int calls = 0;
  run.add_server(
      {"mistral", 1.0, Millis(500)}, [&calls](const HttpRequest& request) {
        ++calls;
        bool outage = calls > 50 && calls < 70;
        return outage ? status(503, "overloaded") : completion(request);
      });
  Report report = run.play();
  EXPECT_EQ(report.kept, 30);
  EXPECT_EQ(report.failed, 0) << "an outage uses up no attempt";
}

TEST(VirtualTime, EndsWithAdviceAfterTwentyFailuresInARow) {
  VirtualRun run(500);
  run.add_server({"mistral", 0, Millis(100)}, [](const HttpRequest&) {
    HttpResult empty = status(200, "");
    std::get<HttpResponse>(empty).body = chat_completion("", "m");
    return empty;
  });
  Report report = run.play(1);
  EXPECT_EQ(report.kept, 0);
  EXPECT_EQ(report.failed, 20) << "neither nineteen nor twenty-one";
  EXPECT_EQ(report.abandoned, 6) << "after three attempts each";
  EXPECT_NE(run.advice().find("last 20 conversations all failed"),
            std::string::npos);
}

// A refused call is a failed conversation. The nineteenth failure is followed
// by a conversation that is kept.
TEST(VirtualTime, GoesOnWhenFailuresAreNotInARow) {
  VirtualRun run(4);
  int failures = 0;
  int64_t kept = 0;
  run.add_server({"mistral", 0, Millis(100)}, [&](const HttpRequest& request) {
    if (run.reader().counters().kept > kept) failures = 0;
    kept = run.reader().counters().kept;
    if (failures >= 19) return completion(request);
    ++failures;
    return status(400, "no");
  });
  Report report = run.play(1);
  EXPECT_EQ(report.kept, 4);
  EXPECT_EQ(report.failed, 4 * 19);
  EXPECT_EQ(run.advice(), "");
}

TEST(VirtualTime, KeepsAStorylineWithItsProvider) {
  VirtualRun run(108);
  run.add_server({"mistral", 1.0, Millis(500)}, completion);
  run.add_server({"together", 0.8, Millis(700)}, completion);
  run.add_server({"huggingface", 0.5, Millis(900)}, completion);
  run.play();
  std::map<int64_t, std::set<std::string>> assistants;
  std::set<std::string> all;
  for (int64_t number = 1; number <= 108; ++number) {
    Conversation conversation = run.reader().conversation(number);
    assistants[conversation.slot.storyline].insert(conversation.assistant);
    all.insert(conversation.assistant);
  }
  EXPECT_EQ(all.size(), 3u);
  EXPECT_LE(assistants.size(), 40u) << "storylines of three sessions";
  for (const auto& [storyline, names] : assistants) {
    EXPECT_EQ(names.size(), 1u) << "of storyline " << storyline;
  }
}

TEST(VirtualTime, BuysNothingThatTheDiskHasNoRoomFor) {
  VirtualRun run(30);
  int calls = 0;
  run.add_server({"mistral", 1.0, Millis(500)},
                 [&](const HttpRequest& request) {
                   if (++calls == 40) run.store().set_free_bytes(1 << 20);
                   return completion(request);
                 });
  Report report = run.play(4);
  EXPECT_GT(report.kept, 0);
  EXPECT_LT(report.kept, 30);
  EXPECT_EQ(run.reader().unfinished_attempts("running"), 0)
      << "what was begun has room";
  EXPECT_NE(run.advice().find("Make room"), std::string::npos);
}

TEST(VirtualTime, HangsUpWhenNothingCanBeKeptAnyMore) {
  VirtualRun run(30);
  int calls = 0;
  run.add_server({"mistral", 1.0, Millis(500)},
                 [&](const HttpRequest& request) {
                   // The ledger is broken under the run's feet.
                   if (++calls == 20) {
                     run.database().exec("DROP TABLE replies");
                   }
                   return completion(request);
                 });
  EXPECT_THROW(run.play(16), Fatal);
  EXPECT_TRUE(run.hung_up());
  EXPECT_EQ(calls, 20) << "who waits for the lane buys nothing more";
}

TEST(VirtualTime, RemembersWhatItLearnedOfAProvider) {
  VirtualRun run(5);
  run.add_server({"mistral", 1.0, Millis(5000)}, completion);
  Report report = run.play();
  LaneStatsByProvider lanes = run.reader().lanes();
  ASSERT_EQ(lanes.size(), 1u);
  EXPECT_EQ(lanes.at("mistral").calls, report.calls());
  EXPECT_GT(lanes.at("mistral").seconds_per_call, 4);
}

TEST(VirtualTime, IsTheSameTwice) {
  auto play = [] {
    VirtualRun run(40);
    run.add_server({"mistral", 1.0, Millis(500)}, completion);
    run.add_server({"together", 0.7, Millis(900)}, completion);
    run.play();
    std::string all;
    for (int64_t number = 1; number <= 40; ++number) {
      all += run.reader().render(number);
    }
    return content_hash(all);
  };
  EXPECT_EQ(play(), play());
}

TEST(VirtualTime, KeepsPersonasEvenAtTheEnd) {
  VirtualRun run(100);
  run.add_server({"mistral", 0, Millis(300)}, completion);
  run.play(64);
  std::map<std::string, int> counts;
  for (int64_t number = 1; number <= 100; ++number) {
    ++counts[run.reader().conversation(number).slot.persona];
  }
  // Three sessions of each, as far as a hundred goes.
  EXPECT_EQ(counts.size(), 34u);
  for (const auto& [name, count] : counts) {
    EXPECT_TRUE(count == 3 || count == 1) << name << " " << count;
  }
}

}  // namespace
}  // namespace simulate
