#include "simulator/store/repair/repair.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include <cerrno>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "simulator/store/ledger_totals.h"
#include "simulator/store/rebuild.h"
#include "simulator/store/repair/damaged.h"
#include "simulator/store/repair/examine.h"
#include "simulator/store/repair/mend_conversations.h"
#include "simulator/store/repair/mend_plan.h"
#include "simulator/store/repair/salvage.h"
#include "simulator/store/row_hash.h"
#include "simulator/store/share_sums.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

constexpr size_t kMostNamed = 20;

fs::path ledger_of(fs::path output) { return output.replace_extension(".db"); }

// Where the new files are made; gone at the end, whatever happens.
class Workshop {
 public:
  explicit Workshop(const fs::path& output) {
    fs::path beside = fs::absolute(output).parent_path();
    std::string name = (beside / "repairing-XXXXXX").string();
    if (!::mkdtemp(name.data())) {
      throw Fatal("cannot make a folder in " + beside.string() + ": " +
                  disk_trouble(errno));
    }
    folder_ = name;
  }
  Workshop(const Workshop&) = delete;
  ~Workshop() {
    std::error_code none;
    fs::remove_all(folder_, none);
  }
  const fs::path& folder() const { return folder_; }

 private:
  fs::path folder_;
};

// run.repaired.json, or the next number of which there is neither a file nor a
// ledger.
fs::path free_name(const fs::path& output) {
  for (int number = 1;; ++number) {
    std::string middle = ".repaired";
    if (number > 1) middle += "." + std::to_string(number);
    fs::path name = output;
    name.replace_extension(middle + output.extension().string());
    std::error_code none;
    if (!fs::exists(name, none) && !fs::exists(ledger_of(name), none)) {
      return name;
    }
  }
}

void move_to_its_place(const fs::path& from, const fs::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(),
                  RENAME_NOREPLACE) != 0) {
    throw Fatal("cannot write " + to.string() + ": " + disk_trouble(errno));
  }
}

void refuse_if_nothing_is_left(SQLite::Database& database,
                               const fs::path& ledger) {
  for (const char* table : {"slots", "conversations", "replies"}) {
    if (number_from(database, std::string("SELECT count(*) FROM ") + table)) {
      return;
    }
  }
  throw BadUsage("nothing of a ledger can be recovered from " +
                 ledger.string() + "; it was not touched");
}

// All work is on files that nobody knows yet, so only the end is synced.
void sync_at_the_end(SQLite::Database& database) {
  database.exec("PRAGMA synchronous = FULL");
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
}

// They are counted anew.
void forget_wild_counters(SQLite::Database& database) {
  database.exec("UPDATE counters SET value = 0 WHERE NOT " +
                is_plausible_counter_sql());
}

// What is not what was saved is as good as lost.
void drop_damaged_rows(SQLite::Database& database) {
  for (const HashedTable& table : hashed_tables()) {
    database.exec("DELETE FROM " + table.name + " WHERE NOT " + table.intact);
  }
}

void hash_what_was_mended(SQLite::Database& database) {
  for (const HashedTable& table : hashed_tables()) {
    database.exec("UPDATE " + table.name + " SET row_hash = " + table.hashed +
                  " WHERE row_hash IS NULL OR NOT " + table.intact);
  }
}

Recovered make_anew(const fs::path& damaged, const fs::path& folder,
                    const fs::path& made,
                    const std::vector<std::string>& spare_texts) {
  auto from = open_damaged(damaged, folder);
  Ledger ledger(ledger_of(made), ToolSyntax::python);
  SQLite::Database& database = ledger.database();
  database.exec("PRAGMA synchronous = OFF");
  salvage(*from, database);
  refuse_if_nothing_is_left(database, damaged);
  LedgerReader reader(database);
  SQLite::Transaction transaction(database,
                                  SQLite::TransactionBehavior::IMMEDIATE);
  forget_wild_counters(database);
  Recovered result = count_before(database);
  drop_damaged_rows(database);
  result.notes = mend_plan(ledger, reader, spare_texts);
  mend_conversations(ledger, reader, result);
  for (std::string& note : recast_open_slots(ledger, reader)) {
    result.notes.push_back(std::move(note));
  }
  recount_shares(database);
  hash_what_was_mended(database);
  transaction.commit();
  rebuild_training_file(ledger, reader, made);
  sync_at_the_end(database);
  return result;
}

std::string many(int64_t number) {
  std::string text = std::to_string(number);
  for (auto at = static_cast<int>(text.size()) - 3; at > 0; at -= 3) {
    text.insert(static_cast<size_t>(at), ",");
  }
  return text;
}

std::string names_of(const std::vector<int64_t>& slots) {
  std::vector<std::string> names;
  for (int64_t slot : slots) {
    if (names.size() < kMostNamed) names.push_back(conversation_id(slot));
  }
  std::string text = joined(names, ", ");
  size_t left = slots.size() - names.size();
  if (left > 0) text += " and " + many(static_cast<int64_t>(left)) + " more";
  return text;
}

std::string of_the_lost(const Recovered& recovered) {
  auto named = static_cast<int64_t>(recovered.again.size());
  int64_t lost = recovered.saved - recovered.kept;
  std::string text = named == 0 ? "" : names_of(recovered.again) + ": ";
  if (lost > named) {
    text += many(lost - named) + " more of which no number is known: ";
  }
  text += "lost, and made again by the next run";
  if (recovered.from_replies == 0) return text + ".";
  return text + ", " + many(recovered.from_replies) +
         " of them from their recorded replies, as far as these reach.";
}

std::vector<std::string> report_of(const Recovered& recovered) {
  std::vector<std::string> report;
  report.push_back(many(recovered.kept) + " of " + many(recovered.saved) +
                   " saved conversations and " + many(recovered.replies) +
                   " replies are recovered.");
  if (recovered.kept < recovered.saved) {
    report.push_back(of_the_lost(recovered));
  }
  if (recovered.replies_lost > 0) {
    report.push_back("At least " + many(recovered.replies_lost) +
                     " replies are lost; their tokens are no longer counted.");
  }
  if (recovered.states_lost > 0) {
    report.push_back("What the tools remembered after " +
                     many(recovered.states_lost) +
                     " conversations is lost; a storyline goes on with what "
                     "is left from before.");
  }
  for (const std::string& note : recovered.notes) report.push_back(note);
  return report;
}

}  // namespace

Repair repair(const fs::path& output,
              const std::vector<std::string>& spare_texts) {
  Repair result;
  fs::path ledger = ledger_of(output);
  Examination found = examine(ledger, output, /*under_way=*/false);
  if (found.damage.empty()) {
    result.report.push_back("Nothing is wrong with " + ledger.string() +
                            "; nothing was written.");
    return result;
  }
  Workshop workshop(output);
  fs::path made = workshop.folder() / ("run" + output.extension().string());
  Recovered recovered = make_anew(ledger, workshop.folder(), made, spare_texts);
  result.output = free_name(output);
  // The ledger first: a training file that is missing is written again.
  move_to_its_place(ledger_of(made), ledger_of(result.output));
  move_to_its_place(made, result.output);
  result.lost_something = recovered.lost_something();
  result.report = report_of(recovered);
  result.report.push_back(ledger.string() +
                          " was not touched; go on with "
                          "--output " +
                          result.output.string());
  return result;
}

}  // namespace simulate
