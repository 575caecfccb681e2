// The power is cut at random moments of recorded runs, under a model of a disk
// that keeps what was synced and no more than it likes of the rest: what was
// announced must be there, ledger and training file must be whole, and the
// run must go on to its end. SIMULATE_POWER_CUTS=20000 for a long test,
// SIMULATE_SEED for other cuts.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <stdexcept>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/store/ledger.h"
#include "simulator/store/ledger_reader.h"
#include "tests/durability/recorded_run.h"
#include "tests/program/program.h"
#include "tests/program/records.h"
#include "tests/repetitions.h"

namespace simulate {
namespace {

namespace fs = std::filesystem;

constexpr int kContinued = 50;  // one in so many goes on to its end
constexpr int kRendered = 10;   // one in so many renders every record
constexpr uint64_t kSeed = 4711;

uint64_t from_environment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

enum class Trouble {
  lost,            // a conversation that was announced
  broken_ledger,   // or one that says what is not so
  bad_file,        // a training file that is refused or stays wrong
  unfinished_run,  // one that does not go on to its end
};
constexpr const char* kTroubles[] = {"lost", "broken ledgers", "bad files",
                                     "unfinished runs"};

class InTrouble : public std::runtime_error {
 public:
  InTrouble(Trouble trouble, const std::string& what)
      : std::runtime_error(what), trouble(trouble) {}

  Trouble trouble;
};

void require(bool holds, Trouble otherwise, const std::string& what) {
  if (!holds) throw InTrouble(otherwise, what);
}

struct Tally {
  int cuts = 0;
  int without_ledger = 0;
  int repaired = 0;
  int continued = 0;
  std::map<Trouble, int> troubles;
  std::map<Trouble, std::string> examples;
  double seconds = 0;

  std::string all_troubles() const {
    std::string text;
    for (const auto& [trouble, number] : troubles) {
      text += std::string("\n  ") + kTroubles[static_cast<int>(trouble)] +
              ": " + std::to_string(number) + ", first " + examples.at(trouble);
    }
    return text;
  }
};

// One moment of a run at which the power goes, and what the disk then holds.
struct Cut {
  uint64_t seed = 0;
  size_t operations = 0;    // were done
  size_t acknowledged = 0;  // so many conversations at least
  FileContents files;

  std::string name() const {
    return "cut " + std::to_string(seed) + " after " +
           std::to_string(operations) + " operations: ";
  }
};

// What the next start finds, in a folder.
class Aftermath {
 public:
  Aftermath(const RecordedRun& run, const Cut& cut) : run_(run), cut_(cut) {
    fs::create_directory(disk());
    for (const auto& [name, content] : cut.files) {
      std::ofstream(disk() / name, std::ios::binary) << content;
    }
  }

  bool has_ledger() const { return fs::exists(disk() / "run.db"); }

  // As a start does it: the ledger, then the training file. Throws InTrouble.
  // True when the training file needed a repair.
  bool look(bool at_every_record) {
    try {
      refuse_file_without_ledger();
      Ledger ledger(disk() / "run.db", ToolSyntax::python);
      LedgerReader reader(disk() / "run.db");
      size_t kept = check_ledger(ledger.database());
      check_rendered(reader, kept, at_every_record);
      return check_training_file(reader, kept);
    } catch (const BadUsage& refusal) {
      throw InTrouble(Trouble::broken_ledger, refusal.what());
    } catch (const SQLite::Exception& error) {
      throw InTrouble(Trouble::broken_ledger, error.what());
    }
  }

  // The real program goes on from the same files.
  void go_on() {
    constexpr auto kWrong = Trouble::unfinished_run;
    Program program(scratch_);
    Ended ended = program.run(run_.command());
    require(ended.status == 0, kWrong,
            "the next start ended with " + std::to_string(ended.status) + ": " +
                ended.err);
    Ended exported = program.run(
        {"export", "--output", "disk/" + run_.output(), "--container", "json"});
    Json records = parse_json(exported.out).value_or(Json());
    std::set<std::string> ids = ids_of(records);
    require(records.size() == run_.records().size(), kWrong,
            "it ended with " + std::to_string(records.size()));
    require(ids.size() == records.size(), kWrong, "one is saved twice");
    for (size_t i = 0; i < cut_.acknowledged; ++i) {
      require(records[i] == parse_json(run_.records()[i]), kWrong,
              "an announced conversation has become another");
    }
  }

