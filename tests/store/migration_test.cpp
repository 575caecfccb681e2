// Ledgers of older versions, as those versions wrote them, are brought up to
// date.
#include <gtest/gtest.h>

#include <map>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/hash.h"
#include "simulator/store/ledger.h"
#include "simulator/store/ledger_reader.h"
#include "simulator/store/schema.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

std::filesystem::path old_ledger(const Scratch& scratch, int version) {
  std::filesystem::path path = scratch / "old.db";
  SQLite::Database database(path.string(),
                            SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec(read_file(std::filesystem::path(SIMULATE_SOURCE_DIR) /
                          "tests/store/ledgers" /
                          ("version_" + std::to_string(version) + ".sql")));
  return path;
}

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
  Scratch scratch_;
  std::filesystem::path path_ = old_ledger(scratch_, GetParam());
};

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
  EXPECT_THROW(LedgerReader{path_}, BadUsage) << "only a start migrates";
  Ledger ledger(path_, ToolSyntax::python);
  LedgerReader reader(path_);
  ASSERT_EQ(reader.counters().kept, 3);
  for (int64_t number = 1; number <= 3; ++number) {
    EXPECT_EQ(content_hash(reader.render(number)),
              reader.known_record(number).hash);
  }
  EXPECT_EQ(reader.open_slots().size(), 3u);
  EXPECT_EQ(reader.replies({5, 1}).size(), 2u);
  EXPECT_EQ(reader.replies({1, 1}).size(), 4u);
  EXPECT_EQ(reader.counters().planned_slots, 6);
}

TEST_P(Migration, CountsWhatOlderVersionsDidNot) {
  Ledger ledger(path_, ToolSyntax::python);
  LedgerReader reader(path_);
  int64_t replies = 0;
  for (const UsageRow& row : reader.usage()) replies += row.replies;
  EXPECT_EQ(replies, 12) << "2 of an attempt that is not over";
  ASSERT_EQ(reader.failures().size(), 1u);
  EXPECT_EQ(reader.failures()[0].first, "empty");
  EXPECT_EQ(reader.unfinished_attempts("running"), 1);
}

INSTANTIATE_TEST_SUITE_P(From, Migration, testing::Values(1, 2));

}  // namespace
}  // namespace simulate
