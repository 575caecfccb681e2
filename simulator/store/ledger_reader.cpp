#include "simulator/store/ledger_reader.h"

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/export/record.h"
#include "simulator/settings/stored_settings.h"
#include "simulator/store/open_to_read.h"
#include "simulator/store/plan_columns.h"
#include "simulator/store/share_sums.h"
#include "simulator/store/texts.h"
#include "simulator/store/transcripts.h"

namespace simulate {

namespace {

// A text that cannot be read tells nothing, as an old ledger does not.
Settings settings_in(const std::string& text) {
  return restored_settings(parse_json(text).value_or(Json::object()));
}

// Plans are drawn from it, slot after slot.
bool is_plausible(const Wave& wave) {
  constexpr int kMostVariants = 10'000;
  auto lies = [](int64_t value, int64_t most) {
    return value >= 1 && value <= most;
  };
  constexpr int64_t kMostPlaces = int64_t{1} << 39;
  return lies(wave.sessions.fewest, wave.sessions.most) &&
         lies(wave.sessions.most, kMostSessions) &&
         lies(wave.turns.fewest, wave.turns.most) &&
         lies(wave.turns.most, kMostTurns) &&
         lies(wave.tester_variants, kMostVariants) &&
         lies(wave.assistant_variants, kMostVariants) &&
         lies(wave.first_place, kMostPlaces) &&
         lies(wave.first_storyline, kMostPlaces);
}

}  // namespace

LedgerReader::Snapshot::Snapshot(LedgerReader& reader) : reader_(reader) {
  reader_.query("BEGIN").next();
  reader_.records();  // the first read fixes what is seen
}

LedgerReader::Snapshot::~Snapshot() { reader_.database_.tryExec("COMMIT"); }

LedgerReader::LedgerReader(const std::filesystem::path& path)
    : own_(open_to_read(path)), database_(*own_), statements_(database_) {}

LedgerReader::LedgerReader(SQLite::Database& database)
    : database_(database), statements_(database_) {}

std::optional<SettingsVersion> LedgerReader::latest_settings() {
  Query row = query("SELECT max(version) FROM versions");
  if (!row.next() || row.column(0).isNull()) return std::nullopt;
  int64_t version = row.column(0).getInt64();
  if (!latest_ || latest_->version != version) {
    latest_ = {version, settings_of(version)};
  }
  return latest_;
}

std::vector<SettingsVersion> LedgerReader::versions() {
  Query row = query(
      "SELECT version, body FROM versions JOIN texts ON hash = settings ORDER "
      "BY version");
  std::vector<SettingsVersion> result;
  while (row.next()) {
    result.push_back(
        {row.column(0).getInt64(), settings_in(row.column(1).getString())});
  }
  return result;
}

Settings LedgerReader::settings_of(int64_t version) {
  Query row = query(
      "SELECT body FROM versions JOIN texts ON hash = settings WHERE version = "
      "?1");
  row.bind(1, version);
  return settings_in(row.next() ? row.column(0).getString() : "");
}

ToolSyntax LedgerReader::syntax() {
  auto latest = latest_settings();
  return latest ? latest->settings.conversation.tool_syntax
                : ToolSyntax::python;
}

std::string LedgerReader::text(const std::string& hash) {
  return text_with_hash(statements_, hash);
}

std::optional<Wave> LedgerReader::wave(int64_t number) {
  static const std::string sql = "SELECT personas, " + wave_columns().names() +
                                 " FROM waves WHERE wave = ?1";
  Query row = query(sql);
  row.bind(1, number);
  if (!row.next()) return std::nullopt;
  Wave wave;
  row.read(wave_columns(), wave);
  if (wave.sessions.fewest == 0) wave.sessions.fewest = wave.sessions.most;
  if (!is_plausible(wave)) {
    throw BadUsage("the ledger's wave " + std::to_string(number) +
                   " is not one that simulate plans; simulate check --repair");
  }
  std::string hashes = text(row.column("personas").getString());
  for (const Json& hash : parse_json(hashes).value_or(Json::array())) {
    PlannedPersona persona;
    persona.text = hash.get<std::string>();
    Json body = parse_json(text(persona.text)).value_or(Json::object());
    persona.name = string_at(body, "name");
    persona.topics = body.value("topics", std::vector<std::string>());
    persona.events = body.value("events", Json::array()).size();
    persona.facts = body.value("facts", Json::array()).size();
    wave.personas.push_back(std::move(persona));
  }
  draw_lengths(wave);
  return wave;
}

PlanSoFar LedgerReader::plan_so_far() {
  PlanSoFar plan;
  plan.counters = counters();
  plan.last_wave = wave(plan.counters.wave);
  plan.open = open_slots();
  plan.shares = read_shares(database_);
  if (!plan.last_wave) return plan;
  static const std::string sql =
      "SELECT " + slot_columns().names() +
      " FROM slots WHERE storyline BETWEEN ?1 AND ?2 ORDER BY storyline, "
      "session";
  Query row = query(sql);
  auto storylines = static_cast<int64_t>(plan.last_wave->personas.size());
  row.bind(1, plan.last_wave->first_storyline);
  row.bind(2, plan.last_wave->first_storyline + storylines - 1);
  while (row.next()) {
    Slot slot;
    row.read(slot_columns(), slot);
    plan.storylines[slot.storyline].add(slot);
  }
  return plan;
}

const Situations& LedgerReader::situations(const std::string& hash) {
  if (situations_.hash != hash) situations_ = situations_from(text(hash));
  return situations_;
}

const Situations& LedgerReader::latest_situations() {
  auto latest = latest_settings();
  return situations(latest ? latest->settings.situation_texts : "");
}

std::vector<ToolGroup> LedgerReader::tools_of(
    const Settings& settings, const std::vector<ToolGroup>& shipped) {
  if (!settings.tool_texts) return shipped;
  std::vector<ToolGroup> groups;
  for (const auto& [name, hash] : *settings.tool_texts) {
    groups.push_back(tool_group_from(name, text(hash)));
  }
  return groups;
}

std::string LedgerReader::tools_of_run() {
  auto latest = latest_settings();
  if (!latest || !latest->settings.tool_texts) return "";
  std::vector<std::string> names;
  for (const auto& [name, hash] : *latest->settings.tool_texts) {
    names.push_back(name);
  }
  return joined(names, ",");
}

std::optional<Slot> LedgerReader::slot(int64_t number) {
  static const std::string sql =
      "SELECT " + slot_columns().names() + " FROM slots WHERE slot = ?1";
  Query row = query(sql);
  row.bind(1, number);
  if (!row.next()) return std::nullopt;
  Slot slot;
  row.read(slot_columns(), slot);
  return slot;
}

std::vector<OpenSlot> LedgerReader::open_slots() {
  static const std::string sql =
      "SELECT " + slot_columns().names() +
      ", attempt, failures FROM slots WHERE status = 'open' ORDER BY slot";
  Query row = query(sql);
  std::vector<OpenSlot> slots;
  while (row.next()) {
    OpenSlot open;
    row.read(slot_columns(), open.slot);
    open.attempt = row.column("attempt").getInt();
    open.failures = row.column("failures").getInt();
    slots.push_back(std::move(open));
  }
  return slots;
}

// The persona as it was when the wave opened, whatever its file says now.
Persona LedgerReader::persona_of(const Slot& slot) {
  Json body = parse_json(text(slot.persona_text)).value_or(Json());
  return persona_from(body, slot.persona);
}

Conversation LedgerReader::conversation(int64_t commit_no) {
  auto found = read_conversation(statements_, commit_no);
  if (!found) {
    throw Error("the ledger has no conversation with commit number " +
                std::to_string(commit_no));
  }
  return std::move(*found);
}

std::string LedgerReader::render(int64_t number) {
  return render_record(conversation(number), syntax());
}

}  // namespace simulate
