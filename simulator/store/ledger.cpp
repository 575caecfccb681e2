#include "simulator/store/ledger.h"

#include <sqlite3.h>

#include <algorithm>

#include "simulator/base/error.h"
#include "simulator/base/hash.h"
#include "simulator/export/record.h"
#include "simulator/store/ledger_trouble.h"
#include "simulator/store/schema.h"
#include "simulator/store/supersede.h"

namespace simulate {

namespace {

std::string file_of(const std::filesystem::path& path) {
  return path.empty() ? ":memory:" : path.string();
}

SQLite::Database open_database(const std::filesystem::path& path) {
  try {
    return SQLite::Database(file_of(path),
                            SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 5000);
  } catch (const SQLite::Exception& failure) {
    throw_ledger_trouble(path.string(), "opened", failure);
  }
}

void bind_all(SQLite::Statement&, int) {}

void bind_one(SQLite::Statement& to, int at, const std::string& value) {
  to.bindNoCopy(at, value);
}
void bind_one(SQLite::Statement& to, int at, const char* value) {
  to.bind(at, value);
}
void bind_one(SQLite::Statement& to, int at, int64_t value) {
  to.bind(at, value);
}
void bind_one(SQLite::Statement& to, int at, double value) {
  to.bind(at, value);
}

template <class First, class... Rest>
void bind_all(SQLite::Statement& to, int at, const First& first,
              const Rest&... rest) {
  if constexpr (std::is_integral_v<First>) {
    bind_one(to, at, static_cast<int64_t>(first));
  } else {
    bind_one(to, at, first);
  }
  bind_all(to, at + 1, rest...);
}

// Empty for an empty list, as most are.
std::string list_text(const std::vector<std::string>& list) {
  return list.empty() ? "" : to_text(Json(list));
}

// Runs one row's statement; its strings outlive the call, so are not copied.
template <class... Values>
void run(SQLite::Statement& statement, const Values&... values) {
  statement.reset();
  bind_all(statement, 1, values...);
  statement.exec();
}

}  // namespace

Ledger::Ledger(const std::filesystem::path& path, ToolSyntax syntax)
    : database_(open_database(path)), syntax_(syntax) {
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
    run(statement("BEGIN IMMEDIATE"));
    for (Change* change : changes) {
      std::visit([this](const auto& what) { put(what); }, *change);
    }
    run(statement("COMMIT"));
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

SQLite::Statement& Ledger::statement(const char* sql) {
  auto& prepared = statements_[sql];
  if (!prepared) {
    prepared = std::make_unique<SQLite::Statement>(database_, sql);
  }
  return *prepared;
}

void Ledger::add_to_counter(const char* name, int64_t amount) {
  run(statement("UPDATE counters SET value = value + ?1 WHERE name = ?2"),
      amount, name);
}

void Ledger::put_text(const std::string& body) {
  std::string hash = content_hash(body);
  run(statement("INSERT OR IGNORE INTO texts(hash, body) VALUES (?1, ?2)"),
      hash, body);
}

void Ledger::put_slot(const Slot& slot) {
  run(statement("INSERT INTO slots(slot, place, wave, storyline, session, "
                "persona, persona_text, situation, topic, style, mood, "
                "opening, appetite, turns, tester_variant, assistant_variant, "
                "seed, starts_at, withheld) VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
                "?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, "
                "?19)"),
      slot.number, slot.place, slot.wave, slot.storyline, slot.session,
      slot.persona, slot.persona_text, slot.situation, slot.topic, slot.style,
      slot.mood, slot.opening, slot.tool_eagerness, slot.turns,
      slot.tester_variant, slot.assistant_variant, slot.seed,
      slot.starts_at.minutes, slot.withheld_tools);
  add_to_counter("planned_slots", 1);
}

// A few rows that were written a moment ago.
void Ledger::add_usage(AttemptKey key) {
  run(statement("INSERT INTO usage SELECT provider, model, role, count(*), "
                "sum(input_tokens), sum(output_tokens) FROM replies WHERE "
                "reply BETWEEN ?1 AND ?2 GROUP BY provider, model, role ON "
                "CONFLICT DO UPDATE SET replies = replies + excluded.replies, "
                "input_tokens = input_tokens + excluded.input_tokens, "
                "output_tokens = output_tokens + excluded.output_tokens"),
      reply_key(key.slot, key.attempt, 0),
      reply_key(key.slot, key.attempt + 1, 0) - 1);
}

void Ledger::put_wave(const Wave& wave) {
  Json hashes = Json::array();
  for (const PlannedPersona& persona : wave.personas) {
    hashes.push_back(persona.text);
  }
  std::string list = to_text(hashes);
  put_text(list);
  std::string list_hash = content_hash(list);
  run(statement("INSERT INTO waves VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
                "?9, ?10, 0, ?11)"),
      wave.wave, wave.first_place, wave.first_storyline, wave.sessions,
      wave.fewest_turns, wave.most_turns, wave.tester_variants,
      wave.assistant_variants, wave.seed, list_hash, wave.optional_tools);
  add_to_counter("wave", 1);
  add_to_counter("storylines", static_cast<int64_t>(wave.personas.size()));
}

void Ledger::put(const Planned& change) {
  for (const Persona& persona : change.personas) {
    put_text(to_text(persona.to_json()));
  }
  if (change.opened) put_wave(*change.opened);
  for (const Slot& slot : change.slots) put_slot(slot);
  add_to_counter("planned_places", static_cast<int64_t>(change.slots.size()));
}

void Ledger::put(const AttemptBegun& change) {
  if (change.key.attempt > kMostAttempts) {
    throw Fatal("slot " + std::to_string(change.key.slot) + " was tried " +
                std::to_string(kMostAttempts) +
                " times; begin another run with --output");
  }
  run(statement("INSERT OR IGNORE INTO storylines(storyline, provider) "
                "VALUES (?1, ?2)"),
      change.storyline, change.provider);
  run(statement("INSERT INTO attempts(slot, attempt, version) VALUES (?1, ?2, "
                "?3) ON CONFLICT DO UPDATE SET status = 'running', version = "
                "excluded.version"),
      change.key.slot, change.key.attempt, change.version);
}

void Ledger::put(const AttemptEnded& change) {
  run(statement("UPDATE attempts SET status = ?3, reason = ?4, detail = ?5 "
                "WHERE slot = ?1 AND attempt = ?2"),
      change.key.slot, change.key.attempt, change.status, change.reason,
      change.detail);
  bool failed = change.status == "failed";
  bool next = failed || change.status == "outdated";
  run(statement("UPDATE slots SET attempt = attempt + ?2, failures = failures "
                "+ ?3, status = ?4 WHERE slot = ?1"),
      change.key.slot, next ? 1 : 0, failed ? 1 : 0,
      change.abandons ? "abandoned" : "open");
  if (next) add_usage(change.key);
  if (failed) {
    run(statement("INSERT INTO failures VALUES (?1, 1, ?2) ON CONFLICT DO "
                  "UPDATE SET attempts = attempts + 1, example = "
                  "excluded.example"),
        change.reason, change.detail);
  }
  if (change.abandons) add_to_counter("abandoned", 1);
  if (change.replacement) {
    put_slot(*change.replacement);
    add_to_counter("storylines", 1);
  }
}

void Ledger::put(const VersionBegun& change) {
  for (const std::string& text : change.texts) put_text(text);
  put_text(change.settings);
  std::string hash = content_hash(change.settings);
  run(statement("INSERT INTO versions(version, settings) VALUES (?1, ?2)"),
      change.version, hash);
}

void Ledger::put(const RecordedReply& change) {
  const ChatReply& reply = change.reply;
  run(statement(
          "INSERT INTO replies(reply, slot, attempt, seq, role, "
          "provider, model, request, content, thinking, finish, "
          "input_tokens, output_tokens, corrects) VALUES (?1, ?2, ?3, ?4, "
          "?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"),
      reply_key(change.key.slot, change.key.attempt, change.seq),
      change.key.slot, change.key.attempt, change.seq, role_name(change.role),
      reply.provider, reply.model, change.request, reply.content,
      reply.thinking, finish_name(reply.finish), reply.usage.input_tokens,
      reply.usage.output_tokens, change.previous_rejection);
}

void Ledger::put(const RecordedRound& change) {
  Json results = Json::array();
  for (const ToolResult& result : change.answer.results) {
    results.push_back({result.call_id, result.name, result.body, result.error});
  }
  std::string text = to_text(results);
  const std::string& state = change.answer.state.text;
  run(statement("INSERT INTO server_rounds VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
                "iif(?7, ?8, NULL))"),
      reply_key(change.key.slot, change.key.attempt, change.seq),
      change.key.slot, change.key.attempt, change.seq, change.question, text,
      change.new_state, state);
}

void Ledger::put(const Tally& change) {
  for (const auto& [provider, lane] : change.lanes) {
    run(statement(
            "INSERT INTO lanes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, "
            "strftime('%s', 'now') + ?7) ON CONFLICT DO UPDATE SET calls = "
            "calls + ?2, rate_limited = rate_limited + ?3, retries = retries "
            "+ ?4, maybe_billed = maybe_billed + ?5, seconds_per_call = ?6, "
            "rests_for = ?7, rests_until = excluded.rests_until"),
        provider, lane.calls, lane.rate_limited, lane.retries,
        lane.maybe_billed, lane.seconds_per_call, lane.backoff.count());
  }
}

void Ledger::put(const Interrupted&) {
  run(
      statement("UPDATE attempts SET status = 'parked', reason = "
                "'interrupted' WHERE status = 'running'"));
  add_to_counter("cut_off", database_.getChanges());
}

void Ledger::put(const Superseded& change) {
  supersede(database_, change.versions);
}

void Ledger::put(const SlotsReplaced& change) {
  for (int64_t slot : change.replaced) {
    run(statement("UPDATE slots SET status = 'replaced' WHERE slot = ?1"),
        slot);
    run(statement("UPDATE attempts SET status = 'superseded' WHERE slot = ?1 "
                  "AND status IN ('running', 'parked')"),
        slot);
  }
  int64_t highest = 0;
  for (const Slot& slot : change.replacements) {
    put_slot(slot);
    highest = std::max(highest, slot.storyline);
  }
  run(statement("UPDATE counters SET value = max(value, ?1) WHERE name = "
                "'storylines'"),
      highest);
  run(
      statement("UPDATE waves SET closed = 1 WHERE wave = (SELECT value FROM "
                "counters WHERE name = 'wave')"));
}

// The record is rendered inside the transaction, so that its length and hash
// stand beside the conversation that it is made from.
void Ledger::put(const Conversation& change) {
  std::string record = render_record(change, syntax_);
  std::string hash = content_hash(record);
  auto bytes = static_cast<int64_t>(record.size());
  int64_t slot = change.slot.number;
  run(statement("INSERT INTO conversations(slot, attempt, language, "
                "assistant, tester, rewriter, prompts, ending, input_tokens, "
                "output_tokens, record_version, record_bytes, record_hash) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
                "?13)"),
      slot, change.attempt, change.language, change.assistant, change.tester,
      change.rewriter, change.prompts, ending_name(change.transcript.ending),
      change.usage.input_tokens, change.usage.output_tokens, kRecordVersion,
      bytes, hash);
  put_transcript(change);
  run(statement("UPDATE slots SET status = 'kept' WHERE slot = ?1"), slot);
  run(statement("UPDATE attempts SET status = 'kept' WHERE slot = ?1 AND "
                "attempt = ?2"),
      slot, change.attempt);
  add_usage({slot, change.attempt});
  run(statement("INSERT INTO tool_states VALUES (?1, ?2, ?3, ?4)"),
      change.slot.storyline, change.slot.session, change.state.text,
      change.state.servers.text);
  add_to_counter("kept", 1);
  add_to_counter("record_bytes", bytes);
  records_.push_back(std::move(record));
}

void Ledger::put_transcript(const Conversation& change) {
  const auto& messages = change.transcript.messages;
  SQLite::Statement& insert = statement(
      "INSERT INTO messages VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
      "?9)");
  for (size_t i = 0; i < messages.size(); ++i) {
    const Message& message = messages[i];
    // A call and its result are one row of tool_calls.
    for (size_t call = 0; call < message.calls.size(); ++call) {
      put_call(change.slot.number, static_cast<int>(i), message.calls[call],
               messages.at(i + 1 + call).result);
    }
    if (message.speaker == Speaker::tool) continue;
    int64_t slot = change.slot.number;
    std::string repairs = list_text(message.repairs);
    run(insert, message_key(slot, static_cast<int64_t>(i)), slot, i,
        speaker_name(message.speaker), message.content, message.thinking,
        message.original_thinking, message.train, repairs);
  }
}

void Ledger::put_call(int64_t slot, int position, const ToolCall& call,
                      const ToolResult& result) {
  std::string arguments = to_text(call.arguments);
  std::string body = to_text(result.body);
  std::string repairs = list_text(result.repairs);
  run(statement("INSERT INTO tool_calls VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, "
                "?8, ?9)"),
      slot, position, call.id, call.name, arguments, body, result.error,
      result.planned, repairs);
}

}  // namespace simulate
