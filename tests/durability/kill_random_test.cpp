// The built program, killed at random moments while it talks to real servers:
// what it announced stays, nothing is twice, and what was in flight is all
// that may be bought again. SIMULATE_KILLS=2000 for a long run.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "tests/program/loopback_providers.h"
#include "tests/program/program.h"
#include "tests/program/records.h"
#include "tests/repetitions.h"

namespace simulate {
namespace {

using std::chrono::milliseconds;

constexpr unsigned kSeed = 4711;
constexpr int kConcurrency = 16;
constexpr int kTarget = 300;  // of a round; the next one begins afresh

// All conversations are in flight all the time: the limits, times the scale,
// are above what so many can ask for when every answer takes so long.
constexpr double kScale = 400;
constexpr milliseconds kLatency{20};

struct Tally {
  int kills = 0;
  int rounds = 0;
  int kept = 0;
  size_t acknowledged = 0;
  size_t acknowledged_before_kills = 0;
  int most_in_flight = 0;
  int answered = 0;
  int bought_twice = 0;
};

// One run that is killed again and again, and what it said while it lived.
class KilledRun {
 public:
  explicit KilledRun(Tally& tally)
      : providers_(scratch_, kScale, kLatency), tally_(tally) {}

  // So long after it began to talk to servers, or to start; false when the
  // run was over before.
  bool kill_after(milliseconds moment, bool while_it_talks) {
    int answered = providers_.answered();
    program_.start(command_);
    if (while_it_talks) {
      Program::see([&] {
        return providers_.answered() > answered || program_.has_ended();
      });
    }
    std::this_thread::sleep_for(moment);
    program_.kill(SIGKILL);
    Ended ended = program_.wait();
    note_announced(ended);
    if (ended.status == 0) return false;
    EXPECT_EQ(ended.status, 128 + SIGKILL) << ended.err;
    ++kills_;
    tally_.acknowledged_before_kills += announced_in(ended.out).size();
    return true;
  }

  // Attempts that were begun and have not ended.
  int in_flight() {
    return number_of("SELECT count(*) FROM attempts WHERE status = 'running'");
  }

  void finish() {
    Ended ended = program_.run(command_);
    ASSERT_EQ(ended.status, 0) << ended.err;
    note_announced(ended);
    check_records();
    check_ledger();
    check_export();
    check_purchases();
    ++tally_.rounds;
    tally_.kills += kills_;
    tally_.acknowledged += announced_.size();
  }

 private:
  // The announced ones must be in the file at once, not after its repair.
  void note_announced(const Ended& ended) {
    std::vector<std::string> ids = announced_in(ended.out);
    if (ids.empty()) return;
    std::string file = read_file(scratch_ / "run.json");
    for (const std::string& id : ids) {
      EXPECT_TRUE(announced_.insert(id).second) << id << " was saved twice";
      EXPECT_NE(file.find("{\"id\":\"" + id + "\""), std::string::npos)
          << id << " was announced before it was in the file";
    }
  }

  void check_records() {
    Json records = records_in(scratch_ / "run.json");
    std::set<std::string> ids = ids_of(records);
    EXPECT_EQ(records.size(), size_t{kTarget});
    EXPECT_EQ(ids.size(), size_t{kTarget}) << "one is in the file twice";
    for (const std::string& id : announced_) {
      EXPECT_TRUE(ids.count(id)) << id << " was announced and is lost";
    }
    for (const Json& record : records) check_record(record);
    tally_.kept += static_cast<int>(records.size());
  }

  void check_ledger() {
    EXPECT_EQ(number_of("SELECT count(*) FROM conversations"), kTarget);
    EXPECT_EQ(number_of("SELECT value FROM counters WHERE name = 'kept'"),
              kTarget);
    // The replies of an attempt are numbered without a gap.
    EXPECT_EQ(number_of("SELECT count(*) FROM (SELECT 1 FROM replies "
                        "GROUP BY slot, attempt HAVING min(seq) <> 0 OR "
                        "max(seq) <> count(*) - 1)"),
              0);
  }

  void check_export() {
    Ended ended = program_.run({"export", "--output", "run.json"});
    EXPECT_EQ(ended.status, 0) << ended.err;
    EXPECT_EQ(ended.out, read_file(scratch_ / "run.json"));
  }

  // Each conversation in flight waits for one answer at most.
  void check_purchases() {
    int answered = providers_.answered();
    int bought_twice = answered - number_of("SELECT count(*) FROM replies");
    EXPECT_GE(bought_twice, 0) << "a reply that no server gave";
    EXPECT_LE(bought_twice, kills_ * kConcurrency);
    tally_.answered += answered;
    tally_.bought_twice += bought_twice;
  }

  int number_of(const char* sql) {
    SQLite::Database ledger((scratch_ / "run.db").string());
    return ledger.execAndGet(sql).getInt();
  }

  const std::vector<std::string> command_ = {
      "--target", "300",      "--providers", "mistral,together,huggingface",
      "--output", "run.json", "--json",      "--concurrency",
      "16"};
  Scratch scratch_;
  LoopbackProviders providers_;
  Program program_{scratch_};
  Tally& tally_;
  std::set<std::string> announced_;
  int kills_ = 0;
};

int wanted_kills() {
  const char* kills = std::getenv("SIMULATE_KILLS");
  return kills ? std::atoi(kills) : repetitions(200, 40);
}

void print(const Tally& tally, double seconds) {
  std::printf(
      "seed %u: %d kills, %d runs, %d conversations in flight at most; %d "
      "kept, %zu of them announced (%zu by processes that were killed); %d "
      "answers, %d bought twice (%.2f a kill); %.0f s\n",
      kSeed, tally.kills, tally.rounds, tally.most_in_flight, tally.kept,
      tally.acknowledged, tally.acknowledged_before_kills, tally.answered,
      tally.bought_twice, 1.0 * tally.bought_twice / tally.kills, seconds);
}

TEST(KillRandom, LosesAndDoublesNothingAndBuysAgainOnlyWhatWasInFlight) {
  auto begun = std::chrono::steady_clock::now();
  std::mt19937 random(kSeed);
  Tally tally;
  auto run = std::make_unique<KilledRun>(tally);
  for (int kills = 0, wanted = wanted_kills(); kills < wanted;) {
    milliseconds moment(random() % 251);
    bool while_it_talks = random() % 5 != 0;
    if (!run->kill_after(moment, while_it_talks)) {
      run->finish();
      run = std::make_unique<KilledRun>(tally);
    } else if (++kills % 20 == 0) {
      tally.most_in_flight = std::max(tally.most_in_flight, run->in_flight());
    }
    if (testing::Test::HasFailure()) break;  // the first failure tells most
  }
  run->finish();
  std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  print(tally, took.count());
  EXPECT_GE(tally.kills, wanted_kills());
  EXPECT_GE(tally.most_in_flight, 8);
  EXPECT_GT(tally.acknowledged_before_kills, 0u);
}

}  // namespace
}  // namespace simulate
