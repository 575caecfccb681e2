// Real ledgers, made by the program, damaged in every way that a disk knows.
#include "simulator/store/repair/repair.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <map>
#include <random>
#include <set>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/json.h"
#include "simulator/base/text.h"
#include "simulator/store/ledger.h"
#include "simulator/store/ledger_reader.h"
#include "simulator/store/read_only.h"
#include "simulator/store/repair/examine.h"
#include "simulator/store/run_lock.h"
#include "tests/program/program.h"
#include "tests/repetitions.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

namespace fs = std::filesystem;

constexpr size_t kPage = 4096;
constexpr size_t kTarget = 24;

// Many times what the whole run takes: one that would go on for ever ends, too.
constexpr const char* kMostCalls = "5000";

// Conversations whose tool calls lie on one page.
constexpr size_t kMostOfALeaf = 12;

size_t one_page_in(int usual, int sanitized) {
  return static_cast<size_t>(one_in(usual, sanitized));
}

// Every file of a folder with its bytes.
using Files = std::map<std::string, std::string>;

Files files_of(const fs::path& folder) {
  Files files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    files[entry.path().filename()] = read_file(entry.path());
  }
  return files;
}

std::map<std::string, Json> records_in(const std::string& training_file) {
  std::map<std::string, Json> records;
  for (const Json& record : parse_json(training_file).value_or(Json())) {
    EXPECT_TRUE(records.emplace(string_at(record, "id"), record).second)
        << "twice";
  }
  return records;
}

class RepairTest : public testing::Test {
 protected:
  // One run for all tests: it is only read.
  static void SetUpTestSuite() {
    run_ = new Scratch();
    Ended made = Program(*run_).run(offline("run.json"));
    ASSERT_EQ(made.status, 0) << made.err;
    ledger_ = read_file(*run_ / "run.db");
    training_file_ = read_file(*run_ / "run.json");
    ASSERT_EQ(records_in(training_file_).size(), kTarget);
  }
  static void TearDownTestSuite() { delete run_; }

  static std::vector<std::string> offline(const std::string& output) {
    return {"--providers",
            "offline",
            "--target",
            std::to_string(kTarget),
            "--output",
            output,
            "--quiet",
            "--concurrency",
            "1"};  // the same pages every time
  }

  // A folder with the run, its ledger being these bytes.
  void lay_out(const Scratch& scratch, const std::string& ledger) {
    write_file(scratch / "run.db", ledger);
    write_file(scratch / "run.json", training_file_);
  }

  size_t pages() const { return ledger_.size() / kPage; }

  // "messages leaf", of a page counted from 1.
  static std::string use_of(size_t page) {
    SQLite::Database run((*run_ / "run.db").string());
    SQLite::Statement row(
        run, "SELECT name || ' ' || pagetype FROM dbstat WHERE pageno = ?1");
    row.bind(1, static_cast<int64_t>(page));
    return row.executeStep() ? row.getColumn(0).getString() : "free";
  }

  // Nothing is other than it was saved; what stood in the plan may be empty.
  static void expect_true(Json now, Json then) {
    if (now == then) return;
    EXPECT_EQ(now["conversations"], then["conversations"]);
    for (const auto& [name, value] : then["metadata"].items()) {
      if (now["metadata"][name] == "") continue;
      EXPECT_EQ(now["metadata"][name], value) << then["id"] << " " << name;
    }
  }

