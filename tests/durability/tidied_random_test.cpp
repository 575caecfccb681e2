// The built program, whose files somebody deletes, cuts or replaces at random
// moments, while its disk fails or it is killed now and then: what it announced
// stands in one of the files that are left, and whoever goes on has all of it,
// or is told. SIMULATE_TIDIED=1000 for a long run.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "simulator/base/text.h"
#include "simulator/store/ledger_reader.h"
#include "tests/durability/recorded_run.h"
#include "tests/program/program.h"
#include "tests/program/records.h"
#include "tests/repetitions.h"

namespace simulate {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr unsigned kSeed = 4712;
constexpr const char* kTarget = "300";

struct Tally {
  int runs = 0;
  int killed = 0;
  int disk_failed = 0;
  int told_at_once = 0;  // the run itself stopped and said why
  int told_later = 0;    // the next start did
  int went_on = 0;       // with all that was announced
  int rescued = 0;       // ledgers that were written anew
  size_t announced = 0;
};

enum class Tidying { deleted, cut, emptied, replaced };

void tidy(const fs::path& file, Tidying how, std::mt19937& random) {
  std::error_code none;
  auto size = fs::file_size(file, none);
  if (none) return;  // it is not there yet, or not any more
  switch (how) {
    case Tidying::deleted:
      fs::remove(file, none);
      return;
    case Tidying::cut:
      fs::resize_file(file, size == 0 ? 0 : random() % size, none);
      return;
    case Tidying::emptied:
      fs::resize_file(file, 0, none);
      return;
    case Tidying::replaced:
      fs::copy_file(file, file.string() + ".other", none);
      fs::rename(file.string() + ".other", file, none);
      return;
  }
}

// A damaged ledger tells of what it can.
std::set<std::string> ids_in_ledger(const fs::path& ledger) {
  std::set<std::string> ids;
  if (!fs::exists(ledger)) return ids;
  try {
    LedgerReader reader(ledger);
    for (int64_t number = 1; number <= reader.records(); ++number) {
      ids.insert(parse_json(reader.render(number))->at("id"));
    }
  } catch (const std::exception&) {
  }
  return ids;
}

// Of a training file, cut perhaps: its whole lines.
std::set<std::string> ids_in_file(const fs::path& file) {
  std::set<std::string> ids;
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with(",")) line.pop_back();
    auto record = parse_json(line);
    if (record && record->is_object()) ids.insert(string_at(*record, "id"));
  }
  return ids;
}

class TidiedRun {
 public:
  TidiedRun(std::mt19937& random, Tally& tally)
      : random_(random), tally_(tally) {
    fs::create_directory(folder_);
  }

  void play(milliseconds longest) {
    constexpr const char* kNames[] = {"run.json", "run.db", "run.db-wal",
                                      "run.db-shm", "run.lock"};
    const char* name = kNames[random_() % std::size(kNames)];
    auto how = static_cast<Tidying>(random_() % 4);
    std::string fault = choose_fault();
    SCOPED_TRACE(std::string(name) + " tidied, way " +
                 std::to_string(static_cast<int>(how)) + fault);
    program_.start(command_);
    std::this_thread::sleep_for(
        milliseconds(random_() % static_cast<unsigned>(longest.count())));
    tidy(folder_ / name, how, random_);
    Ended ended = program_.wait();
    for (const std::string& id : announced_in(ended.out)) announced_.insert(id);
    tally_.announced += announced_.size();
    expect_all_is_somewhere();
    if (ended.signal == SIGKILL) {
      ++tally_.killed;
    } else if (ended.status != 0) {
      ++tally_.told_at_once;
      expect_told(ended);
    }
    go_on();
    ++tally_.runs;
  }

