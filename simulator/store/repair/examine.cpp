#include "simulator/store/repair/examine.h"

#include <SQLiteCpp/Backup.h>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/hash.h"
#include "simulator/base/text.h"
#include "simulator/export/record.h"
#include "simulator/store/guarded.h"
#include "simulator/store/ledger_totals.h"
#include "simulator/store/read_only.h"
#include "simulator/store/row_hash.h"
#include "simulator/store/schema.h"
#include "simulator/store/share_sums.h"
#include "tools/tool_state.h"

namespace simulate {

namespace {

constexpr size_t kMostNamed = 5;  // of one kind

using Findings = std::vector<std::string>;

int64_t number_in(SQLite::Database& database, const std::string& sql) {
  return database.execAndGet(sql).getInt64();
}

void refuse_foreign(SQLite::Database& database, Findings& damage) {
  const std::string& file = database.getFilename();
  if (number_in(database, "PRAGMA application_id") != kLedgerApplicationId) {
    if (!database.tableExists("tool_states")) {
      throw BadUsage(file + " is no ledger of simulate");
    }
    damage.push_back("its mark as a ledger of simulate is gone");
  }
  if (number_in(database, "PRAGMA user_version") > kLedgerVersion) {
    throw BadUsage(file + " was written by a newer version of simulate");
  }
  std::string foreign =
      foreign_part(database, number_in(database, "PRAGMA user_version"));
  if (foreign.empty()) return;
  damage.push_back("its schema is not one of ours: it has " + foreign);
}

void look_at_pages(SQLite::Database& database, Findings& damage) {
  SQLite::Statement row(database, "PRAGMA quick_check(5)");
  while (row.executeStep()) {
    std::string what = row.getColumn(0).getString();
    if (what != "ok") damage.push_back("SQLite says: " + what);
  }
}

// Whoever is kept needs the text of a persona no more.
void look_at_open_slots(SQLite::Database& database, Findings& damage) {
  int64_t nobodys = number_in(
      database,
      "SELECT count(*) FROM slots WHERE status = 'open' AND persona_text NOT "
      "IN (SELECT hash FROM texts)");
  if (nobodys == 0) return;
  damage.push_back("nobody knows who plays " + std::to_string(nobodys) +
                   " of the open slots");
}

void look_at_situations(SQLite::Database& database, Findings& damage) {
  int64_t untold = number_in(
      database,
      "SELECT count(*) FROM slots WHERE status = 'open' AND situations <> '' "
      "AND situations NOT IN (SELECT hash FROM texts)");
  if (untold == 0) return;
  damage.push_back("nobody knows what is to happen in " +
                   std::to_string(untold) + " of the open slots");
}

void look_at_references(SQLite::Database& database, Findings& damage) {
  SQLite::Statement row(database,
                        "SELECT \"table\", parent, count(*) FROM "
                        "pragma_foreign_key_check WHERE \"table\" <> 'slots' "
                        "GROUP BY 1, 2");
  while (row.executeStep()) {
    damage.push_back(row.getColumn(2).getString() + " rows of " +
                     row.getColumn(0).getString() + " belong to rows of " +
                     row.getColumn(1).getString() + " that are missing");
  }
}

void look_at_texts(SQLite::Database& database, Findings& damage) {
  SQLite::Statement row(database, "SELECT hash, body FROM texts");
  int64_t wrong = 0;
  while (row.executeStep()) {
    std::string body = row.getColumn(1).getString();
    wrong += content_hash(body) != row.getColumn(0).getString();
  }
  if (wrong == 0) return;
  damage.push_back(std::to_string(wrong) +
                   " prompts, personas or settings are not what was saved");
}

// One bit is enough.
void look_at_hashes(SQLite::Database& database, Findings& damage) {
  for (const HashedTable& table : hashed_tables()) {
    int64_t wrong = number_in(database, "SELECT count(*) FROM " + table.name +
                                            " WHERE NOT " + table.intact);
    if (wrong == 0) continue;
    damage.push_back(std::to_string(wrong) + " " + table.rows +
                     " are not what was saved");
  }
}

// One that the tools cannot read would end the run.
void look_at_states(SQLite::Database& database, Findings& damage) {
  SQLite::Statement row(database, "SELECT state FROM tool_states");
  int64_t wrong = 0;
  while (row.executeStep()) {
    wrong += !is_readable_state(row.getColumn(0).getString());
  }
  if (wrong == 0) return;
  damage.push_back("what the tools remember cannot be read after " +
                   std::to_string(wrong) + " conversations");
}

struct Sum {
  const char* counter;
  const char* of_rows;
};

constexpr Sum kSums[] = {
    {"kept", "SELECT count(*) FROM conversations"},
    {"kept", "SELECT coalesce(max(commit_no), 0) FROM conversations"},
    {"kept", "SELECT count(*) FROM slots WHERE status = 'kept'"},
    {"record_bytes",
     "SELECT coalesce(sum(record_bytes), 0) FROM conversations"},
    {"abandoned", "SELECT count(*) FROM slots WHERE status = 'abandoned'"},
    {"planned_slots",
     "SELECT max(coalesce((SELECT max(slot) FROM slots), 0), coalesce((SELECT "
     "max(reply) FROM replies) >> 24, 0))"},
    {"planned_places", "SELECT coalesce(max(place), 0) FROM slots"},
    {"planned_places",
     "SELECT count(DISTINCT place) FROM slots WHERE status IN ('open', "
     "'kept')"},
    {"wave", "SELECT coalesce(max(wave), 0) FROM waves"},
};

void look_at_counters(SQLite::Database& database, Findings& damage) {
  SQLite::Statement row(database,
                        "SELECT name, value FROM counters WHERE NOT " +
                            is_plausible_counter_sql());
  while (row.executeStep()) {
    damage.push_back("the counter " + quotable(row.getColumn(0).getString()) +
                     " says " + quotable(row.getColumn(1).getString()) +
                     ", which no run does");
  }
}

void look_at_sum(SQLite::Database& database, const std::string& counter,
                 const std::string& of_rows, Findings& damage) {
  SQLite::Statement row(database, "SELECT value FROM counters WHERE name = ?1");
  row.bind(1, counter);
  std::string counted = row.executeStep() ? row.getColumn(0).getString() : "";
  std::string found = database.execAndGet(of_rows).getString();
  if (counted == found) return;
  damage.push_back("the counter " + counter + " is " +
                   (counted.empty() ? "missing" : counted) + ", the rows say " +
                   found);
}

void look_at_sums(SQLite::Database& database, Findings& damage) {
  for (const Sum& sum : kSums) {
    look_at_sum(database, sum.counter, sum.of_rows, damage);
  }
  for (const CostCounter& counter : cost_counters()) {
    look_at_sum(database, counter.name, counter.of_rows, damage);
  }
}

void look_at_shares(SQLite::Database& database, Findings& damage) {
  if (read_shares(database) == counted_shares(database)) return;
  damage.push_back(
      "how often each situation came out is not what the rows say");
}

// Of an older version every record was rendered in another way, and is
// rendered anew when the run goes on.
void look_at_records(LedgerReader& reader, int64_t records, Findings& damage) {
  ToolSyntax syntax = reader.syntax();
  size_t wrong = 0;
  for (int64_t number = 1; number <= records; ++number) {
    if (reader.record_version_of(number) != kRecordVersion) continue;
    if (renders_as_saved(reader, number, syntax)) continue;
    if (++wrong > kMostNamed) continue;
    damage.push_back("saved conversation number " + std::to_string(number) +
                     " is not what was saved");
  }
  if (wrong <= kMostNamed) return;
  damage.push_back("and " + std::to_string(wrong - kMostNamed) +
                   " more conversations are not");
}

void look_at_file(LedgerReader& reader, const std::filesystem::path& output,
                  Findings& findings) {
  if (reader.counters().rebuild != 0) return;
  std::string trouble = TrainingFile(output).examine(reader);
  if (!trouble.empty()) findings.push_back(trouble);
}

// One moment of a run that may be under way.
void look_at_rows(SQLite::Database& database, Examination& result,
                  const std::filesystem::path& output, bool under_way) {
  SQLite::Transaction moment(database);
  look_at_counters(database, result.damage);
  if (!result.damage.empty()) return;  // keys are made from them
  LedgerReader reader(database);
  result.conversations = reader.records();
  look_at_references(database, result.damage);
  look_at_open_slots(database, result.damage);
  look_at_situations(database, result.damage);
  look_at_sums(database, result.damage);
  look_at_shares(database, result.damage);
  look_at_texts(database, result.damage);
  look_at_hashes(database, result.damage);
  look_at_states(database, result.damage);
  if (!result.damage.empty()) return;
  look_at_records(reader, result.conversations, result.damage);
  if (!under_way) look_at_file(reader, output, result.file);
}

void look_at_all(SQLite::Database& database, Examination& result,
                 const std::filesystem::path& output, bool under_way) {
  refuse_foreign(database, result.damage);
  if (!result.damage.empty()) return;  // nothing of it is run
  look_at_pages(database, result.damage);
  if (!result.damage.empty()) return;  // what follows would drown it
  if (number_in(database, "PRAGMA user_version") == kLedgerVersion) {
    look_at_rows(database, result, output, under_way);
    return;
  }
  // Its tables are not the ones that the rest looks at: a copy, which SQLite
  // deletes, is brought up to date instead of it.
  SQLite::Database copy("", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  guard(copy);
  SQLite::Backup(copy, database).executeStep();
  prepare_schema(copy);
  look_at_rows(copy, result, output, under_way);
}

}  // namespace

Examination examine(const std::filesystem::path& ledger,
                    const std::filesystem::path& output, bool under_way) {
  Examination result;
  refuse_unless_file(ledger);
  try {
    auto database = open_read_only(ledger, under_way);
    look_at_all(*database, result, output, under_way);
  } catch (const SQLite::Exception& error) {
    result.damage.push_back(std::string("SQLite says: ") + error.what());
  } catch (const Fatal&) {
    throw;
  } catch (const std::exception& error) {
    result.damage.push_back(std::string("it cannot be read: ") + error.what());
  }
  return result;
}

bool is_readable_state(const std::string& state) {
  try {
    tables_of(ToolState{state});
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

bool renders_as_saved(LedgerReader& reader, int64_t number, ToolSyntax syntax) {
  try {
    std::string record = render_record(reader.conversation(number), syntax);
    return content_hash(record) == reader.known_record(number).hash;
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace simulate