  // What must hold after every repair of a damaged ledger; returns how many
  // conversations were kept.
  size_t expect_a_true_repair(const Scratch& scratch) {
    Files before = files_of(scratch.folder());
    Repair done = repair(scratch / "run.json", spare_texts_);
    Files after = files_of(scratch.folder());
    for (const auto& [name, bytes] : before) {
      EXPECT_EQ(after[name], bytes) << name << " was changed";
      after.erase(name);
    }
    if (done.output.empty()) {
      EXPECT_TRUE(after.empty());
      EXPECT_TRUE(contains(done.report.at(0), "Nothing is wrong"));
      return kTarget;
    }
    EXPECT_EQ(after.size(), 2u);
    auto kept = records_in(after["run.repaired.json"]);
    auto saved = records_in(training_file_);
    for (const auto& [id, record] : kept) expect_true(record, saved[id]);
    std::string count = std::to_string(kept.size()) + " of ";
    EXPECT_TRUE(done.report.at(0).starts_with(count)) << done.report[0];
    std::string all = joined(done.report, "\n");
    if (kept.size() < kTarget) {
      EXPECT_TRUE(done.lost_something);
      EXPECT_TRUE(contains(all, "lost")) << all;
    }
    return kept.size();
  }

  void expect_to_finish(const Scratch& scratch) {
    if (!fs::exists(scratch / "run.repaired.db")) return;
    std::vector<std::string> bounded = offline("run.repaired.json");
    bounded.insert(bounded.end(), {"--max-calls", kMostCalls});
    Ended ended = Program(scratch).run(bounded);
    EXPECT_EQ(ended.status, 0) << ended.err;
    std::string file = read_file(scratch / "run.repaired.json");
    EXPECT_EQ(records_in(file).size(), kTarget);
    auto found = examine(scratch / "run.repaired.db",
                         scratch / "run.repaired.json", false);
    EXPECT_EQ(joined(found.damage, "\n"), "");
    EXPECT_EQ(joined(found.file, "\n"), "");
  }

  std::vector<std::string> spare_texts_;
  static Scratch* run_;
  static std::string ledger_;
  static std::string training_file_;
};

Scratch* RepairTest::run_ = nullptr;
std::string RepairTest::ledger_;
std::string RepairTest::training_file_;

TEST_F(RepairTest, LeavesASoundLedgerAloneAndSaysSo) {
  Scratch scratch;
  lay_out(scratch, ledger_);
  Files before = files_of(scratch.folder());
  Examination found = examine(scratch / "run.db", scratch / "run.json", false);
  EXPECT_TRUE(found.nothing_wrong()) << joined(found.damage, "\n");
  EXPECT_EQ(found.conversations, static_cast<int64_t>(kTarget));
  Repair done = repair(scratch / "run.json", {});
  EXPECT_TRUE(done.output.empty());
  EXPECT_FALSE(done.lost_something);
  EXPECT_EQ(files_of(scratch.folder()), before);
}

TEST_F(RepairTest, RecoversWhatItCanWhereverAPageIsLost) {
  size_t tried = 0;
  size_t damaged = 0;
  std::vector<std::string> costly;
  for (size_t page = 0; page < pages(); page += one_page_in(1, 4)) {
    SCOPED_TRACE("page " + std::to_string(page + 1));
    ++tried;
    Scratch scratch;
    std::string ledger = ledger_;
    std::memset(ledger.data() + page * kPage, 0, kPage);
    lay_out(scratch, ledger);
    damaged += !examine(scratch / "run.db", scratch / "run.json", false)
                    .damage.empty();
    size_t kept = expect_a_true_repair(scratch);
    if (kept + kMostOfALeaf < kTarget) {
      costly.push_back(use_of(page + 1) + " (" + std::to_string(kept) + ")");
    }
    if (page % 8 == 0) expect_to_finish(scratch);
  }
  EXPECT_EQ(damaged, tried) << "a page of zeros is never overlooked";
  EXPECT_LE(costly.size(), 3u)
      << joined(costly, ", ")
      << "; meant are the roots of conversations, messages and tool_calls";
}

TEST_F(RepairTest, RecoversWhatItCanWhereverBitsAreWrong) {
  std::mt19937 random(7);
  for (size_t page = 0; page < pages(); page += one_page_in(2, 8)) {
    SCOPED_TRACE("page " + std::to_string(page + 1));
    Scratch scratch;
    std::string ledger = ledger_;
    for (int i = 0; i < 20; ++i) {
      ledger[page * kPage + random() % kPage] ^= 1 << random() % 8;
    }
    lay_out(scratch, ledger);
    expect_a_true_repair(scratch);
    if (page % 16 == 0) expect_to_finish(scratch);
  }
}

