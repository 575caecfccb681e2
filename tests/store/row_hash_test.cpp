#include "simulator/store/row_hash.h"

#include <gtest/gtest.h>

#include <set>

#include "simulator/store/ledger.h"
#include "simulator/store/ledger_reader.h"
#include "tests/store/small_ledger.h"

namespace simulate {
namespace {

int64_t hash_of(const std::string& values) {
  SQLite::Database database(":memory:",
                            SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  add_row_hash(database);
  return database.execAndGet("SELECT row_hash(" + values + ")").getInt64();
}

TEST(RowHash, TellsValuesApartByNameKindAndContent) {
  std::vector<std::string> rows = {"'a', 1",
                                   "'b', 1",
                                   "'a', '1'",
                                   "'a', 2",
                                   "'a', '2'",
                                   "'a', 1.0",
                                   "'a', x'31'",
                                   "'a', 'b', 'c', 'd'",
                                   "'a', 'd', 'c', 'b'",
                                   "'a', 'b', 'd', 'c'"};
  std::set<int64_t> hashes;
  for (const std::string& values : rows) {
    EXPECT_EQ(hash_of(values), hash_of(values));
    hashes.insert(hash_of(values));
  }
  EXPECT_EQ(hashes.size(), rows.size());
}

TEST(RowHash, IsTheSameWithAColumnMoreThatIsEmpty) {
  for (const char* empty : {"NULL", "0", "''"}) {
    EXPECT_EQ(hash_of("'a', 1, 'b', " + std::string(empty)), hash_of("'a', 1"));
  }
}

// A conversation with replies, answers of servers, a state and a verdict; and
// a job.
class HashedLedger : public testing::Test {
 protected:
  HashedLedger() : ledger_("", ToolSyntax::python) {
    RecordedRound round;
    round.key = {1, 1};
    round.new_state = true;
    round.answer.state.text = "{}";
    apply(small_plan());
    apply(AttemptBegun{{1, 1}, 1, 1, "offline"});
    apply(small_reply({1, 1}, 0));
    apply(round);
    Conversation kept = small_conversation(small_plan().slots[0]);
    kept.verdict = JudgeVerdict{"r", {"mistral", "large"}, {{"a", 1}}, true};
    apply(kept);
    apply(JobRow{1, "judge", "{}"});
    apply(ItemRow{1, 1, "1/1", "done", "why", {{"a", 1}}});
    apply(ItemReply{small_reply({1, 1}, 0)});
  }

  template <class What>
  void apply(What what) {
    Change change(std::move(what));
    std::vector<Change*> changes = {&change};
    ledger_.apply(changes, /*durable=*/false);
  }

  std::vector<std::string> columns_of(const std::string& table) {
    SQLite::Statement row(ledger_.database(),
                          "SELECT name FROM pragma_table_info(?1)");
    row.bind(1, table);
    std::vector<std::string> names;
    while (row.executeStep()) names.push_back(row.getColumn(0).getString());
    return names;
  }

  int64_t damaged(const HashedTable& table) {
    return ledger_.database()
        .execAndGet("SELECT count(*) FROM " + table.name + " WHERE NOT " +
                    table.intact)
        .getInt64();
  }

  Ledger ledger_;
};

// What is counted or changed while a run goes on.
const std::set<std::string> kMayChange = {"slots.status",
                                          "slots.attempt",
                                          "slots.failures",
                                          "conversations.commit_no",
                                          "conversations.record_version",
                                          "conversations.record_bytes",
                                          "conversations.record_hash"};

TEST_F(HashedLedger, NoticesAChangeOfEveryColumn) {
  ASSERT_EQ(hashed_tables().size(), 10u);
  for (const HashedTable& table : hashed_tables()) {
    ASSERT_EQ(damaged(table), 0) << table.name;
    for (const std::string& column : columns_of(table.name)) {
      if (kMayChange.count(table.name + "." + column)) continue;
      SQLite::Transaction undo(ledger_.database());
      ledger_.database().exec("PRAGMA ignore_check_constraints = ON");
      int changed = ledger_.database().exec(
          "UPDATE " + table.name + " SET " + column + " = CASE typeof(" +
          column + ") WHEN 'integer' THEN " + column + " + 100 ELSE " + column +
          " || ' ' END WHERE rowid = (SELECT max(rowid) FROM " + table.name +
          ")");
      EXPECT_EQ(changed, 1) << table.name;
      EXPECT_EQ(damaged(table), 1) << table.name << "." << column;
    }
  }
}

TEST_F(HashedLedger, DoesNotHandOutWhatIsDamaged) {
  LedgerReader reader(ledger_.database());
  EXPECT_EQ(reader.replies({1, 1}).size(), 1u);
  ledger_.database().exec("UPDATE replies SET content = 'other'");
  EXPECT_THROW(reader.replies({1, 1}), DamagedRow);
  EXPECT_NO_THROW(reader.conversation(1));
  ledger_.database().exec("UPDATE messages SET original_thinking = 'other'");
  EXPECT_THROW(reader.conversation(1), DamagedRow);
}

TEST_F(HashedLedger, TakesRowsOfOlderVersionsAsTheyAre) {
  ledger_.database().exec("UPDATE replies SET content = 'x', row_hash = NULL");
  LedgerReader reader(ledger_.database());
  EXPECT_EQ(reader.replies({1, 1}).at(0).reply.content, "x");
}

}  // namespace
}  // namespace simulate
