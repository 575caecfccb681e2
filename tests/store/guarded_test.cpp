// Ledgers that somebody else has made, to see what they do to who opens them.
#include "simulator/store/guarded.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "simulator/store/ledger.h"
#include "simulator/store/ledger_reader.h"
#include "simulator/store/repair/examine.h"
#include "simulator/store/repair/repair.h"
#include "tests/scratch.h"
#include "tests/store/old_ledger.h"
#include "tests/store/small_ledger.h"

namespace simulate {
namespace {

namespace fs = std::filesystem;

constexpr const char* kEndless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) ";

class Guarded : public testing::Test {
 protected:
  Guarded() {
    Ledger ledger(path_, ToolSyntax::python);
    apply(ledger, small_plan());
    apply(ledger, AttemptBegun{{1, 1}, 1, 1, "mistral"});
  }

  // Without any guard, as who makes a trap does.
  void prepare(const std::string& sql) {
    SQLite::Database database(path_.string(), SQLite::OPEN_READWRITE);
    database.exec(sql);
  }

  template <class Open>
  std::string refusal_of(Open open) {
    try {
      open();
    } catch (const BadUsage& refusal) {
      return refusal.what();
    }
    return "";
  }

  void expect_refused(const std::string& what) {
    std::string read = refusal_of([this] { LedgerReader reader(path_); });
    EXPECT_TRUE(contains(read, what)) << read;
    std::string written =
        refusal_of([this] { Ledger ledger(path_, ToolSyntax::python); });
    EXPECT_TRUE(contains(written, what)) << written;
    EXPECT_EQ(written.find('\n'), std::string::npos) << "one sentence";
    Examination found = examine(path_, scratch_ / "run.json", false);
    EXPECT_TRUE(contains(joined(found.damage, "\n"), what))
        << joined(found.damage, "\n");
  }

  Scratch scratch_;
  fs::path path_ = scratch_ / "run.db";
};

TEST_F(Guarded, RefusesWhatAVersionOfOursHasNotMade) {
  const std::pair<std::string, const char*> traps[] = {
      {"CREATE TRIGGER x AFTER INSERT ON replies BEGIN DELETE FROM slots; END",
       "a trigger named x"},
      {"CREATE VIEW extra AS SELECT 1", "a view named extra"},
      {"CREATE TABLE extra(a)", "a table named extra"},
      {"CREATE INDEX extra ON slots(place)", "an index named extra"},
      {"CREATE VIRTUAL TABLE extra USING fts5(a)", "a table named extra"},
      {"DROP TABLE counters; CREATE VIEW counters AS " + std::string(kEndless) +
           "SELECT 'kept' AS name, i AS value FROM n",
       "a view named counters"},
      {"DROP TABLE lanes", "no table named lanes"},
      {"DROP TABLE marks; CREATE TABLE marks(slot, attempt, mark, note AS "
       "(replace(mark, 'a', mark)))",
       "a table named marks"},
  };
  for (const auto& [sql, what] : traps) {
    SCOPED_TRACE(sql);
    std::string before = read_file(path_);
    prepare(sql);
    expect_refused(what);
    write_file(path_, before);
  }
}

// A name of an old ledger was once pasted into the SQL that drops it.
TEST_F(Guarded, NamesInOldLedgersNeverBecomeSql) {
  for (int version : {1, 2}) {
    SCOPED_TRACE(version);
    fs::path victim = scratch_ / "victim.db";
    {
      Ledger ledger(victim, ToolSyntax::python);
      apply(ledger, small_plan());
    }
    fs::remove(path_);
    make_old_ledger(path_, version);
    prepare("CREATE VIEW \"x; ATTACH '" + victim.string() +
            "' AS v; DELETE FROM v.slots; --\" AS SELECT 1");
    expect_refused("a view named x; ATTACH");
    EXPECT_EQ(LedgerReader(victim).open_slots().size(), 3u);
    fs::remove(victim);
  }
}

TEST_F(Guarded, AsksNoViewEvenWhereItWouldBeOneOfOurs) {
  prepare("DROP VIEW progress; CREATE VIEW progress AS " +
          std::string(kEndless) + "SELECT count(*) AS kept FROM n");
  SQLite::Database database(path_.string(), SQLite::OPEN_READWRITE);
  guard(database);
  EXPECT_THROW(database.execAndGet("SELECT kept FROM progress"),
               SQLite::Exception);
  EXPECT_THROW(database.exec("ATTACH ':memory:' AS other"), SQLite::Exception);
  EXPECT_THROW(database.exec("CREATE TRIGGER x AFTER INSERT ON replies BEGIN "
                             "SELECT 1; END"),
               SQLite::Exception);
  EXPECT_THROW(database.execAndGet(
                   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
                   "FROM n WHERE i < 3) SELECT count(*) FROM n"),
               SQLite::Exception);
  EXPECT_THROW(database.exec("PRAGMA writable_schema = ON; DELETE FROM "
                             "sqlite_master"),
               SQLite::Exception);
  EXPECT_EQ(LedgerReader(path_).counters().planned_slots, 3)
      << "and a view of ours is made anew";
}

TEST_F(Guarded, BelievesNoNumberThatNoRunReaches) {
  for (const char* value : {"9000000000000000000", "-1", "'many'", "1e300"}) {
    SCOPED_TRACE(value);
    prepare("UPDATE counters SET value = " + std::string(value) +
            " WHERE name = 'planned_slots'");
    std::string refusal =
        refusal_of([this] { LedgerReader(path_).counters(); });
    EXPECT_TRUE(contains(refusal, "the ledger's counter planned_slots says"))
        << refusal;
  }
  prepare("UPDATE counters SET value = 3 WHERE name = 'planned_slots'");
  prepare("UPDATE waves SET sessions = 2000000000");
  EXPECT_TRUE(contains(refusal_of([this] { LedgerReader(path_).wave(1); }),
                       "not one that simulate plans"));
}

TEST_F(Guarded, TakesWhatIsOursOutOfALedgerWithATrap) {
  prepare(
      "CREATE TRIGGER x AFTER INSERT ON replies BEGIN DELETE FROM slots; END");
  Repair done = repair(scratch_ / "run.json", {});
  ASSERT_FALSE(done.output.empty());
  fs::path repaired = fs::path(done.output).replace_extension(".db");
  LedgerReader reader(repaired);
  EXPECT_EQ(reader.open_slots().size(), 3u);
}

}  // namespace
}  // namespace simulate