 private:
  fs::path disk() const { return scratch_ / "disk"; }

  // The program takes such a file for somebody else's.
  void refuse_file_without_ledger() {
    fs::path file = disk() / run_.output();
    std::error_code none;
    require(has_ledger() || !fs::exists(file) || fs::file_size(file, none) == 0,
            Trouble::bad_file, "there is a training file and no ledger");
  }

  // How many conversations it has.
  size_t check_ledger(SQLite::Database& ledger) {
    constexpr auto kWrong = Trouble::broken_ledger;
    auto number_of = [&](const char* sql) {
      return ledger.execAndGet(sql).getInt64();
    };
    std::string whole = ledger.execAndGet("PRAGMA integrity_check").getString();
    require(whole == "ok", kWrong, "integrity_check: " + whole);
    int64_t kept = number_of("SELECT count(*) FROM conversations");
    require(kept == number_of("SELECT value FROM counters WHERE name = 'kept'"),
            kWrong, "counters.kept is wrong");
    require(kept == number_of("SELECT count(DISTINCT commit_no) FROM "
                              "conversations WHERE commit_no BETWEEN 1 AND "
                              "(SELECT count(*) FROM conversations)"),
            kWrong, "commit numbers are not 1 to kept");
    require(number_of("SELECT count(*) FROM (SELECT 1 FROM replies GROUP BY "
                      "slot, attempt HAVING min(seq) <> 0 OR max(seq) <> "
                      "count(*) - 1)") == 0,
            kWrong, "an attempt lacks a reply before its last");
    auto saved = static_cast<size_t>(kept);
    require(saved >= cut_.acknowledged, Trouble::lost,
            std::to_string(cut_.acknowledged) + " were announced, " +
                std::to_string(saved) + " are there");
    return saved;
  }

  void check_rendered(LedgerReader& reader, size_t kept, bool all) {
    constexpr auto kWrong = Trouble::broken_ledger;
    require(kept <= run_.records().size(), kWrong, "more than were made");
    for (size_t i = all || kept < 2 ? 0 : kept - 2; i < kept; ++i) {
      auto number = static_cast<int64_t>(i + 1);
      require(reader.render(number) == run_.records()[i], kWrong,
              "conversation " + std::to_string(number) + " is another");
    }
  }

  bool check_training_file(LedgerReader& reader, size_t kept) {
    constexpr auto kWrong = Trouble::bad_file;
    fs::path path = disk() / run_.output();
    std::string expected = run_.file_with(kept);
    bool whole = fs::exists(path) && read_file(path) == expected;
    try {
      TrainingFile(path).reconcile(reader);
    } catch (const BadUsage& refusal) {
      throw InTrouble(kWrong, refusal.what());
    }
    std::string file = read_file(path);
    require(file == expected, kWrong, "it is not what the ledger says");
    require(!path.string().ends_with(".json") ||
                parse_json(file).value_or(Json()).size() == kept,
            kWrong, "it is no JSON");
    return !whole;
  }

  Scratch scratch_{memory_folder()};
  const RecordedRun& run_;
  const Cut& cut_;
};

// Cuts the power of one run at moments in rising order, so that the model
// goes through the run once.
class PowerCuts {
 public:
  PowerCuts(const RecordedRun& run, Syncs syncs, int cuts, size_t first = 0)
      : run_(run),
        disk_(syncs),
        seed_(from_environment("SIMULATE_SEED", kSeed)) {
    std::mt19937_64 random(seed_);
    for (int i = 0; i < cuts; ++i) {
      size_t moments = run.operations().size() + 1 - first;
      moments_.push_back(first + random() % moments);
    }
    std::sort(moments_.begin(), moments_.end());
  }

  Tally run() {
    auto begun = std::chrono::steady_clock::now();
    for (size_t moment : moments_) {
      advance_to(moment);
      cut_.seed = seed_ + static_cast<uint64_t>(++tally_.cuts);
      std::mt19937_64 random(cut_.seed);
      cut_.files = disk_.cut(random);
      look();
    }
    std::chrono::duration<double> took =
        std::chrono::steady_clock::now() - begun;
    tally_.seconds = took.count();
    return tally_;
  }

