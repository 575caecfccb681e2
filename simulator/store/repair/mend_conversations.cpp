#include "simulator/store/repair/mend_conversations.h"

#include <algorithm>
#include <set>

#include "simulator/base/error.h"
#include "simulator/export/record.h"
#include "simulator/store/keys.h"
#include "simulator/store/ledger_totals.h"
#include "simulator/store/repair/examine.h"
#include "simulator/store/repair/mend_plan.h"

namespace simulate {

namespace {

// Of a record that an older version rendered there is no hash to compare with:
// its messages and calls follow each other without a gap, and the assistant
// has the last word.
bool is_without_gaps(SQLite::Database& database, int64_t slot) {
  std::string of =
      " FROM messages WHERE message " + between_sql(messages_of(slot));
  int64_t rows =
      number_from(database, "SELECT count(*)" + of) +
      number_from(database, "SELECT count(*) FROM tool_calls WHERE slot = " +
                                std::to_string(slot));
  int64_t last = number_from(database, "SELECT max(position)" + of);
  bool answered =
      number_from(database, "SELECT speaker = 'assistant'" + of +
                                " ORDER BY message DESC LIMIT 1") != 0;
  return answered && rows == last + 1;
}

// All rows carry hashes, and are as many as were written.
bool is_whole(SQLite::Database& database, int64_t slot) {
  std::string number = std::to_string(slot);
  return is_without_gaps(database, slot) &&
         number_from(database,
                     "SELECT messages > 0 AND conversations.row_hash IS NOT "
                     "NULL AND "
                     "messages = (SELECT max(position) + 1 FROM messages WHERE "
                     "message " +
                         between_sql(messages_of(slot)) +
                         ") FROM conversations JOIN slots USING (slot) WHERE "
                         "slot = " +
                         number) != 0;
}

class Judge {
 public:
  Judge(SQLite::Database& database, LedgerReader& reader)
      : database_(database), reader_(reader), syntaxes_({reader.syntax()}) {
    if (!reader.latest_settings()) syntaxes_.push_back(ToolSyntax::json);
  }

  // One of which every row is there although its record came out otherwise has
  // lost what stood elsewhere, in the plan or in a text: it is rendered anew.
  bool accepts(int64_t number, int64_t slot) {
    if (renders(number)) return true;
    int version = reader_.record_version_of(number);
    if (version >= 1 && version < kRecordVersion) {
      return is_without_gaps(database_, slot);
    }
    if (!is_whole(database_, slot)) return false;
    database_.exec("UPDATE conversations SET record_version = " +
                   std::to_string(kRecordVersion - 1) +
                   " WHERE commit_no = " + std::to_string(number));
    return true;
  }

 private:
  bool renders(int64_t number) {
    for (ToolSyntax syntax : syntaxes_) {
      if (renders_as_saved(reader_, number, syntax)) return true;
    }
    return false;
  }

