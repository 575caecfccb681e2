// What the program does when it is told to stop, at any moment.
#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <set>

#include "simulator/base/error.h"
#include "simulator/store/ledger_reader.h"
#include "tests/program/loopback_providers.h"
#include "tests/program/program.h"

namespace simulate {
namespace {

using Clock = std::chrono::steady_clock;

class Signals : public testing::Test {
 protected:
  void start(int target, std::vector<std::string> more = {}) {
    std::vector<std::string> command = {
        "--output",      "run.json", "--json",
        "--providers",   "mistral",  "--turns",
        "1-2",           "--target", std::to_string(target),
        "--concurrency", "8"};
    command.insert(command.end(), more.begin(), more.end());
    program_.start(command);
  }

  void pause(int milliseconds) {
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
  }

  // A conversation takes nine answers or more.
  void wait_until_under_way() {
    int wanted = providers_.answered() + 20;
    EXPECT_TRUE(Program::see([&] { return providers_.answered() >= wanted; }));
  }

  void finish(int target, size_t expected) {
    start(target);
    Ended ended = program_.wait();
    EXPECT_EQ(ended.status, 0) << ended.err;
    auto records = parse_json(read_file(scratch_ / "run.json"));
    std::set<std::string> ids;
    for (const Json& record : *records) ids.insert(record["id"]);
    EXPECT_EQ(records->size(), expected);
    EXPECT_EQ(ids.size(), expected);
  }

  explicit Signals(std::chrono::milliseconds latency = {})
      : providers_(scratch_, 40, latency) {}

  Scratch scratch_;
  LoopbackProviders providers_;
  Program program_{scratch_};
};

// What is under way takes a second at least.
class SlowSignals : public Signals {
 protected:
  SlowSignals() : Signals(std::chrono::milliseconds(100)) {}
};

TEST_F(Signals, OnceDrainsWhatIsUnderWay) {
  start(60);
  wait_until_under_way();
  program_.kill(SIGINT);
  Ended ended = program_.wait();
  EXPECT_EQ(ended.status, 130) << ended.err;
  EXPECT_EQ(ended.summary()["type"], "summary");
  LedgerReader reader(scratch_ / "run.db");
  EXPECT_EQ(reader.unfinished_attempts("parked"), 0) << "it had the time";
  EXPECT_EQ(reader.unfinished_attempts("running"), 0);
}

TEST_F(Signals, DrainingEndsWithItsTimeoutAndParksTheRest) {
  start(60, {"--drain-timeout", "0"});
  wait_until_under_way();
  auto begun = Clock::now();
  program_.kill(SIGINT);
  Ended ended = program_.wait();
  EXPECT_EQ(ended.status, 130) << ended.err;
  EXPECT_LT(Clock::now() - begun, std::chrono::seconds(5));
  {
    LedgerReader reader(scratch_ / "run.db");
    EXPECT_GT(reader.unfinished_attempts("parked"), 0);
    EXPECT_EQ(reader.unfinished_attempts("running"), 0);
  }
  finish(20, 20);
}

// Who leaves at once waits for nobody, and says nothing more.
TEST_F(SlowSignals, TwiceLeavesAtOnceAndLosesNothing) {
  start(60);
  wait_until_under_way();
  program_.kill(SIGINT);
  EXPECT_TRUE(Program::see([this] {
    return contains(read_file(scratch_ / "err"), "Press Ctrl-C again");
  }));
  program_.kill(SIGINT);
  Ended ended = program_.wait();
  EXPECT_EQ(ended.status, 130);
  EXPECT_NE(ended.summary()["type"], "summary");
  EXPECT_GT(LedgerReader(scratch_ / "run.db").unfinished_attempts("running"),
            0);
  finish(20, 20);
}

TEST_F(Signals, TellWhichOneItWas) {
  for (int signal : {SIGTERM, SIGHUP}) {
    start(200, {"--drain-timeout", "0"});
    wait_until_under_way();
    program_.kill(signal);
    EXPECT_EQ(program_.wait().status, 128 + signal);
  }
}

// Also before the first call, while files are opened, and during a drain.
TEST_F(Signals, MayComeAtAnyMoment) {
  constexpr unsigned kSeed = 17;
  constexpr int kSignals = 24;
  std::mt19937 random(kSeed);
  const int signals[] = {SIGINT, SIGTERM, SIGHUP};
  for (int i = 0; i < kSignals; ++i) {
    start(400, {"--drain-timeout", "0"});
    pause(static_cast<int>(random() % 300));
    int signal = signals[i % 3];
    program_.kill(signal);
    if (random() % 3 == 0) {
      pause(static_cast<int>(random() % 20));
      program_.kill(signal);
    }
    EXPECT_EQ(program_.wait().status, 128 + signal);
  }
  int64_t kept = 0;
  try {
    kept = LedgerReader(scratch_ / "run.db").counters().kept;
  } catch (const BadUsage&) {
    // None of them came so far as to make a ledger.
  }
  auto target = static_cast<int>(kept) + 10;
  finish(target, static_cast<size_t>(target));
}

TEST_F(Signals, AReaderThatGoesAwayIsNoReasonToStop) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ::close(ends[0]);
  pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    if (::chdir(scratch_.folder().c_str()) == 0) {
      ::execl(SIMULATE_PROGRAM, SIMULATE_PROGRAM, "--providers", "offline",
              "--output", "run.json", "--json", "--target", "5", "--quiet",
              nullptr);
    }
    ::_exit(127);
  }
  ::close(ends[1]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(parse_json(read_file(scratch_ / "run.json"))->size(), 5u);
}

}  // namespace
}  // namespace simulate
