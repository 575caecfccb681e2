#include "simulator/store/supersede.h"

#include <string>

#include "simulator/base/text.h"
#include "simulator/store/keys.h"
#include "simulator/store/ledger_totals.h"
#include "simulator/store/share_sums.h"

namespace simulate {

namespace {

std::string list_of(const std::vector<int64_t>& numbers) {
  std::vector<std::string> texts;
  for (int64_t number : numbers) texts.push_back(std::to_string(number));
  return "(" + joined(texts, ", ") + ")";
}

std::string made_by(const std::vector<int64_t>& versions) {
  return "attempts JOIN slots USING (slot, attempt) WHERE attempts.status IN "
         "('kept', 'running', 'parked') AND version IN " +
         list_of(versions);
}

// Of many: a statement has no room for them.
std::string of_slots(SQLite::Database& database,
                     const std::vector<int64_t>& slots) {
  database.exec("DROP TABLE IF EXISTS temp.chosen");
  database.exec("CREATE TEMP TABLE chosen(slot INTEGER PRIMARY KEY)");
  SQLite::Statement put(database, "INSERT OR IGNORE INTO chosen VALUES (?1)");
  for (int64_t slot : slots) {
    put.reset();
    put.bind(1, slot);
    put.exec();
  }
  return "slots JOIN temp.chosen USING (slot)";
}

// The table taken_back: what is kept or begun of the slots that `first` names,
// and of all later sessions of their storylines.
void choose(SQLite::Database& database, const std::string& first) {
  database.exec("DROP TABLE IF EXISTS temp.taken_back");
  database.exec(
      "CREATE TEMP TABLE taken_back AS SELECT slots.slot, slots.storyline, "
      "slots.session, slots.attempt, slots.status = 'kept' AS kept, "
      "coalesce(record_bytes, 0) AS record_bytes FROM slots JOIN (SELECT "
      "storyline, min(session) AS session FROM " +
      first +
      " GROUP BY storyline) AS first ON slots.storyline = first.storyline AND "
      "slots.session >= first.session "
      "JOIN attempts ON attempts.slot = slots.slot AND attempts.attempt = "
      "slots.attempt LEFT JOIN conversations ON conversations.slot = "
      "slots.slot WHERE slots.status IN ('open', 'kept')");
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
    KeyRange messages = messages_of(slot);
    remove.bind(1, messages.first);
    remove.bind(2, messages.last);
    remove.exec();
  }
}

constexpr const char* kRemove = R"sql(
DELETE FROM tool_calls WHERE slot IN (SELECT slot FROM taken_back);
DELETE FROM tool_states WHERE (storyline, session) IN
  (SELECT storyline, session FROM taken_back);
DELETE FROM storylines WHERE storyline IN
  (SELECT storyline FROM taken_back WHERE session = 1);
INSERT INTO usage(provider, model, role, replies, input_tokens,
                  output_tokens)
  SELECT provider, model, role, count(*), sum(input_tokens),
         sum(output_tokens)
  FROM taken_back JOIN replies ON reply {of taken_back}
  WHERE kept = 0 GROUP BY provider, model, role
  ON CONFLICT DO UPDATE SET replies = replies + excluded.replies,
    input_tokens = input_tokens + excluded.input_tokens,
    output_tokens = output_tokens + excluded.output_tokens;
UPDATE attempts SET status = 'superseded' WHERE slot IN
  (SELECT slot FROM taken_back);
UPDATE slots SET status = 'open', attempt = attempt + 1, failures = 0
  WHERE slot IN (SELECT slot FROM taken_back);
DELETE FROM conversations WHERE slot IN (SELECT slot FROM taken_back);
UPDATE counters SET value = value - (SELECT sum(kept) FROM taken_back)
  WHERE name = 'kept';
UPDATE counters SET value = value -
  (SELECT coalesce(sum(record_bytes), 0) FROM taken_back)
  WHERE name = 'record_bytes';
UPDATE counters SET value = 1 WHERE name = 'rebuild';
UPDATE counters SET value = value + 1 WHERE name = 'generation';
)sql";

void take_back_chosen(SQLite::Database& database) {
  if (number_from(database, "SELECT count(*) FROM taken_back") == 0) return;
  remove_messages(database);
  database.exec(
      replaced(kRemove, "{of taken_back}", replies_of_sql("taken_back")));
  renumber_conversations(database);
  recount_costs(database);
  recount_shares(database);
  database.exec("DROP TABLE taken_back");
}

TakenBack chosen(SQLite::Database& database) {
  SQLite::Statement row(database,
                        "SELECT coalesce(sum(kept), 0), count(*) FROM "
                        "taken_back");
  row.executeStep();
  int64_t kept = row.getColumn(0).getInt64();
  return {kept, row.getColumn(1).getInt64() - kept};
}

}  // namespace

void supersede(SQLite::Database& database,
               const std::vector<int64_t>& versions) {
  choose(database, made_by(versions));
  take_back_chosen(database);
}

TakenBack would_supersede(SQLite::Database& database,
                          const std::vector<int64_t>& versions) {
  choose(database, made_by(versions));
  return chosen(database);
}

void take_back(SQLite::Database& database, const std::vector<int64_t>& slots) {
  choose(database, of_slots(database, slots));
  take_back_chosen(database);
}

TakenBack would_take_back(SQLite::Database& database,
                          const std::vector<int64_t>& slots) {
  choose(database, of_slots(database, slots));
  return chosen(database);
}

}  // namespace simulate