  SQLite::Database& database_;
  LedgerReader& reader_;
  std::vector<ToolSyntax> syntaxes_;
};

void drop_unproven(SQLite::Database& database, LedgerReader& reader) {
  Judge judge(database, reader);
  std::vector<std::pair<int64_t, int64_t>> all;
  SQLite::Statement row(database, "SELECT commit_no, slot FROM conversations");
  while (row.executeStep()) {
    all.emplace_back(row.getColumn(0).getInt64(), row.getColumn(1).getInt64());
  }
  row.reset();
  SQLite::Statement remove(database,
                           "DELETE FROM conversations WHERE commit_no = ?1");
  for (const auto& [number, slot] : all) {
    if (judge.accepts(number, slot)) continue;
    remove.reset();
    remove.bind(1, number);
    remove.exec();
  }
}

// The statuses follow what is kept; the rest is unfinished or of no use.
constexpr const char* kFollowWhatIsKept = R"sql(
DELETE FROM messages WHERE slot NOT IN (SELECT slot FROM conversations);
DELETE FROM tool_calls WHERE slot NOT IN (SELECT slot FROM conversations);
UPDATE conversations SET offered = NULL, tools_text_at = NULL,
  tools_text_size = NULL, row_hash = NULL
  WHERE offered NOT IN (SELECT hash FROM texts);
UPDATE slots SET status = 'kept' WHERE slot IN
  (SELECT slot FROM conversations);
UPDATE slots SET status = 'open' WHERE status = 'kept' AND slot NOT IN
  (SELECT slot FROM conversations);
DELETE FROM tool_states WHERE (storyline, session) NOT IN
  (SELECT storyline, session FROM slots WHERE status = 'kept');
DELETE FROM attempts WHERE slot NOT IN (SELECT slot FROM slots);
DELETE FROM marks WHERE slot NOT IN (SELECT slot FROM slots);
DELETE FROM verdicts WHERE slot NOT IN (SELECT slot FROM slots);
DELETE FROM items WHERE job NOT IN (SELECT job FROM jobs);
INSERT OR REPLACE INTO attempts(slot, attempt, version, status)
  SELECT slot, attempt, coalesce(
    (SELECT version FROM attempts WHERE attempts.slot = conversations.slot AND
     attempts.attempt = conversations.attempt),
    (SELECT max(version) FROM versions), 1), 'kept' FROM conversations;
UPDATE attempts SET version = coalesce(
    (SELECT max(version) FROM versions WHERE version < attempts.version),
    (SELECT min(version) FROM versions), version)
  WHERE version NOT IN (SELECT version FROM versions);
UPDATE attempts SET status = 'superseded', reason = 'repaired'
  WHERE status IN ('kept', 'running', 'parked') AND slot IN
    (SELECT slot FROM slots WHERE status <> 'open') AND (slot, attempt) NOT IN
    (SELECT slot, attempt FROM conversations);
)sql";

// A state that the tools cannot read would end the run.
void drop_unreadable_states(SQLite::Database& database) {
  SQLite::Statement row(database, "SELECT rowid, state FROM tool_states");
  std::vector<int64_t> unreadable;
  while (row.executeStep()) {
    if (is_readable_state(row.getColumn(1).getString())) continue;
    unreadable.push_back(row.getColumn(0).getInt64());
  }
  row.reset();
  for (int64_t state : unreadable) {
    database.exec("DELETE FROM tool_states WHERE rowid = " +
                  std::to_string(state));
  }
}

void put_attempt(SQLite::Database& database, int64_t slot, int attempt,
                 const std::string& status) {
  SQLite::Statement put(
      database,
      "INSERT INTO attempts(slot, attempt, version, status, reason) VALUES "
      "(?1, ?2, coalesce((SELECT max(version) FROM versions), 1), ?3, "
      "'repaired') ON CONFLICT DO UPDATE SET status = excluded.status, reason "
      "= excluded.reason");
  put.bind(1, slot);
  put.bind(2, attempt);
  put.bind(3, status);
  put.exec();
}

struct Begun {
  int attempt = 1;     // the highest that anybody knows of
  std::string status;  // empty when its row is missing
  int64_t replies = 0;
  bool from_the_first = true;  // its replies have no gap
};

Begun begun_of(SQLite::Database& database, const OpenSlot& open) {
  int64_t slot = open.slot.number;
  Begun begun;
  std::string replies = "reply " + between_sql(replies_of_slot(slot));
  begun.attempt = static_cast<int>(number_from(
      database,
      "SELECT max(" + std::to_string(open.attempt) +
          ", coalesce((SELECT max(attempt) FROM attempts WHERE slot = " +
          std::to_string(slot) +
          "), 0), coalesce((SELECT max(attempt) FROM replies WHERE " + replies +
          "), 0))"));
  std::string of = " FROM replies WHERE reply " +
                   between_sql(replies_of(AttemptKey{slot, begun.attempt}));
  begun.replies = number_from(database, "SELECT count(*)" + of);
  begun.from_the_first =
      begun.replies ==
      number_from(database, "SELECT coalesce(max(seq) + 1, 0)" + of);
  SQLite::Statement row(
      database, "SELECT status FROM attempts WHERE slot = ?1 AND attempt = ?2");
  row.bind(1, slot);
  row.bind(2, begun.attempt);
  if (row.executeStep()) begun.status = row.getColumn(0).getString();
  return begun;
}

// Returns how many replies the slot goes on from.
int64_t reopen(SQLite::Database& database, const OpenSlot& open) {
  Begun begun = begun_of(database, open);
  int64_t slot = open.slot.number;
  int attempt = begun.attempt;
  bool over = begun.status == "failed" || begun.status == "outdated" ||
              begun.status == "superseded";
  bool goes_on = !over && begun.from_the_first;
  if (!goes_on) {
    if (!over) put_attempt(database, slot, attempt, "superseded");
    ++attempt;
  } else if (begun.status == "kept" ||
             (begun.status.empty() && begun.replies > 0)) {
    put_attempt(database, slot, attempt, "parked");
  }
  database.exec(
      "UPDATE attempts SET status = 'superseded', reason = "
      "'repaired' WHERE status IN ('kept', 'running', 'parked') AND "
      "slot = " +
      std::to_string(slot) + " AND attempt <> " + std::to_string(attempt));
  database.exec("UPDATE slots SET attempt = " + std::to_string(attempt) +
                " WHERE slot = " + std::to_string(slot));
  return goes_on ? begun.replies : 0;
}

// Two slots with the same session of a storyline: one of them is wrong, and
// the one that is open can be another's.
void part_twins(SQLite::Database& database) {
  std::vector<int64_t> twins;
  SQLite::Statement row(
      database,
      "SELECT slot FROM (SELECT slot, status, row_number() OVER (PARTITION BY "
      "storyline, session ORDER BY status = 'open', slot) AS rank FROM slots "
      "WHERE status IN ('open', 'kept')) WHERE rank > 1 AND status = 'open'");
  while (row.executeStep()) twins.push_back(row.getColumn(0).getInt64());
  row.reset();
  int64_t storyline = number_from(
      database, "SELECT value FROM counters WHERE name = 'storylines'");
  for (int64_t slot : twins) {
    database.exec("UPDATE slots SET row_hash = NULL, storyline = " +
                  std::to_string(++storyline) +
                  " WHERE slot = " + std::to_string(slot));
  }
  set_counter(database, "storylines", storyline);
}

// A storyline keeps its provider where anybody knows it.
constexpr const char* kProvidersOfStorylines = R"sql(
INSERT OR IGNORE INTO storylines
  SELECT storyline, provider FROM replies JOIN slots USING (slot)
  WHERE role = 'assistant' ORDER BY reply;
)sql";

