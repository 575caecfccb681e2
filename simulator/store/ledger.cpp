#include "simulator/store/ledger.h"

#include <sqlite3.h>

#include "simulator/base/error.h"
#include "simulator/base/hash.h"
#include "simulator/export/record.h"
#include "simulator/store/guarded.h"
#include "simulator/store/keys.h"
#include "simulator/store/ledger_trouble.h"
#include "simulator/store/reply_columns.h"
#include "simulator/store/schema.h"
#include "simulator/store/share_sums.h"
#include "simulator/store/supersede.h"
#include "simulator/store/texts.h"
#include "simulator/store/tool_states.h"
#include "simulator/store/transcripts.h"

namespace simulate {

namespace {

std::string file_of(const std::filesystem::path& path) {
  return path.empty() ? ":memory:" : path.string();
}

SQLite::Database open_database(const std::filesystem::path& path) {
  refuse_unless_file(path);
  try {
    SQLite::Database database(
        file_of(path), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 5000);
    guard(database);
    return database;
  } catch (const SQLite::Exception& failure) {
    throw_ledger_trouble(path.string(), "opened", failure);
  }
}

}  // namespace

Ledger::Ledger(const std::filesystem::path& path, ToolSyntax syntax)
    : database_(open_database(path)),
      syntax_(syntax),
      statements_(database_),
      reader_(database_) {
  try {
    set_up();
  } catch (const SQLite::Exception& failure) {
    throw_ledger_trouble(path.string(), "used", failure);
  }
}

void Ledger::set_up() {
  refuse_unless_ledger(database_);
  database_.exec("PRAGMA journal_mode = WAL");
  prepare_schema(database_);
  database_.exec("PRAGMA synchronous = FULL");
}

void Ledger::give_up() {
  sqlite3_db_config(database_.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
                    nullptr);
}

std::vector<std::string> Ledger::apply(std::vector<Change*>& changes,
                                       bool durable) {
  records_.clear();
  try {
    make_durable(durable);
    statements_.run("BEGIN IMMEDIATE");
    for (Change* change : changes) {
      std::visit([this](const auto& what) { put(what); }, *change);
    }
    statements_.run("COMMIT");
  } catch (const SQLite::Exception& failure) {
    int error = sqlite3_system_errno(database_.getHandle());
    roll_back();
    throw_ledger_trouble(database_.getFilename(), "written", failure, error);
  } catch (...) {
    roll_back();
    throw;
  }
  return std::move(records_);
}

// A failed COMMIT may have rolled back by itself.
void Ledger::roll_back() {
  if (sqlite3_get_autocommit(database_.getHandle())) return;
  database_.tryExec("ROLLBACK");
}

// NORMAL loses acknowledged commits in a power cut but not when the process
// dies; it is for what the next synced commit carries along.
void Ledger::make_durable(bool durable) {
  if (durable == durable_) return;
  durable_ = durable;
  database_.exec(durable ? "PRAGMA synchronous = FULL"
                         : "PRAGMA synchronous = NORMAL");
}

void Ledger::add_to_counter(const char* name, int64_t amount) {
  statements_.run("UPDATE counters SET value = value + ?1 WHERE name = ?2",
                  amount, name);
}

// A few rows that were written a moment ago.
void Ledger::add_usage(AttemptKey key) {
  KeyRange replies = replies_of(key);
  statements_.run(
      "INSERT INTO usage(provider, model, role, replies, input_tokens, "
      "output_tokens) SELECT provider, model, role, count(*), "
      "sum(input_tokens), sum(output_tokens) FROM replies WHERE "
      "reply BETWEEN ?1 AND ?2 GROUP BY provider, model, role ON "
      "CONFLICT DO UPDATE SET replies = replies + excluded.replies, "
      "input_tokens = input_tokens + excluded.input_tokens, "
      "output_tokens = output_tokens + excluded.output_tokens",
      replies.first, replies.last);
}

void Ledger::add_costs(const Conversation& kept) {
  Cost cost;
  cost.add(kept);
  add_to_counter("measured", cost.conversations);
  for (const CostSum& one : kCostSums) add_to_counter(one.name, cost.*one.sum);
}

void Ledger::add_findings(const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) {
    statements_.run(
        "INSERT INTO findings(provider, model, role, guard, replies) "
        "VALUES (?1, ?2, ?3, ?4, 1) ON CONFLICT DO UPDATE SET replies = "
        "replies + 1",
        finding.player.provider, finding.player.model, role_name(finding.role),
        finding.guard);
  }
}