// Zeros, noise, bits and pages of elsewhere, several at once.
std::string much_damaged(std::string ledger, std::mt19937& random) {
  size_t pages = ledger.size() / kPage;
  for (size_t left = 1 + random() % 12; left > 0; --left) {
    char* page = ledger.data() + random() % pages * kPage;
    switch (random() % 4) {
      case 0:
        std::memset(page, 0, kPage);
        break;
      case 1:
        std::generate(page, page + kPage, std::ref(random));
        break;
      case 2:
        for (int i = 0; i < 30; ++i) page[random() % kPage] ^= 4;
        break;
      default:
        std::memmove(page, ledger.data() + random() % pages * kPage, kPage);
    }
  }
  return ledger;
}

TEST_F(RepairTest, MakesARunThatEndsWhateverIsDamagedTogether) {
  // As the command does; without them nobody may be left to play.
  for (const Persona& persona :
       load_personas(fs::path(SIMULATE_SOURCE_DIR) / "personas")) {
    spare_texts_.push_back(to_text(persona.to_json()));
  }
  const int seeds = repetitions(20, 5);
  for (int seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(static_cast<unsigned>(seed));
    Scratch scratch;
    lay_out(scratch, much_damaged(ledger_, random));
    expect_a_true_repair(scratch);
    expect_to_finish(scratch);
  }
}

TEST_F(RepairTest, LosesNothingWithTheFirstPage) {
  for (size_t bytes : {size_t{16}, size_t{100}, kPage}) {
    Scratch scratch;
    lay_out(scratch, std::string(bytes, 'x') + ledger_.substr(bytes));
    EXPECT_EQ(expect_a_true_repair(scratch), kTarget);
    expect_to_finish(scratch);
  }
}

TEST_F(RepairTest, RecoversFromAFileThatIsCutOff) {
  for (size_t left : {pages() - 1, pages() * 3 / 4, pages() / 2}) {
    SCOPED_TRACE(left);
    Scratch scratch;
    lay_out(scratch, ledger_.substr(0, left * kPage + 100));
    size_t kept = expect_a_true_repair(scratch);
    EXPECT_GE(kept, left == pages() - 1 ? kTarget - 2 : 0);
    expect_to_finish(scratch);
  }
  Scratch scratch;
  lay_out(scratch, ledger_.substr(0, 10 * kPage));
  EXPECT_THROW(repair(scratch / "run.json", {}), BadUsage);
}

TEST_F(RepairTest, MakesLostConversationsAgainFromTheirReplies) {
  Scratch scratch;
  lay_out(scratch, ledger_);
  int root = SQLite::Database((scratch / "run.db").string())
                 .execAndGet(
                     "SELECT rootpage FROM sqlite_master WHERE name = "
                     "'messages'")
                 .getInt();
  std::string ledger = ledger_;
  std::memset(ledger.data() + (root - 1) * kPage, 0, kPage);
  lay_out(scratch, ledger);
  ASSERT_EQ(expect_a_true_repair(scratch), 0u);
  std::vector<std::string> arguments = offline("run.repaired.json");
  arguments.push_back("--json");
  Ended ended = Program(scratch).run(arguments);
  EXPECT_EQ(ended.summary().value("calls", -1), 0) << ended.out;
  EXPECT_EQ(records_in(read_file(scratch / "run.repaired.json")),
            records_in(training_file_));
}

TEST_F(RepairTest, ReadsTheLogOfAProcessThatDiedAndLeavesItThere) {
  Scratch source;
  lay_out(source, ledger_);
  Scratch scratch;
  {
    Ledger open(source / "run.db", ToolSyntax::python);
    open.database().exec("UPDATE counters SET value = 39 WHERE name = 'kept'");
    lay_out(scratch, read_file(source / "run.db"));
    write_file(scratch / "run.db-wal", read_file(source / "run.db-wal"));
  }
  Files before = files_of(scratch.folder());
  auto found = examine(scratch / "run.db", scratch / "run.json", false);
  EXPECT_TRUE(contains(joined(found.damage, "\n"), "counter kept is 39"));
  EXPECT_EQ(files_of(scratch.folder()), before);
  EXPECT_EQ(expect_a_true_repair(scratch), kTarget);
  fs::remove(scratch / "run.db-wal");
  EXPECT_TRUE(
      examine(scratch / "run.db", scratch / "run.json", false).nothing_wrong())
      << "without its log the counter is what it was before";
}