 private:
  // Of the disk, at a random operation; none every second time.
  std::string choose_fault() {
    auto variables = unreliable_disk(folder_);
    std::string when = std::to_string(20 + random_() % 2'000);
    std::string name, value;
    switch (random_() % 8) {
      case 0:
      case 1:
        ++tally_.disk_failed;
        name = "DISK_FAIL";
        value = (random_() % 2 == 0 ? "write:" : "sync:") + when +
                (random_() % 2 == 0 ? ":ENOSPC" : ":EIO");
        break;
      case 2:
      case 3:
        variables.emplace_back("DISK_LOG", "/dev/null");
        name = "DISK_KILL";
        value = when;
        break;
      default:
        program_.set_environment({});
        return "";
    }
    variables.emplace_back(name, value);
    program_.set_environment(variables);
    return ", " + name + "=" + value;
  }

  static void expect_told(const Ended& ended) {
    EXPECT_TRUE(contains(ended.err, "run.") || contains(ended.err, "ledger"))
        << "status " << ended.status << ": " << ended.err;
  }

  void expect_all_is_somewhere() {
    std::set<std::string> ids = ids_in_file(folder_ / "run.json");
    for (const char* ledger : {"run.db", "run.rescued.db"}) {
      ids.merge(ids_in_ledger(copy_of(ledger)));
    }
    expect_all_in(ids);
  }

  // Looking must not mend anything.
  fs::path copy_of(const std::string& ledger) {
    for (const std::string end : {"", "-wal"}) {
      std::error_code none;
      fs::remove(scratch_ / ("copy.db" + end), none);
      fs::copy_file(folder_ / (ledger + end), scratch_ / ("copy.db" + end),
                    none);
    }
    return scratch_ / "copy.db";
  }

  void expect_all_in(const std::set<std::string>& ids) {
    for (const std::string& id : announced_) {
      EXPECT_TRUE(ids.count(id)) << id << " was announced and is lost";
    }
  }

  // As a person would, who does what the messages say.
  void go_on() {
    program_.set_environment({});
    if (fs::exists(folder_ / "run.rescued.db")) {
      ++tally_.rescued;
      for (const char* end : {"-wal", "-shm"}) {
        fs::remove(folder_ / ("run.db" + std::string(end)));
      }
      fs::rename(folder_ / "run.rescued.db", folder_ / "run.db");
    }
    Ended next = program_.run(command_);
    if (next.status == 0) {
      ++tally_.went_on;
      expect_all_in(ids_of(records_in(folder_ / "run.json")));
    } else {
      ++tally_.told_later;
      expect_told(next);
      expect_all_is_somewhere();
    }
  }

  const std::vector<std::string> command_ = {
      "--target",      kTarget,  "--providers", "offline", "--output",
      "disk/run.json", "--json", "--turns",     "1-2"};
  Scratch scratch_{memory_folder()};
  const fs::path folder_ = scratch_ / "disk";
  Program program_{scratch_};
  std::mt19937& random_;
  Tally& tally_;
  std::set<std::string> announced_;
};

// How long a run takes that nobody meddles with.
milliseconds whole_run() {
  Scratch scratch(memory_folder());
  Program program(scratch);
  auto begun = std::chrono::steady_clock::now();
  program.run({"--providers", "offline", "--output", "run.json", "--target",
               kTarget, "--turns", "1-2", "--json"});
  return std::chrono::duration_cast<milliseconds>(
      std::chrono::steady_clock::now() - begun);
}

TEST(TidiedRandom, LosesNothingAnnouncedWithoutTelling) {
  const char* asked = std::getenv("SIMULATE_TIDIED");
  const int wanted = asked ? std::atoi(asked) : repetitions(24, 6);
  const milliseconds longest = whole_run();
  std::mt19937 random(kSeed);
  Tally tally;
  while (tally.runs < wanted && !testing::Test::HasFailure()) {
    TidiedRun(random, tally).play(longest);
  }
  std::printf(
      "seed %u: %d runs, %d of them killed, %d with a disk that fails, %zu "
      "conversations announced; %d stopped and said why, %d ledgers were "
      "rescued; then %d went on with all of it, %d were refused with a "
      "reason\n",
      kSeed, tally.runs, tally.killed, tally.disk_failed, tally.announced,
      tally.told_at_once, tally.rescued, tally.went_on, tally.told_later);
  EXPECT_GE(tally.runs, wanted);
  EXPECT_GT(tally.announced, 0u);
}

}  // namespace
}  // namespace simulate
