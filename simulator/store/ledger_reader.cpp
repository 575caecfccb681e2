#include "simulator/store/ledger_reader.h"

#include <sqlite3.h>
#include <unistd.h>

#include "simulator/base/error.h"
#include "simulator/export/record.h"
#include "simulator/store/ledger_trouble.h"
#include "simulator/store/read_only.h"
#include "simulator/store/run_lock.h"
#include "simulator/store/schema.h"
#include "simulator/store/supersede.h"

namespace simulate {

namespace {

constexpr const char* kSlotColumns =
    "slot, place, wave, storyline, session, persona, persona_text, situation, "
    "topic, style, mood, opening, appetite, turns, tester_variant, "
    "assistant_variant, seed, starts_at, withheld";
constexpr int kAfterSlot = 19;  // the column that follows these

Slot slot_in(Query& row) {
  Slot slot;
  slot.number = row.column(0).getInt64();
  slot.place = row.column(1).getInt64();
  slot.wave = row.column(2).getInt64();
  slot.storyline = row.column(3).getInt64();
  slot.session = row.column(4).getInt();
  std::string* texts[] = {&slot.persona, &slot.persona_text,  &slot.situation,
                          &slot.topic,   &slot.style,         &slot.mood,
                          &slot.opening, &slot.tool_eagerness};
  for (int i = 0; i < 8; ++i) *texts[i] = row.column(5 + i).getString();
  slot.turns = row.column(13).getInt();
  slot.tester_variant = row.column(14).getInt();
  slot.assistant_variant = row.column(15).getInt();
  slot.seed = static_cast<uint64_t>(row.column(16).getInt64());
  slot.starts_at.minutes = row.column(17).getInt64();
  slot.withheld_tools = row.column(18).getString();
  return slot;
}

using Opened = std::unique_ptr<SQLite::Database>;

bool lacks_shared_memory(const SQLite::Exception& failure) {
  int code = failure.getErrorCode() & 0xFF;
  return code == SQLITE_IOERR || code == SQLITE_CANTOPEN ||
         code == SQLITE_READONLY || code == SQLITE_FULL;
}

// Beside a writer a reader has to write as well, into shared memory. The first
// read makes it, and fails where there is no room for it or no permission.
Opened open_beside_writers(const std::filesystem::path& path) {
  auto database = std::make_unique<SQLite::Database>(
      path.string(), SQLite::OPEN_READWRITE, 5000);
  database->execAndGet("PRAGMA schema_version");
  return database;
}

// Where nobody writes, the file does not change either, and can be read
// without a byte of shared memory.
Opened open_for_reading(const std::filesystem::path& path) {
  std::filesystem::path folder = path.parent_path();
  if (folder.empty()) folder = ".";
  std::error_code none;
  bool log = std::filesystem::exists(path.string() + "-wal", none);
  if (!log && ::access(folder.c_str(), W_OK) != 0) {
    return open_read_only(path, /*under_way=*/false);
  }
  try {
    return open_beside_writers(path);
  } catch (const SQLite::Exception& failure) {
    if (!lacks_shared_memory(failure) || RunLock::is_held(path)) throw;
  }
  return open_read_only(path, /*under_way=*/false);
}

Opened open_existing(const std::filesystem::path& path) {
  std::error_code none;
  if (!std::filesystem::exists(path, none)) {
    throw BadUsage("there is no ledger " + path.string() +
                   "; --output names the run, by its training file");
  }
  try {
    auto database = open_for_reading(path);
    refuse_unless_current(*database);
    return database;
  } catch (const SQLite::Exception& failure) {
    throw_ledger_trouble(path.string(), "read", failure);
  }
}

std::vector<std::string> list_in(const std::string& text) {
  return parse_json(text).value_or(Json::array());
}

// [[call_id, name, body, error], ...]
std::vector<ToolResult> results_in(const std::string& text) {
  std::vector<ToolResult> results;
  for (const Json& row : parse_json(text).value_or(Json::array())) {
    results.push_back({row.at(0).get<std::string>(),
                       row.at(1).get<std::string>(), row.at(2),
                       row.at(3).get<bool>()});
  }
  return results;
}

Role role_in(const std::string& name) {
  if (name == "tester") return Role::tester;
  return name == "rewriter" ? Role::rewriter : Role::assistant;
}

}  // namespace

bool Query::next() {
  try {
    return statement_.executeStep();
  } catch (const SQLite::Exception& failure) {
    throw_ledger_trouble(file_, "read", failure);
  }
}

LedgerReader::Snapshot::Snapshot(LedgerReader& reader) : reader_(reader) {
  reader_.query("BEGIN").next();
  reader_.records();  // the first read fixes what is seen
}

LedgerReader::Snapshot::~Snapshot() { reader_.database_.tryExec("COMMIT"); }

LedgerReader::LedgerReader(const std::filesystem::path& path)
    : own_(open_existing(path)), database_(*own_) {}

LedgerReader::LedgerReader(SQLite::Database& database) : database_(database) {}

Query LedgerReader::query(const std::string& sql) {
  auto& statement = statements_[sql];
  try {
    if (!statement) {
      statement = std::make_unique<SQLite::Statement>(database_, sql);
    }
  } catch (const SQLite::Exception& failure) {
    throw_ledger_trouble(database_.getFilename(), "read", failure);
  }
  return Query(*statement, database_.getFilename());
}

Counters LedgerReader::counters() {
  Counters result;
  std::map<std::string, int64_t*> fields = {
      {"kept", &result.kept},
      {"abandoned", &result.abandoned},
      {"record_bytes", &result.record_bytes},
      {"planned_slots", &result.planned_slots},
      {"planned_places", &result.planned_places},
      {"storylines", &result.storylines},
      {"wave", &result.wave},
      {"cut_off", &result.cut_off},
      {"rebuild", &result.rebuild}};
  Query row = query("SELECT name, value FROM counters");
  while (row.next()) {
    auto field = fields.find(row.column(0).getString());
    if (field != fields.end()) *field->second = row.column(1).getInt64();
  }
  return result;
}

std::optional<SettingsVersion> LedgerReader::latest_settings() {
  std::vector<SettingsVersion> all = versions();
  if (all.empty()) return std::nullopt;
  return all.back();
}

std::vector<SettingsVersion> LedgerReader::versions() {
  Query row = query(
      "SELECT version, body FROM versions JOIN texts ON hash = settings ORDER "
      "BY version");
  std::vector<SettingsVersion> result;
  while (row.next()) {
    SettingsVersion version;
    version.version = row.column(0).getInt64();
    version.settings =
        parse_json(row.column(1).getString()).value_or(Json::object());
    result.push_back(std::move(version));
  }
  return result;
}

Json LedgerReader::settings_of(int64_t version) {
  Query row = query(
      "SELECT body FROM versions JOIN texts ON hash = settings WHERE version = "
      "?1");
  row.bind(1, version);
  if (!row.next()) return Json::object();
  return parse_json(row.column(0).getString()).value_or(Json::object());
}

int64_t LedgerReader::version_of(AttemptKey key) {
  Query row =
      query("SELECT version FROM attempts WHERE slot = ?1 AND attempt = ?2");
  row.bind(1, key.slot);
  row.bind(2, key.attempt);
  return row.next() ? row.column(0).getInt64() : 0;
}

std::optional<Wave> LedgerReader::wave(int64_t number) {
  Query row = query("SELECT * FROM waves WHERE wave = ?1");
  row.bind(1, number);
  if (!row.next()) return std::nullopt;
  Wave wave;
  wave.wave = row.column(0).getInt64();
  wave.first_place = row.column(1).getInt64();
  wave.first_storyline = row.column(2).getInt64();
  wave.sessions = row.column(3).getInt();
  wave.fewest_turns = row.column(4).getInt();
  wave.most_turns = row.column(5).getInt();
  wave.tester_variants = row.column(6).getInt();
  wave.assistant_variants = row.column(7).getInt();
  wave.seed = static_cast<uint64_t>(row.column(8).getInt64());
  wave.closed = row.column(10).getInt() != 0;
  wave.optional_tools = row.column(11).getString();
  std::string hashes = text(row.column(9).getString());
  for (const Json& hash : parse_json(hashes).value_or(Json::array())) {
    PlannedPersona persona;
    persona.text = hash.get<std::string>();
    Json body = parse_json(text(persona.text)).value_or(Json::object());
    persona.name = string_at(body, "name");
    persona.topics = body.value("topics", std::vector<std::string>());
    wave.personas.push_back(std::move(persona));
  }
  return wave;
}

std::vector<OpenSlot> LedgerReader::open_slots() {
  Query row = query(std::string("SELECT ") + kSlotColumns +
                    ", attempt, failures FROM slots WHERE status = "
                    "'open' ORDER BY slot");
  std::vector<OpenSlot> slots;
  while (row.next()) {
    slots.push_back({slot_in(row), row.column(kAfterSlot).getInt(),
                     row.column(kAfterSlot + 1).getInt()});
  }
  return slots;
}

std::string LedgerReader::text(const std::string& hash) {
  Query row = query("SELECT body FROM texts WHERE hash = ?1");
  row.bind(1, hash);
  return row.next() ? row.column(0).getString() : "";
}

// The persona as it was when the wave opened, whatever its file says now.
Persona LedgerReader::persona_of(const Slot& slot) {
  Json body = parse_json(text(slot.persona_text)).value_or(Json());
  return persona_from(body, slot.persona);
}

std::string LedgerReader::provider_of(int64_t storyline) {
  Query row = query("SELECT provider FROM storylines WHERE storyline = ?1");
  row.bind(1, storyline);
  return row.next() ? row.column(0).getString() : "";
}

ToolState LedgerReader::state_before(int64_t storyline, int session) {
  Query row = query(
      "SELECT state, servers FROM tool_states WHERE storyline = ?1 "
      "AND session < ?2 ORDER BY session DESC LIMIT 1");
  row.bind(1, storyline);
  row.bind(2, session);
  if (!row.next()) return ToolState{};
  return ToolState{row.column(0).getString(), {row.column(1).getString()}};
}

std::vector<RecordedRound> LedgerReader::server_rounds(AttemptKey key) {
  Query row = query(
      "SELECT seq, question, results, state FROM server_rounds WHERE round "
      "BETWEEN ?1 AND ?2 ORDER BY round");
  row.bind(1, reply_key(key.slot, key.attempt, 0));
  row.bind(2, reply_key(key.slot, key.attempt + 1, 0) - 1);
  std::vector<RecordedRound> rounds;
  while (row.next()) {
    RecordedRound round;
    round.key = key;
    round.seq = row.column(0).getInt();
    round.question = row.column(1).getString();
    round.answer.results = results_in(row.column(2).getString());
    round.new_state = !row.column(3).isNull();
    if (round.new_state) round.answer.state.text = row.column(3).getString();
    rounds.push_back(std::move(round));
  }
  return rounds;
}

std::vector<RecordedReply> LedgerReader::replies(AttemptKey key) {
  Query row = query(
      "SELECT seq, role, request, content, thinking, finish, input_tokens, "
      "output_tokens, provider, model, corrects FROM replies WHERE reply "
      "BETWEEN ?1 AND ?2 ORDER BY reply");
  row.bind(1, reply_key(key.slot, key.attempt, 0));
  row.bind(2, reply_key(key.slot, key.attempt + 1, 0) - 1);
  std::vector<RecordedReply> replies;
  while (row.next()) {
    RecordedReply kept;
    kept.key = key;
    kept.seq = row.column(0).getInt();
    kept.role = role_in(row.column(1).getString());
    kept.request = row.column(2).getString();
    kept.reply.content = row.column(3).getString();
    kept.reply.thinking = row.column(4).getString();
    kept.reply.finish = finish_named(row.column(5).getString());
    kept.reply.usage = {row.column(6).getInt64(), row.column(7).getInt64()};
    kept.reply.provider = row.column(8).getString();
    kept.reply.model = row.column(9).getString();
    kept.previous_rejection = row.column(10).getString();
    replies.push_back(std::move(kept));
  }
  return replies;
}

std::vector<std::pair<std::string, int64_t>> LedgerReader::failures() {
  Query row = query("SELECT reason, attempts FROM failures");
  std::vector<std::pair<std::string, int64_t>> result;
  while (row.next()) {
    result.emplace_back(row.column(0).getString(), row.column(1).getInt64());
  }
  return result;
}

std::vector<UsageRow> LedgerReader::usage() {
  Query row = query(
      "SELECT provider, model, role, replies, input_tokens, output_tokens FROM "
      "usage");
  std::vector<UsageRow> result;
  while (row.next()) {
    result.push_back({row.column(0).getString(),
                      row.column(1).getString(),
                      row.column(2).getString(),
                      row.column(3).getInt64(),
                      {row.column(4).getInt64(), row.column(5).getInt64()}});
  }
  return result;
}

// A clock that was set back must not make a rest longer than it was.
LaneStatsByProvider LedgerReader::lanes() {
  Query row = query(
      "SELECT provider, calls, rate_limited, retries, maybe_billed, "
      "seconds_per_call, max(0, min(rests_for, rests_until - strftime('%s', "
      "'now'))) FROM lanes");
  LaneStatsByProvider result;
  while (row.next()) {
    LaneStats& lane = result[row.column(0).getString()];
    lane.calls = row.column(1).getInt64();
    lane.rate_limited = row.column(2).getInt64();
    lane.retries = row.column(3).getInt64();
    lane.maybe_billed = row.column(4).getInt64();
    lane.seconds_per_call = row.column(5).getDouble();
    lane.backoff = Seconds(row.column(6).getInt64());
  }
  return result;
}

int64_t LedgerReader::unfinished_attempts(const std::string& status) {
  Query row = query(
      "SELECT count(*) FROM attempts INDEXED BY unfinished_attempts WHERE "
      "status = ?1 AND status IN ('running', 'parked')");
  row.bind(1, status);
  return row.next() ? row.column(0).getInt64() : 0;
}

std::optional<Slot> LedgerReader::slot(int64_t number) {
  Query row = query(std::string("SELECT ") + kSlotColumns +
                    " FROM slots WHERE slot = ?1");
  row.bind(1, number);
  if (!row.next()) return std::nullopt;
  return slot_in(row);
}

std::vector<AttemptRow> LedgerReader::attempts_after(AttemptKey key, int most) {
  Query row = query(
      "SELECT slot, attempt, version, status, reason FROM attempts WHERE "
      "(slot, attempt) > (?1, ?2) ORDER BY slot, attempt LIMIT ?3");
  row.bind(1, key.slot);
  row.bind(2, key.attempt);
  row.bind(3, most);
  std::vector<AttemptRow> result;
  while (row.next()) {
    result.push_back({{row.column(0).getInt64(), row.column(1).getInt()},
                      row.column(2).getInt64(),
                      row.column(3).getString(),
                      row.column(4).getString()});
  }
  return result;
}

int64_t LedgerReader::commit_number_of(int64_t slot) {
  Query row = query("SELECT commit_no FROM conversations WHERE slot = ?1");
  row.bind(1, slot);
  return row.next() ? row.column(0).getInt64() : 0;
}

int LedgerReader::record_version_of(int64_t commit_no) {
  Query row =
      query("SELECT record_version FROM conversations WHERE commit_no = ?1");
  row.bind(1, commit_no);
  return row.next() ? row.column(0).getInt() : 0;
}

TakenBack LedgerReader::would_take_back(const std::vector<int64_t>& versions) {
  try {
    return would_supersede(database_, versions);
  } catch (const SQLite::Exception& failure) {
    throw_ledger_trouble(database_.getFilename(), "read", failure);
  }
}

Conversation LedgerReader::conversation(int64_t commit_no) {
  Query row =
      query(std::string("SELECT ") + kSlotColumns +
            ", c.attempt, c.language, c.assistant, c.tester, c.rewriter, "
            "c.prompts, c.ending, c.input_tokens, c.output_tokens, (SELECT "
            "seed FROM waves WHERE waves.wave = slots.wave) FROM "
            "(SELECT commit_no, slot AS of, attempt, language, assistant, "
            "tester, rewriter, prompts, ending, input_tokens, output_tokens "
            "FROM conversations) AS c JOIN slots ON slots.slot = c.of WHERE "
            "commit_no = ?1");
  row.bind(1, commit_no);
  if (!row.next()) {
    throw Error("the ledger has no conversation with commit number " +
                std::to_string(commit_no));
  }
  Conversation result;
  result.slot = slot_in(row);
  result.attempt = row.column(kAfterSlot).getInt();
  result.language = row.column(kAfterSlot + 1).getString();
  result.assistant = row.column(kAfterSlot + 2).getString();
  result.tester = row.column(kAfterSlot + 3).getString();
  result.rewriter = row.column(kAfterSlot + 4).getString();
  result.prompts = row.column(kAfterSlot + 5).getString();
  result.transcript = transcript(result.slot.number);
  result.transcript.ending =
      ending_named(row.column(kAfterSlot + 6).getString());
  result.usage = {row.column(kAfterSlot + 7).getInt64(),
                  row.column(kAfterSlot + 8).getInt64()};
  result.run_seed =
      static_cast<uint64_t>(row.column(kAfterSlot + 9).getInt64());
  return result;
}

ToolSyntax LedgerReader::syntax() {
  auto latest = latest_settings();
  if (!latest) return ToolSyntax::python;
  return syntax_named(string_at(latest->settings, "tool_syntax"));
}

KnownRecord LedgerReader::known_record(int64_t number) {
  Query row = query(
      "SELECT record_bytes, record_hash FROM conversations "
      "WHERE commit_no = ?1");
  row.bind(1, number);
  if (!row.next()) return {};
  return {row.column(0).getInt64(), row.column(1).getString()};
}

std::string LedgerReader::render(int64_t number) {
  return render_record(conversation(number), syntax());
}

Transcript LedgerReader::transcript(int64_t slot) {
  Query row = query(
      "SELECT position, speaker, content, thinking, original_thinking, train, "
      "repairs FROM messages WHERE message BETWEEN ?1 AND ?2 ORDER BY message");
  row.bind(1, message_key(slot, 0));
  row.bind(2, message_key(slot + 1, 0) - 1);
  Transcript result;
  while (row.next()) {
    Message message;
    message.speaker = speaker_named(row.column(1).getString());
    message.content = row.column(2).getString();
    message.thinking = row.column(3).getString();
    message.original_thinking = row.column(4).getString();
    message.train = row.column(5).getInt() != 0;
    message.repairs = list_in(row.column(6).getString());
    result.messages.push_back(std::move(message));
    append_calls(slot, row.column(0).getInt64(), result);
  }
  return result;
}

void LedgerReader::append_calls(int64_t slot, int64_t position,
                                Transcript& transcript) {
  size_t caller = transcript.messages.size() - 1;
  Query row = query(
      "SELECT call_id, name, arguments, result, error, planned, repairs FROM "
      "tool_calls WHERE slot = ?1 AND position = ?2 ORDER BY call_id");
  row.bind(1, slot);
  row.bind(2, position);
  while (row.next()) {
    ToolCall call;
    call.id = row.column(0).getString();
    call.name = row.column(1).getString();
    call.arguments =
        parse_json(row.column(2).getString()).value_or(Json::object());
    Message told;
    told.speaker = Speaker::tool;
    told.result.call_id = call.id;
    told.result.name = call.name;
    told.result.body = parse_json(row.column(3).getString()).value_or(Json());
    told.result.error = row.column(4).getInt() != 0;
    told.result.planned = row.column(5).getInt() != 0;
    told.result.repairs = list_in(row.column(6).getString());
    transcript.messages[caller].calls.push_back(std::move(call));
    transcript.messages.push_back(std::move(told));
  }
}

}  // namespace simulate