void Ledger::put(const AttemptBegun& change) {
  if (change.key.attempt > kMostAttempts) {
    throw Fatal("slot " + std::to_string(change.key.slot) + " was tried " +
                std::to_string(kMostAttempts) +
                " times; begin another run with --output");
  }
  statements_.run(
      "INSERT INTO storylines(storyline, provider) VALUES (?1, ?2) ON CONFLICT "
      "DO UPDATE SET provider = excluded.provider",
      change.storyline, change.provider);
  statements_.run(
      "INSERT INTO attempts(slot, attempt, version) VALUES (?1, ?2, "
      "?3) ON CONFLICT DO UPDATE SET status = 'running', version = "
      "excluded.version",
      change.key.slot, change.key.attempt, change.version);
}

void Ledger::put(const AttemptEnded& change) {
  statements_.run(
      "UPDATE attempts SET status = ?3, reason = ?4, detail = ?5 "
      "WHERE slot = ?1 AND attempt = ?2",
      change.key.slot, change.key.attempt, change.status, change.reason,
      change.detail);
  bool failed = change.status == "failed";
  bool next = failed || change.status == "outdated";
  statements_.run(
      "UPDATE slots SET attempt = attempt + ?2, failures = failures "
      "+ ?3, status = ?4 WHERE slot = ?1",
      change.key.slot, next ? 1 : 0, failed ? 1 : 0,
      change.abandons ? "abandoned" : "open");
  if (next) {
    add_usage(change.key);
    add_findings(change.findings);
  }
  if (failed) {
    statements_.run(
        "INSERT INTO failures(reason, attempts, example) "
        "VALUES (?1, 1, ?2) ON CONFLICT DO "
        "UPDATE SET attempts = attempts + 1, example = "
        "excluded.example",
        change.reason, change.detail);
  }
  if (change.abandons) {
    add_to_counter("abandoned", 1);
    Shares given_up;
    count_given_up(given_up, reader_.slot(change.key.slot).value_or(Slot()));
    add_to_shares(statements_, given_up);
  }
  if (change.replacement) {
    put_slot(*change.replacement);
    add_to_counter("storylines", 1);
  }
}

void Ledger::put(const VersionBegun& change) {
  for (const std::string& text : change.texts) keep_text(statements_, text);
  std::string hash = keep_text(statements_, change.settings);
  statements_.run("INSERT INTO versions(version, settings) VALUES (?1, ?2)",
                  change.version, hash);
}

void Ledger::put(const RecordedReply& change) {
  SQLite::Statement& row = statements_.insert(reply_columns(), change);
  row.bind(":reply", reply_key(change.key, change.seq));
  row.exec();
}

void Ledger::put(const RecordedRound& change) {
  SQLite::Statement& row = statements_.insert(round_columns(), change);
  row.bind(":round", reply_key(change.key, change.seq));
  row.exec();
}

void Ledger::put(const Tally& change) {
  for (const auto& [provider, lane] : change.lanes) {
    statements_.run(
        "INSERT INTO lanes(provider, calls, rate_limited, retries, "
        "maybe_billed, seconds_per_call, rests_for, rests_until) VALUES "
        "(?1, ?2, ?3, ?4, ?5, ?6, ?7, "
        "strftime('%s', 'now') + ?7) ON CONFLICT DO UPDATE SET calls = "
        "calls + ?2, rate_limited = rate_limited + ?3, retries = retries "
        "+ ?4, maybe_billed = maybe_billed + ?5, seconds_per_call = ?6, "
        "rests_for = ?7, rests_until = excluded.rests_until",
        provider, lane.calls, lane.rate_limited, lane.retries,
        lane.maybe_billed, lane.seconds_per_call, lane.backoff.count());
  }
}

void Ledger::put(const Interrupted&) {
  statements_.run(
      "UPDATE attempts SET status = 'parked', reason = "
      "'interrupted' WHERE status = 'running'");
  add_to_counter("cut_off", database_.getChanges());
}

void Ledger::put(const Superseded& change) {
  supersede(database_, change.versions);
}

// The record is rendered inside the transaction, so that its length and hash
// stand beside the conversation that it is made from.
void Ledger::put(const Conversation& change) {
  std::string record = render_record(change, syntax_);
  auto bytes = static_cast<int64_t>(record.size());
  int64_t slot = change.slot.number;
  write_conversation(statements_, change,
                     {kRecordVersion, bytes, content_hash(record)});
  statements_.run("UPDATE slots SET status = 'kept' WHERE slot = ?1", slot);
  statements_.run(
      "UPDATE attempts SET status = 'kept' WHERE slot = ?1 AND "
      "attempt = ?2",
      slot, change.attempt);
  add_usage({slot, change.attempt});
  add_findings(change.findings);
  KeptState after{change.slot.storyline, change.slot.session, change.state};
  statements_.insert(state_columns(), after).exec();
  add_to_counter("kept", 1);
  add_costs(change);
  add_to_counter("record_bytes", bytes);
  if (change.verdict) {
    put(VerdictRow{{slot, change.attempt}, *change.verdict});
  }
  Shares kept;
  count_kept(kept, change.slot, change.outcome());
  add_to_shares(statements_, kept);
  records_.push_back(std::move(record));
}

}  // namespace simulate
