// What a Ledger writes of jobs, of judges and of marks.
// Tested by tests/store/job_rows_test.cpp.
#include "simulator/store/keys.h"
#include "simulator/store/ledger.h"
#include "simulator/store/reply_columns.h"

namespace simulate {

void Ledger::put(const JobRow& change) {
  statements_.run("INSERT INTO jobs(job, kind, settings) VALUES (?1, ?2, ?3)",
                  change.job, change.kind, change.settings);
}

void Ledger::put(const ItemRow& change) {
  statements_.replace(item_columns(), change);
}

void Ledger::put(const VerdictRow& change) {
  statements_.replace(verdict_columns(), change);
}

void Ledger::put(const MarksGiven& change) {
  if (!change.among) {
    statements_.run("DELETE FROM marks WHERE mark = ?1", change.mark);
  }
  for (AttemptKey key : change.among.value_or(std::vector<AttemptKey>())) {
    statements_.run(
        "DELETE FROM marks WHERE mark = ?1 AND slot = ?2 AND "
        "attempt = ?3",
        change.mark, key.slot, key.attempt);
  }
  for (const auto& [key, note] : change.notes) {
    statements_.run(
        "INSERT INTO marks(slot, attempt, mark, note) "
        "VALUES (?1, ?2, ?3, ?4)",
        key.slot, key.attempt, change.mark, note);
  }
}

void Ledger::put(const ItemReply& change) {
  SQLite::Statement& row =
      statements_.insert(item_reply_columns(), change.reply);
  row.bind(":reply", reply_key(change.reply.key, change.reply.seq));
  row.exec();
}

}  // namespace simulate
