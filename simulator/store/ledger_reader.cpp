#include "simulator/store/ledger_reader.h"

#include "simulator/base/error.h"
#include "simulator/export/record.h"
#include "simulator/store/schema.h"

namespace simulate {

namespace {

constexpr const char* kSlotColumns =
    "slot, place, wave, storyline, session, persona, persona_text, situation, "
    "topic, style, mood, opening, appetite, turns, tester_variant, "
    "assistant_variant, seed, starts_at";

Slot slot_in(SQLite::Statement& row) {
  Slot slot;
  slot.slot = row.getColumn(0).getInt64();
  slot.place = row.getColumn(1).getInt64();
  slot.wave = row.getColumn(2).getInt64();
  slot.storyline = row.getColumn(3).getInt64();
  slot.session = row.getColumn(4).getInt();
  std::string* texts[] = {&slot.persona, &slot.persona_text, &slot.situation,
                          &slot.topic,   &slot.style,        &slot.mood,
                          &slot.opening, &slot.appetite};
  for (int i = 0; i < 8; ++i) *texts[i] = row.getColumn(5 + i).getString();
  slot.turns = row.getColumn(13).getInt();
  slot.tester_variant = row.getColumn(14).getInt();
  slot.assistant_variant = row.getColumn(15).getInt();
  slot.seed = static_cast<uint64_t>(row.getColumn(16).getInt64());
  slot.starts_at.minutes = row.getColumn(17).getInt64();
  return slot;
}

std::unique_ptr<SQLite::Database> open_existing(
    const std::filesystem::path& path) {
  std::unique_ptr<SQLite::Database> database;
  int application = 0;
  try {
    database = std::make_unique<SQLite::Database>(path.string(),
                                                  SQLite::OPEN_READWRITE, 5000);
    application = database->execAndGet("PRAGMA application_id").getInt();
  } catch (const SQLite::Exception& error) {
    throw BadUsage("cannot read the ledger " + path.string() + ": " +
                   error.what());
  }
  if (application != kLedgerApplicationId) {
    throw BadUsage(path.string() + " is no ledger of simulate");
  }
  return database;
}

Role role_in(const std::string& name) {
  if (name == "tester") return Role::tester;
  return name == "rewriter" ? Role::rewriter : Role::assistant;
}

}  // namespace

LedgerReader::LedgerReader(const std::filesystem::path& path)
    : own_(open_existing(path)), database_(*own_) {}

LedgerReader::LedgerReader(SQLite::Database& database) : database_(database) {}

Counters LedgerReader::counters() {
  Counters result;
  std::map<std::string, int64_t*> fields = {
      {"kept", &result.kept},
      {"abandoned", &result.abandoned},
      {"record_bytes", &result.record_bytes},
      {"planned_slots", &result.planned_slots},
      {"planned_places", &result.planned_places},
      {"storylines", &result.storylines},
      {"wave", &result.wave}};
  SQLite::Statement row(database_, "SELECT name, value FROM counters");
  while (row.executeStep()) {
    auto field = fields.find(row.getColumn(0).getString());
    if (field != fields.end()) *field->second = row.getColumn(1).getInt64();
  }
  return result;
}

std::optional<SettingsVersion> LedgerReader::latest_settings() {
  SQLite::Statement row(database_,
                        "SELECT version, body FROM versions JOIN texts ON hash "
                        "= settings ORDER BY version DESC LIMIT 1");
  if (!row.executeStep()) return std::nullopt;
  SettingsVersion result;
  result.version = row.getColumn(0).getInt64();
  result.settings =
      parse_json(row.getColumn(1).getString()).value_or(Json::object());
  return result;
}

std::optional<Wave> LedgerReader::wave(int64_t number) {
  SQLite::Statement row(database_, "SELECT * FROM waves WHERE wave = ?1");
  row.bind(1, number);
  if (!row.executeStep()) return std::nullopt;
  Wave wave;
  wave.wave = row.getColumn(0).getInt64();
  wave.first_place = row.getColumn(1).getInt64();
  wave.first_storyline = row.getColumn(2).getInt64();
  wave.sessions = row.getColumn(3).getInt();
  wave.fewest_turns = row.getColumn(4).getInt();
  wave.most_turns = row.getColumn(5).getInt();
  wave.tester_variants = row.getColumn(6).getInt();
  wave.assistant_variants = row.getColumn(7).getInt();
  wave.seed = static_cast<uint64_t>(row.getColumn(8).getInt64());
  std::string hashes = text(row.getColumn(9).getString());
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
  SQLite::Statement row(database_,
                        std::string("SELECT ") + kSlotColumns +
                            ", attempt, failures FROM slots WHERE status = "
                            "'open' ORDER BY slot");
  std::vector<OpenSlot> slots;
  while (row.executeStep()) {
    slots.push_back(
        {slot_in(row), row.getColumn(18).getInt(), row.getColumn(19).getInt()});
  }
  return slots;
}

std::string LedgerReader::text(const std::string& hash) {
  SQLite::Statement row(database_, "SELECT body FROM texts WHERE hash = ?1");
  row.bind(1, hash);
  return row.executeStep() ? row.getColumn(0).getString() : "";
}

std::string LedgerReader::provider_of(int64_t storyline) {
  SQLite::Statement row(database_,
                        "SELECT provider FROM storylines WHERE storyline = ?1");
  row.bind(1, storyline);
  return row.executeStep() ? row.getColumn(0).getString() : "";
}

ToolState LedgerReader::state_before(int64_t storyline, int session) {
  SQLite::Statement row(database_,
                        "SELECT state FROM tool_states WHERE storyline = ?1 "
                        "AND session < ?2 ORDER BY session DESC LIMIT 1");
  row.bind(1, storyline);
  row.bind(2, session);
  if (!row.executeStep()) return ToolState{};
  return ToolState{row.getColumn(0).getString()};
}

std::vector<RecordedReply> LedgerReader::replies(AttemptKey key) {
  SQLite::Statement row(
      database_,
      "SELECT seq, role, request, content, thinking, finish, input_tokens, "
      "output_tokens, provider, model FROM replies WHERE slot = ?1 AND attempt "
      "= ?2 ORDER BY seq");
  row.bind(1, key.slot);
  row.bind(2, key.attempt);
  std::vector<RecordedReply> replies;
  while (row.executeStep()) {
    RecordedReply kept;
    kept.key = key;
    kept.seq = row.getColumn(0).getInt();
    kept.role = role_in(row.getColumn(1).getString());
    kept.request = row.getColumn(2).getString();
    kept.reply.content = row.getColumn(3).getString();
    kept.reply.thinking = row.getColumn(4).getString();
    kept.reply.finish = finish_named(row.getColumn(5).getString());
    kept.reply.usage = {row.getColumn(6).getInt64(),
                        row.getColumn(7).getInt64()};
    kept.reply.provider = row.getColumn(8).getString();
    kept.reply.model = row.getColumn(9).getString();
    replies.push_back(std::move(kept));
  }
  return replies;
}

std::vector<std::pair<std::string, int64_t>> LedgerReader::failures() {
  SQLite::Statement row(database_, "SELECT reason, attempts FROM failures");
  std::vector<std::pair<std::string, int64_t>> result;
  while (row.executeStep()) {
    result.emplace_back(row.getColumn(0).getString(),
                        row.getColumn(1).getInt64());
  }
  return result;
}

Conversation LedgerReader::conversation(int64_t commit_no) {
  SQLite::Statement row(
      database_,
      std::string("SELECT ") + kSlotColumns +
          ", c.attempt, c.language, c.assistant, c.tester, c.rewriter, "
          "c.prompts, c.ending, c.input_tokens, c.output_tokens, (SELECT "
          "seed FROM waves WHERE waves.wave = slots.wave) FROM "
          "(SELECT commit_no, slot AS of, attempt, language, assistant, "
          "tester, rewriter, prompts, ending, input_tokens, output_tokens "
          "FROM conversations) AS c JOIN slots ON slots.slot = c.of WHERE "
          "commit_no = ?1");
  row.bind(1, commit_no);
  if (!row.executeStep()) {
    throw Error("the ledger has no conversation with commit number " +
                std::to_string(commit_no));
  }
  Conversation result;
  result.slot = slot_in(row);
  result.attempt = row.getColumn(18).getInt();
  result.language = row.getColumn(19).getString();
  result.assistant = row.getColumn(20).getString();
  result.tester = row.getColumn(21).getString();
  result.rewriter = row.getColumn(22).getString();
  result.prompts = row.getColumn(23).getString();
  result.transcript = transcript(result.slot.slot);
  result.transcript.ending = ending_named(row.getColumn(24).getString());
  result.usage = {row.getColumn(25).getInt64(), row.getColumn(26).getInt64()};
  result.run_seed = static_cast<uint64_t>(row.getColumn(27).getInt64());
  return result;
}

ToolSyntax LedgerReader::syntax() {
  auto latest = latest_settings();
  bool json = latest && string_at(latest->settings, "tool_syntax") == "json";
  return json ? ToolSyntax::json : ToolSyntax::python;
}

KnownRecord LedgerReader::known_record(int64_t number) {
  SQLite::Statement row(database_,
                        "SELECT record_bytes, record_hash FROM conversations "
                        "WHERE commit_no = ?1");
  row.bind(1, number);
  if (!row.executeStep()) return {};
  return {row.getColumn(0).getInt64(), row.getColumn(1).getString()};
}

std::string LedgerReader::render(int64_t number) {
  return render_record(conversation(number), syntax());
}

Transcript LedgerReader::transcript(int64_t slot) {
  SQLite::Statement row(
      database_,
      "SELECT position, speaker, content, thinking, original_thinking, train "
      "FROM messages WHERE slot = ?1 ORDER BY position");
  row.bind(1, slot);
  Transcript result;
  while (row.executeStep()) {
    Message message;
    message.speaker = speaker_named(row.getColumn(1).getString());
    message.content = row.getColumn(2).getString();
    message.thinking = row.getColumn(3).getString();
    message.original_thinking = row.getColumn(4).getString();
    message.train = row.getColumn(5).getInt() != 0;
    result.messages.push_back(std::move(message));
    append_calls(slot, row.getColumn(0).getInt64(), result);
  }
  return result;
}

void LedgerReader::append_calls(int64_t slot, int64_t position,
                                Transcript& transcript) {
  size_t caller = transcript.messages.size() - 1;
  SQLite::Statement row(
      database_,
      "SELECT call_id, name, arguments, result, error FROM tool_calls WHERE "
      "slot = ?1 AND position = ?2 ORDER BY call_id");
  row.bind(1, slot);
  row.bind(2, position);
  while (row.executeStep()) {
    ToolCall call;
    call.id = row.getColumn(0).getString();
    call.name = row.getColumn(1).getString();
    call.arguments =
        parse_json(row.getColumn(2).getString()).value_or(Json::object());
    Message told;
    told.speaker = Speaker::tool;
    told.result.call_id = call.id;
    told.result.name = call.name;
    told.result.body =
        parse_json(row.getColumn(3).getString()).value_or(Json());
    told.result.error = row.getColumn(4).getInt() != 0;
    transcript.messages[caller].calls.push_back(std::move(call));
    transcript.messages.push_back(std::move(told));
  }
}

}  // namespace simulate
