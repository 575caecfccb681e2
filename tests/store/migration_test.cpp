// Ledgers of older versions, as those versions wrote them, are brought up to
// date.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <map>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/hash.h"
#include "simulator/base/text.h"
#include "simulator/export/record.h"
#include "simulator/store/ledger.h"
#include "simulator/store/ledger_reader.h"
#include "simulator/store/ledger_totals.h"
#include "simulator/store/repair/damaged.h"
#include "simulator/store/repair/examine.h"
#include "simulator/store/repair/salvage.h"
#include "simulator/store/run_lock.h"
#include "simulator/store/schema.h"
#include "simulator/store/tables.h"
#include "tests/scratch.h"
#include "tests/store/old_ledger.h"

namespace simulate {
namespace {

std::map<std::string, std::string> schema_of(SQLite::Database& database) {
  SQLite::Statement row(database, "SELECT name, sql FROM sqlite_master");
  std::map<std::string, std::string> schema;
  while (row.executeStep()) {
    schema[row.getColumn(0).getString()] = row.getColumn(1).getString();
  }
  return schema;
}

class Migration : public testing::TestWithParam<int> {
 protected:
  Migration() { make_old_ledger(path_, GetParam()); }

  Scratch scratch_;
  std::filesystem::path path_ = scratch_ / "old.db";
};

TEST_P(Migration, IsNotNeededToSeeWhatIsWrong) {
  {
    SQLite::Database database(path_.string(), SQLite::OPEN_READWRITE);
    database.exec("UPDATE counters SET value = 77 WHERE name = 'kept'");
  }
  std::string before = read_file(path_);
  Examination found = examine(path_, scratch_ / "old.json", false);
  EXPECT_TRUE(contains(joined(found.damage, "\n"), "counter kept is 77"))
      << joined(found.damage, "\n");
  EXPECT_EQ(read_file(path_), before) << "looking changes nothing";
}

TEST_P(Migration, GivesTheSchemaOfANewLedger) {
  Ledger ledger(path_, ToolSyntax::python);
  Ledger fresh("", ToolSyntax::python);
  EXPECT_EQ(schema_of(ledger.database()), schema_of(fresh.database()));
  EXPECT_EQ(ledger.database().execAndGet("PRAGMA user_version").getInt(),
            kLedgerVersion);
  EXPECT_EQ(ledger.database().execAndGet("PRAGMA quick_check").getString(),
            "ok");
}

TEST_P(Migration, KeepsEveryConversationAndReply) {
  LedgerReader reader(path_);
  ASSERT_EQ(reader.counters().kept, 3);
  ASSERT_TRUE(reader.latest_settings());
  EXPECT_EQ(reader.latest_settings()->settings.target, 6);
  // As this version of the program renders what the older ones saved.
  static_assert(kRecordVersion == 3, "look at the new records, and note them");
  const std::string rendered[] = {"5ccfbce38b0cf54e", "9adac6fcef16f5a7",
                                  "d802c99e098ca521"};
  for (int64_t number = 1; number <= 3; ++number) {
    EXPECT_EQ(short_hash(reader.render(number)), rendered[number - 1]);
    EXPECT_EQ(reader.record_version_of(number), 1);
    EXPECT_FALSE(reader.conversation(number).transcript.offer);
  }
  EXPECT_EQ(reader.open_slots().size(), 3u);
  EXPECT_EQ(reader.replies({5, 1}).size(), 2u);
  EXPECT_EQ(reader.replies({1, 1}).size(), 4u);
  EXPECT_EQ(reader.counters().planned_slots, 6);
}

TEST_P(Migration, CountsWhatOlderVersionsDidNot) {
  LedgerReader reader(path_);
  int64_t replies = 0;
  for (const UsageRow& row : reader.usage()) replies += row.replies;
  EXPECT_EQ(replies, 12) << "2 of an attempt that is not over";
  ASSERT_EQ(reader.failures().size(), 1u);
  EXPECT_EQ(reader.failures()[0].first, "empty");
  EXPECT_EQ(reader.unfinished_attempts("running"), 1);
}

TEST_P(Migration, IsDoneByWhoeverReadsAsByAStart) {
  { LedgerReader reader(path_); }
  SQLite::Database read(path_.string());
  Ledger fresh("", ToolSyntax::python);
  EXPECT_EQ(schema_of(read), schema_of(fresh.database()));
  EXPECT_EQ(read.execAndGet("PRAGMA user_version").getInt(), kLedgerVersion);
}

TEST_P(Migration, WaitsForTheProcessThatHasTheRun) {
  std::string before = read_file(path_);
  {
    RunLock other(path_);
    try {
      LedgerReader reader(path_);
      ADD_FAILURE() << "it was read";
    } catch (const Fatal& busy) {
      EXPECT_EQ(busy.code(), ExitCode::run_is_busy);
      EXPECT_TRUE(contains(busy.what(), "an older version")) << busy.what();
    }
    EXPECT_EQ(read_file(path_), before);
  }
  EXPECT_EQ(LedgerReader(path_).records(), 3);
}

TEST_P(Migration, SaysWhyNotWhereNobodyMayWrite) {
  if (::geteuid() == 0) GTEST_SKIP() << "modes do not bind the superuser";
  ::chmod(path_.c_str(), 0400);
  try {
    LedgerReader reader(path_);
    ADD_FAILURE() << "it was read";
  } catch (const BadUsage& refusal) {
    EXPECT_TRUE(contains(refusal.what(), "may not be written"))
        << refusal.what();
  }
}

TEST_P(Migration, GivesRepliesOfOldNothingThatTheyDidNotHave) {
  LedgerReader reader(path_);
  for (const RecordedReply& reply : reader.replies({1, 1})) {
    EXPECT_EQ(reply.reply.wire, "");
    EXPECT_EQ(reply.correction, "");
    EXPECT_EQ(reply.key.slot, 1);
  }
}

// Columns that came later are no reason to lose a table.
TEST_P(Migration, IsNotNeededToRecoverADamagedLedger) {
  auto rows = [](SQLite::Database& database, const std::string& table) {
    return database.execAndGet("SELECT count(*) FROM " + table).getInt64();
  };
  std::map<std::string, int64_t> wanted;
  for (const char* table : {"slots", "waves", "replies", "messages"}) {
    SQLite::Database old(path_.string());
    wanted[table] = rows(old, table);
  }
  Scratch folder;
  auto damaged = open_damaged(path_, folder.folder());
  Ledger made(folder / "made.db", ToolSyntax::python);
  salvage(*damaged, made.database());
  for (const auto& [table, number] : wanted) {
    EXPECT_EQ(rows(made.database(), table), number) << table;
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "copy.db"))
      << "its schema was taken to be lost";
}

// One that version 3 began: its tables are on the pages of a new ledger.
TEST(LedgerOfVersion3, HasNotLostItsSchemaForWantOfColumns) {
  Scratch scratch;
  {
    SQLite::Database old((scratch / "old.db").string(),
                         SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    old.exec("PRAGMA application_id = " + std::to_string(kLedgerApplicationId));
    old.exec("PRAGMA user_version = 3");
    old.exec(kTablesOfVersion3);
  }
  auto damaged = open_damaged(scratch / "old.db", scratch.folder());
  EXPECT_EQ(columns_of(*damaged, "replies").back(), "corrects");
  EXPECT_FALSE(std::filesystem::exists(scratch / "copy.db"));
}

INSTANTIATE_TEST_SUITE_P(From, Migration, testing::Values(1, 2, 3, 4, 5, 6, 7));

}  // namespace
}  // namespace simulate