 private:
  void advance_to(size_t moment) {
    for (; cut_.operations < moment; ++cut_.operations) {
      const DiskOperation& operation = run_.operations()[cut_.operations];
      disk_.perform(operation);
      if (operation.op == DiskOp::announce) note_announced(operation.data);
    }
  }

  void note_announced(std::string_view line) {
    for (const std::string& id : announced_in(std::string(line))) {
      cut_.acknowledged = std::max(cut_.acknowledged, run_.saved_with(id));
    }
  }

  void look() {
    try {
      Aftermath aftermath(run_, cut_);
      if (!aftermath.has_ledger()) ++tally_.without_ledger;
      if (aftermath.look(tally_.cuts % kRendered == 0)) ++tally_.repaired;
      if (tally_.cuts % kContinued == 0) {
        Aftermath(run_, cut_).go_on();
        ++tally_.continued;
      }
    } catch (const InTrouble& in) {
      ++tally_.troubles[in.trouble];
      tally_.examples.try_emplace(in.trouble, cut_.name() + in.what());
    }
  }

  const RecordedRun& run_;
  DiskModel disk_;
  uint64_t seed_;
  std::vector<size_t> moments_;
  Cut cut_;
  Tally tally_;
};

void print(const char* what, const RecordedRun& run, const Tally& tally) {
  std::printf(
      "%s: seed %llu, %d cuts in %zu operations of a run of %zu; %d before "
      "there was a ledger, %d files repaired, %d runs continued; %.1f s, "
      "%.1f ms a cut%s\n",
      what,
      static_cast<unsigned long long>(from_environment("SIMULATE_SEED", kSeed)),
      tally.cuts, run.operations().size(), run.records().size(),
      tally.without_ledger, tally.repaired, tally.continued, tally.seconds,
      1000 * tally.seconds / tally.cuts, tally.all_troubles().c_str());
}

int wanted_cuts() {
  const auto usual = static_cast<uint64_t>(repetitions(500, 200));
  return static_cast<int>(from_environment("SIMULATE_POWER_CUTS", usual));
}

TEST(PowerCut, LosesNothingThatWasAnnounced) {
  RecordedRun run("run.json", 30, {700, 900});
  Tally tally = PowerCuts(run, Syncs::work, wanted_cuts()).run();
  print("power cuts", run, tally);
  EXPECT_TRUE(tally.troubles.empty()) << tally.all_troubles();
  EXPECT_GT(tally.repaired, 0) << "no cut reached the training file";
}

TEST(PowerCut, LeavesJsonLinesWholeToo) {
  RecordedRun run("run.jsonl", 12, {500});
  Tally tally = PowerCuts(run, Syncs::work, wanted_cuts() / 4).run();
  print("power cuts of JSON lines", run, tally);
  EXPECT_TRUE(tally.troubles.empty()) << tally.all_troubles();
  EXPECT_GT(tally.repaired, 0) << "no cut reached the training file";
}

// A start that is killed before it has saved 256 conversations never syncs the
// training file, and neither does the next one.
TEST(PowerCut, MendsWhatSeveralKilledStartsDidNotSync) {
  RecordedRun run("run.json", 800, {12'000, 12'000, 12'000});
  Tally tally = PowerCuts(run, Syncs::work, 20, 37'000).run();
  print("power cuts after three killed starts", run, tally);
  EXPECT_TRUE(tally.troubles.empty()) << tally.all_troubles();
  EXPECT_GT(tally.repaired, 0) << "no cut reached the training file";
}

// What programs do in the folder disk, one after the other.
class LoggedFolder {
 public:
  LoggedFolder() {
    fs::create_directory(scratch_ / "disk");
    fs::copy(fs::path(SIMULATE_SOURCE_DIR) / "systemprompts",
             scratch_ / "systemprompts");
  }

  void run(std::vector<std::string> command) {
    Program program(scratch_);
    auto variables = unreliable_disk(scratch_ / "disk");
    variables.emplace_back("DISK_LOG", (scratch_ / "log").string());
    program.set_environment(variables);
    Ended ended = program.run(std::move(command));
    EXPECT_EQ(ended.status, 0) << ended.err;
    log_ = read_file(scratch_ / "log");
  }

  fs::path operator/(const std::string& name) const { return scratch_ / name; }
  std::vector<DiskOperation> operations() const { return operations_in(log_); }

 private:
  Scratch scratch_{memory_folder()};
  std::string log_;
};

TEST(PowerCut, LeavesAnExportWholeOrNone) {
  LoggedFolder folder;
  folder.run(
      {"--providers", "offline", "--target", "5", "--output", "run.json"});
  folder.run({"export", "--output", "run.json", "--to", "disk/copy.json"});
  const std::string whole = read_file(folder / "disk/copy.json");
  const std::vector<DiskOperation> operations = folder.operations();
  DiskModel disk(Syncs::work);
  std::mt19937_64 random(from_environment("SIMULATE_SEED", kSeed));
  auto is_whole_or_not_there = [&] {
    FileContents files = disk.cut(random);
    auto copy = files.find("copy.json");
    return copy == files.end() || copy->second == whole;
  };
  for (const DiskOperation& operation : operations) {
    disk.perform(operation);
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(is_whole_or_not_there());
  }
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(disk.cut(random)["copy.json"].size(), whole.size())
        << "it was done";
  }
}

// What is found after a cut, and the same command once more.
void expect_redone(const FileContents& files, const fs::path& prompts,
                   const std::vector<std::string>& command) {
  Scratch scratch{memory_folder()};
  fs::create_directory(scratch / "disk");
  fs::copy(prompts, scratch / "systemprompts");
  for (const auto& [name, content] : files) {
    std::ofstream(scratch / ("disk/" + name), std::ios::binary) << content;
  }
  Program program(scratch);
  Ended ended = program.run(command);
  ASSERT_EQ(ended.status, 0) << ended.err;
  Json records = records_in(scratch / "disk/run.json");
  EXPECT_EQ(ids_of(records).size(), 6u);
  std::set<std::string> versions;
  for (const Json& record : records) {
    versions.insert(record["metadata"]["prompts"]);
  }
  EXPECT_EQ(versions.size(), 1u) << "of the old prompts, too";
  Ended exported = program.run({"export", "--output", "disk/run.json"});
  EXPECT_EQ(exported.out, read_file(scratch / "disk/run.json"));
}

TEST(PowerCut, MakesARunAgainWithOtherPromptsAllTheSame) {
  LoggedFolder folder;
  std::vector<std::string> command = {
      "--providers", "offline",       "--target", "6",
      "--output",    "disk/run.json", "--turns",  "1-2"};
  folder.run(command);
  const size_t first = folder.operations().size();
  const fs::path prompt = folder / "systemprompts/tester.md";
  write_file(prompt, read_file(prompt) + "\nSpeak of the weather, too.\n");
  command.insert(command.end(), {"--on-change", "redo"});
  folder.run(command);
  const std::vector<DiskOperation> operations = folder.operations();
  // Most is to be lost while the old file goes and the new one comes: two cuts
  // after each step of it, then one here and there.
  DiskModel disk(Syncs::work);
  std::mt19937_64 random(from_environment("SIMULATE_SEED", kSeed));
  bool changes = true;
  for (size_t i = 0; i < operations.size(); ++i) {
    const DiskOperation& operation = operations[i];
    disk.perform(operation);
    if (i < first) continue;
    int cuts = changes && operation.op != DiskOp::write ? 2 : i % 100 == 0;
    if (operation.op == DiskOp::rename) changes = false;
    for (; cuts > 0; --cuts) {
      SCOPED_TRACE("after operation " + std::to_string(i));
      expect_redone(disk.cut(random), folder / "systemprompts", command);
    }
  }
}

int cuts_of_a_lying_disk() { return wanted_cuts() * 2 / 5; }

// The two disks that must be caught, or the tests above see nothing.
TEST(PowerCut, SeesADiskThatDoesNothingWhenItIsToSync) {
  RecordedRun run("run.json", 12, {700});
  Tally tally = PowerCuts(run, Syncs::do_nothing, cuts_of_a_lying_disk()).run();
  print("a disk that never syncs", run, tally);
  EXPECT_GT(tally.troubles[Trouble::broken_ledger], 0);
  EXPECT_GT(tally.troubles[Trouble::lost], 0);
}

TEST(PowerCut, SeesThatTheLogOfTheLedgerIsNotSynced) {
  RecordedRun run("run.json", 12, {700});
  Tally tally =
      PowerCuts(run, Syncs::skip_the_log, cuts_of_a_lying_disk()).run();
  print("a disk that does not sync the log", run, tally);
  EXPECT_GT(tally.troubles[Trouble::lost], 0);
}

}  // namespace
}  // namespace simulate
