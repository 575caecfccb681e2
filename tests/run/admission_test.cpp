// What may begin, seen from outside: whole runs in virtual time with lanes
// that fall silent and budgets that end.
#include "simulator/run/admission.h"

#include <gtest/gtest.h>

#include "tests/run/virtual_run.h"

namespace simulate {
namespace {

int storylines_of(VirtualRun& run, const std::string& provider) {
  SQLite::Statement count(run.database(),
                          "SELECT count(*) FROM storylines WHERE provider = ?");
  count.bind(1, provider);
  count.executeStep();
  return count.getColumn(0);
}

// A provider that answers `good` calls and then none before another `bad` ones
// have failed: sixty are some five hours, so that a run that waits too long
// fails its test and does not hang.
FakeHttp::Answer falls_silent(int good, int bad = 60) {
  auto calls = std::make_shared<int>(0);
  return [=](const HttpRequest& request) {
    ++*calls;
    bool silent = *calls > good && *calls <= good + bad;
    return silent ? status(503, "overloaded") : completion(request);
  };
}

// A provider that answers `good` calls, and then asks for six hours of rest.
FakeHttp::Answer uses_its_quota_up(int good) {
  auto calls = std::make_shared<int>(0);
  return [=](const HttpRequest& request) {
    if (++*calls <= good) return completion(request);
    HttpResult busy = status(429, "used up");
    std::get<HttpResponse>(busy).headers = {{"retry-after", "21600"}};
    return busy;
  };
}

// Shares of what is kept, though the second lane is as fast as the first.
TEST(Admission, MeetsTheSharesOfAMix) {
  VirtualRun run(200);
  run.cast[Role::assistant] = {
      {"a", "", 70}, {"b", "one", 20}, {"b", "two", 10}};
  run.cast[Role::tester] = {{"a", "", 1}, {"b", "", 3}};
  run.add_server({"a", 4.0, Millis(500)}, completion);
  run.add_server({"b", 4.0, Millis(500)}, completion);
  Report report = run.play();
  EXPECT_EQ(report.kept, 200);
  std::map<std::string, int> kept;
  for (int64_t number = 1; number <= 200; ++number) {
    int64_t line = run.reader().conversation(number).slot.storyline;
    ++kept[run.reader().provider_of(line)];
  }
  std::printf("%d, %d and %d of 200\n", kept["a"], kept["b:one"],
              kept["b:two"]);
  EXPECT_NEAR(kept["a"], 140, 4);
  EXPECT_NEAR(kept["b:one"], 40, 4);
  EXPECT_NEAR(kept["b:two"], 20, 4);
  auto testers = [&run](const char* name) {
    return run.database()
        .execAndGet(
            std::string("SELECT count(DISTINCT slot) FROM replies WHERE "
                        "role = 'tester' AND provider = '") +
            name + "'")
        .getInt();
  };
  EXPECT_NEAR(testers("a"), 50, 4);
  EXPECT_NEAR(testers("b"), 150, 4);
}

TEST(Admission, MovesStorylinesOfALaneThatIsOutWhereThatIsWanted) {
  for (bool failover : {false, true}) {
    VirtualRun run(60);
    run.failover = failover;
    run.add_server({"good", 2.0, Millis(500)}, completion);
    int calls = 0;
    run.add_server({"bad", 2.0, Millis(500)}, [&](const HttpRequest& request) {
      return ++calls < 100 ? completion(request) : status(402, "no credit");
    });
    Report report = run.play();
    EXPECT_EQ(report.kept, 60);
    EXPECT_EQ(report.parked == 0, failover);
    EXPECT_EQ(run.reader().unfinished_attempts("parked") == 0, failover);
  }
}

TEST(Admission, SendsNewStorylinesElsewhereWhileALaneBacksOff) {
  VirtualRun run(200);
  run.add_server({"good", 1.0, Millis(500)}, completion);
  int calls = 0, before = 0;
  run.add_server({"bad", 1.0, Millis(500)}, [&](const HttpRequest& request) {
    if (++calls <= 60 || calls > 120) return completion(request);
    // The fifth failure opens the breaker; a call may be under way then.
    if (calls <= 66) before = storylines_of(run, "bad");
    return status(503, "overloaded");
  });
  Report report = run.play();
  EXPECT_EQ(report.kept, 200);
  EXPECT_GT(before, 0);
  EXPECT_EQ(storylines_of(run, "bad"), before);
}

// All that the good lane does, ten minutes of patience at most, and what was
// parked filled elsewhere.
TEST(Admission, ParksWhatWaitsForASilentLaneSoThatTheRunEnds) {
  VirtualRun run(60);
  run.add_server({"good", 1.0, Millis(500)}, completion);
  run.add_server({"bad", 1.0, Millis(500)}, falls_silent(60));
  Report report = run.play();
  EXPECT_EQ(report.kept, 60);
  EXPECT_GT(report.parked, 0);
  EXPECT_NE(report.lanes[1].disabled_because.find("has not answered for 1"),
            std::string::npos)
      << report.lanes[1].disabled_because;
  auto calls = static_cast<double>(report.lanes[0].stats.calls);
  EXPECT_LE(report.seconds, calls + 10 * 60 + 60);
}

// The good lane needs all four places to be busy all the time, and more
// storylines have begun with the other one than that.
TEST(Admission, GivesThePlacesOfThoseWhoWaitToOthers) {
  VirtualRun run(150);
  run.add_server({"good", 1.0, Millis(3500)}, completion);
  run.add_server({"bad", 1.0, Millis(500)}, falls_silent(120));
  Report report = run.play(4);
  EXPECT_EQ(report.kept, 150);
  EXPECT_GE(storylines_of(run, "bad"), 5);
  auto calls = static_cast<double>(report.lanes[0].stats.calls);
  std::printf("%.0f calls of the good lane in %.0f s\n", calls, report.seconds);
  EXPECT_LE(report.seconds, calls * 1.1 + 60);
}

// Nobody is left to end and to wake the run.
TEST(Admission, GoesOnWithTheOthersWhenAllThatIsUnderWayWaits) {
  VirtualRun run(30);
  run.add_server({"bad", 0, Millis(500)}, uses_its_quota_up(3));
  run.add_server({"good", 1.0, Millis(500)}, completion);
  run.cast[Role::tester] = run.cast[Role::rewriter] = {{"good"}};
  Report report = run.play(1);
  EXPECT_EQ(report.kept, 30);
  EXPECT_EQ(storylines_of(run, "bad"), 1);
  auto calls = static_cast<double>(report.lanes[1].stats.calls);
  EXPECT_LE(report.seconds, calls * 2 + 10 * 60 + 150);
}

TEST(Admission, TakesALaneBackThatAnswersAgainWhileThereIsWork) {
  VirtualRun run(600);
  run.add_server({"good", 1.0, Millis(500)}, completion);
  run.add_server({"back", 1.0, Millis(500)}, falls_silent(60, 12));
  Report report = run.play();
  EXPECT_EQ(report.kept, 600);
  EXPECT_EQ(report.parked, 0);
  EXPECT_TRUE(report.lanes[1].disabled_because.empty());
  EXPECT_GT(report.lanes[1].conversations, 100);
}

TEST(Admission, EndsWhenTheOnlyLaneIsSilentForTwoHours) {
  VirtualRun run(60);
  run.add_server({"mistral", 1.0, Millis(500)}, falls_silent(100));
  Report report = run.play();
  EXPECT_GT(report.kept, 0);
  EXPECT_LT(report.kept, 60);
  EXPECT_GE(report.seconds, 2 * 3600);
  EXPECT_LE(report.seconds, 2 * 3600 + 600);
  EXPECT_NE(run.advice().find("No provider is left"), std::string::npos);
  EXPECT_EQ(run.reader().unfinished_attempts("running"), 0);
}

// The tester has nobody else, however many can play the assistant.
TEST(Admission, WaitsForTheOnlyLaneOfARoleAsForTheOnlyLane) {
  VirtualRun run(60);
  run.cast[Role::tester] = {{"bad"}};
  run.cast[Role::assistant] = {{"good"}};
  run.add_server({"good", 1.0, Millis(500)}, completion);
  run.add_server({"bad", 1.0, Millis(500)}, falls_silent(40));
  Report report = run.play();
  EXPECT_GE(report.seconds, 2 * 3600);
  EXPECT_NE(run.advice().find("tester"), std::string::npos);
}

// A quota that is used up is as silent as a server that is down.
TEST(Admission, ParksWhatWaitsForALaneThatOnlyRefuses) {
  VirtualRun run(60);
  run.add_server({"good", 1.0, Millis(500)}, completion);
  run.add_server({"quota", 1.0, Millis(500)}, uses_its_quota_up(60));
  Report report = run.play();
  EXPECT_EQ(report.kept, 60);
  EXPECT_GT(report.parked, 0);
  auto sent = static_cast<double>(report.lanes[0].stats.calls);
  EXPECT_LE(report.seconds, sent + 10 * 60 + 60);
}

TEST(Admission, FinishesConversationsWithABudgetOfCalls) {
  for (int concurrency : {0, 1, 4, 32, 256}) {
    SCOPED_TRACE(concurrency);
    VirtualRun run(300);
    FakeHttp& server = run.add_server({"mistral", 0, Millis(500)}, completion);
    run.limit_calls(100);
    Report report = run.play(concurrency);
    std::printf(
        "%3d at once: %lld kept, %lld parked with %zu of 100 calls\n",
        concurrency, static_cast<long long>(report.kept),
        static_cast<long long>(run.reader().unfinished_attempts("parked")),
        server.sent());
    EXPECT_GE(report.kept, 8);
    EXPECT_LE(server.sent(), 100u);
    EXPECT_LE(run.reader().unfinished_attempts("parked"), 1);
    EXPECT_TRUE(run.budget_reached());
  }
}

TEST(Admission, FinishesConversationsAlthoughManyTriesFail) {
  VirtualRun run(300);
  int calls = 0;
  FakeHttp& server = run.add_server(
      {"mistral", 0, Millis(500)}, [&](const HttpRequest& request) {
        return ++calls % 3 == 0 ? status(503, "") : completion(request);
      });
  run.limit_calls(300);
  Report report = run.play(64);
  EXPECT_GE(report.kept, 12);
  EXPECT_LE(server.sent(), 300u);
  EXPECT_LE(run.reader().unfinished_attempts("parked"), 6);
}

// Replies are kept, so that several such runs make a conversation.
TEST(Admission, GetsOnWithABudgetThatNoConversationFitsIn) {
  VirtualRun run(3);
  FakeHttp& server = run.add_server({"mistral", 0, Millis(500)}, completion);
  size_t sent = 0;
  for (int times = 0; times < 40 && run.reader().counters().kept < 3; ++times) {
    run.limit_calls(3);
    run.play(8);
    EXPECT_GT(server.sent(), sent);
    EXPECT_LE(server.sent(), sent + 3);
    sent = server.sent();
  }
  EXPECT_EQ(run.reader().counters().kept, 3);
}

}  // namespace
}  // namespace simulate