TEST_F(RepairTest, TakesTheNextNameThatIsFree) {
  Scratch scratch;
  lay_out(scratch, ledger_.substr(0, ledger_.size() - kPage));
  write_file(scratch / "run.repaired.json", "mine");
  write_file(scratch / "run.repaired.2.db", "mine, too");
  EXPECT_EQ(repair(scratch / "run.json", {}).output,
            scratch / "run.repaired.3.json");
  EXPECT_EQ(read_file(scratch / "run.repaired.json"), "mine");
}

TEST_F(RepairTest, RefusesWhatNeverWasALedger) {
  std::mt19937 random(1);
  std::string noise(100'000, '\0');
  for (char& byte : noise) byte = static_cast<char>(random());
  for (const std::string& rubbish :
       {std::string("this is a text"), std::string(), noise}) {
    Scratch scratch;
    lay_out(scratch, rubbish);
    Files before = files_of(scratch.folder());
    EXPECT_THROW(repair(scratch / "run.json", {}), BadUsage);
    EXPECT_EQ(files_of(scratch.folder()), before);
  }
}

TEST_F(RepairTest, FindsATrainingFileThatIsNotAsTheLedgerSays) {
  Scratch scratch;
  for (const std::string& other :
       {training_file_.substr(0, training_file_.size() - 1),
        training_file_ + "x", replaced(training_file_, "e", "E")}) {
    lay_out(scratch, ledger_);
    write_file(scratch / "run.json", other);
    auto found = examine(scratch / "run.db", scratch / "run.json", false);
    EXPECT_EQ(found.file.size(), 1u);
    EXPECT_TRUE(found.damage.empty());
    EXPECT_EQ(read_file(scratch / "run.json"), other);
  }
}

TEST_F(RepairTest, LooksAtARunThatIsUnderWay) {
  Scratch scratch;
  lay_out(scratch, ledger_);
  EXPECT_FALSE(RunLock::is_held(scratch / "run.db"));
  RunLock lock(scratch / "run.db");
  EXPECT_TRUE(RunLock::is_held(scratch / "run.db"));
  Ledger writer(scratch / "run.db", ToolSyntax::python);
  SQLite::Transaction writing(writer.database(),
                              SQLite::TransactionBehavior::IMMEDIATE);
  writer.database().exec("UPDATE counters SET value = 0 WHERE name = 'kept'");
  auto found = examine(scratch / "run.db", scratch / "run.json", true);
  EXPECT_TRUE(found.nothing_wrong()) << joined(found.damage, "\n");
}

TEST_F(RepairTest, IsACommandThatNeedsNoKey) {
  Scratch scratch;
  lay_out(scratch, ledger_.substr(0, ledger_.size() / 2));
  Ended check = Program(scratch).run({"check", "--output", "run.json"});
  EXPECT_TRUE(contains(check.out, "check --repair")) << check.out;
  EXPECT_NE(check.status, 0);
  Ended repaired =
      Program(scratch).run({"check", "--repair", "--output", "run.json"});
  EXPECT_EQ(repaired.status, 1) << repaired.err;
  EXPECT_TRUE(contains(repaired.out, "run.repaired.json"));
  lay_out(scratch, ledger_);
  Ended sound =
      Program(scratch).run({"check", "--repair", "--output", "run.json"});
  EXPECT_EQ(sound.status, 0);
  EXPECT_TRUE(contains(sound.out, "Nothing is wrong"));
}

}  // namespace
}  // namespace simulate
