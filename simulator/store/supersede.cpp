#include "simulator/store/supersede.h"

#include <string>

#include "simulator/base/text.h"
#include "simulator/store/schema.h"

namespace simulate {

namespace {

// The table taken_back: slot, storyline, session, attempt, bytes.
void choose(SQLite::Database& database, const std::vector<int64_t>& versions) {
  std::vector<std::string> numbers;
  for (int64_t version : versions) numbers.push_back(std::to_string(version));
  database.exec("DROP TABLE IF EXISTS temp.taken_back");
  database.exec(
      "CREATE TEMP TABLE taken_back AS WITH first AS (SELECT storyline, "
      "min(session) AS session FROM conversations JOIN attempts USING (slot, "
      "attempt) JOIN slots USING (slot) WHERE version IN (" +
      joined(numbers, ", ") +
      ") GROUP BY storyline) SELECT slots.slot, slots.storyline, "
      "slots.session, conversations.attempt, record_bytes FROM slots JOIN "
      "first ON slots.storyline = first.storyline AND slots.session >= "
      "first.session JOIN conversations ON conversations.slot = slots.slot");
}

// By ranges of the key: these two tables have no index on the slot.
void remove_messages(SQLite::Database& database) {
  SQLite::Statement row(database, "SELECT slot FROM taken_back");
  SQLite::Statement remove(database,
                           "DELETE FROM messages WHERE message BETWEEN ?1 AND "
                           "?2");
  while (row.executeStep()) {
    int64_t slot = row.getColumn(0).getInt64();
    remove.reset();
    remove.bind(1, message_key(slot, 0));
    remove.bind(2, message_key(slot + 1, 0) - 1);
    remove.exec();
  }
}

constexpr const char* kRemove = R"sql(
DELETE FROM tool_calls WHERE slot IN (SELECT slot FROM taken_back);
DELETE FROM tool_states WHERE (storyline, session) IN
  (SELECT storyline, session FROM taken_back);
DELETE FROM storylines WHERE storyline IN
  (SELECT storyline FROM taken_back WHERE session = 1);
UPDATE attempts SET status = 'superseded' WHERE (slot, attempt) IN
  (SELECT slot, attempt FROM taken_back);
UPDATE slots SET status = 'open', attempt = attempt + 1, failures = 0
  WHERE slot IN (SELECT slot FROM taken_back);
DELETE FROM conversations WHERE slot IN (SELECT slot FROM taken_back);
UPDATE counters SET value = value - (SELECT count(*) FROM taken_back)
  WHERE name = 'kept';
UPDATE counters SET value = value -
  (SELECT coalesce(sum(record_bytes), 0) FROM taken_back)
  WHERE name = 'record_bytes';
UPDATE counters SET value = 1 WHERE name = 'rebuild';
)sql";

// In two steps, since a number must never be taken twice.
constexpr const char* kRenumber = R"sql(
UPDATE conversations SET commit_no = -numbered.position FROM
  (SELECT slot, row_number() OVER (ORDER BY commit_no) AS position
   FROM conversations) AS numbered
  WHERE conversations.slot = numbered.slot;
UPDATE conversations SET commit_no = -commit_no;
)sql";

}  // namespace

void supersede(SQLite::Database& database,
               const std::vector<int64_t>& versions) {
  choose(database, versions);
  remove_messages(database);
  database.exec(kRemove);
  database.exec(kRenumber);
  database.exec("DROP TABLE taken_back");
}

int64_t would_supersede(SQLite::Database& database,
                        const std::vector<int64_t>& versions) {
  choose(database, versions);
  return database.execAndGet("SELECT count(*) FROM taken_back").getInt64();
}

}  // namespace simulate