void mend_sums(SQLite::Database& database) {
  database.exec(kProvidersOfStorylines);
  database.exec("DELETE FROM usage");
  sum_usage_and_failures(database);
  renumber_conversations(database);
  recount_costs(database);
  set_counter(database, "kept",
              number_from(database, "SELECT count(*) FROM conversations"));
  set_counter(
      database, "record_bytes",
      number_from(database,
                  "SELECT coalesce(sum(record_bytes), 0) FROM conversations"));
  set_counter(database, "abandoned",
              number_from(database,
                          "SELECT count(*) FROM slots WHERE status = "
                          "'abandoned'"));
  // A number that replies are left of is not given again.
  set_counter(
      database, "planned_slots",
      std::max(number_from(database, "SELECT max(slot) FROM slots"),
               number_from(database, "SELECT max(reply) >> 24 FROM replies")));
  set_counter(database, "rebuild", 0);
}

}  // namespace

Recovered count_before(SQLite::Database& database) {
  Recovered before;
  database.exec(
      "CREATE TEMP TABLE was_saved AS SELECT slot FROM slots WHERE status = "
      "'kept' UNION SELECT slot FROM conversations UNION SELECT slot FROM "
      "attempts WHERE status = 'kept'");
  int64_t counted =
      number_from(database, "SELECT value FROM counters WHERE name = 'kept'");
  int64_t planned = number_from(
      database, "SELECT value FROM counters WHERE name = 'planned_slots'");
  if (counted <= planned) before.saved = counted;
  before.replies = number_from(database, "SELECT count(*) FROM replies");
  int64_t used = number_from(database, "SELECT sum(replies) FROM usage");
  before.replies_lost = std::max<int64_t>(0, used - before.replies);
  return before;
}

void mend_conversations(Ledger& ledger, LedgerReader& reader,
                        Recovered& result) {
  SQLite::Database& database = ledger.database();
  drop_unproven(database, reader);
  database.exec(kFollowWhatIsKept);
  drop_unreadable_states(database);
  // A number that belongs to no slot was damage.
  database.exec(
      "DELETE FROM was_saved WHERE slot NOT IN (SELECT slot FROM slots)");
  result.saved = std::max(
      result.saved, number_from(database, "SELECT count(*) FROM was_saved"));
  std::set<int64_t> again;
  SQLite::Statement row(database,
                        "SELECT slot FROM was_saved WHERE slot NOT IN (SELECT "
                        "slot FROM conversations)");
  while (row.executeStep()) again.insert(row.getColumn(0).getInt64());
  row.reset();
  for (const OpenSlot& open : reader.open_slots()) {
    bool lost = again.count(open.slot.number) > 0;
    if (reopen(database, open) > 0 && lost) ++result.from_replies;
  }
  part_twins(database);
  result.again.assign(again.begin(), again.end());
  database.exec("DROP TABLE was_saved");
  mend_sums(database);
  result.kept = reader.records();
  result.states_lost =
      result.kept - number_from(database, "SELECT count(*) FROM tool_states");
}

}  // namespace simulate
