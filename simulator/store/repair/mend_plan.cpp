#include "simulator/store/repair/mend_plan.h"

#include <algorithm>

#include "simulator/base/hash.h"
#include "simulator/base/text.h"
#include "simulator/store/keys.h"
#include "simulator/store/ledger_totals.h"
#include "simulator/store/plan_columns.h"
#include "simulator/store/texts.h"

namespace simulate {

namespace {

using Notes = std::vector<std::string>;

// How often what came out before is counted when all is mended.
Draw draw_of(LedgerReader& reader) {
  static const Shares none;
  return {reader.latest_situations(), none, reader.tools_of_run()};
}

// Keys that do not say what their rows say.
constexpr const char* kStrangers = R"sql(
DELETE FROM replies WHERE reply <> {reply}
  OR attempt NOT BETWEEN 1 AND 255 OR seq NOT BETWEEN 0 AND 65535;
DELETE FROM messages WHERE message <> {message};
DELETE FROM attempts WHERE attempt NOT BETWEEN 1 AND 255;
DELETE FROM slots WHERE typeof(place) <> 'integer' OR typeof(wave) <> 'integer'
  OR typeof(storyline) <> 'integer' OR typeof(session) <> 'integer'
  OR typeof(turns) <> 'integer' OR typeof(attempt) <> 'integer'
  OR storyline < 1 OR session NOT BETWEEN 1 AND 1000000 OR wave < 1
  OR turns NOT BETWEEN 1 AND 50 OR attempt NOT BETWEEN 1 AND 255;
CREATE TEMP TABLE seen AS
  SELECT slot FROM slots UNION SELECT slot FROM conversations
  UNION SELECT slot FROM attempts UNION SELECT slot FROM replies;
)sql";

// A number far above all others is damage, not a plan.
constexpr const char* kHighestSeen =
    "SELECT max(slot) FROM seen WHERE slot <= 1000 + 2 * (SELECT count(*) "
    "FROM seen)";

int64_t counter(SQLite::Database& database, const std::string& name) {
  return number_from(database,
                     "SELECT value FROM counters WHERE name = '" + name + "'");
}

void renumber_counters(SQLite::Database& database) {
  std::string strangers = replaced(kStrangers, "{reply}", reply_key_sql());
  database.exec(replaced(strangers, "{message}", message_key_sql()));
  int64_t seen = number_from(database, kHighestSeen);
  int64_t slots = counter(database, "planned_slots");
  if (slots < seen || slots > 2 * seen + 1000) slots = seen;
  std::string above = " > " + std::to_string(slots);
  for (const char* table : {"slots", "conversations", "attempts", "replies"}) {
    database.exec("DELETE FROM " + std::string(table) + " WHERE slot < 1 OR " +
                  "slot" + above);
  }
  database.exec("DELETE FROM slots WHERE place < 1 OR place" + above);
  database.exec("DELETE FROM waves WHERE wave < 1 OR wave" + above);
  database.exec("DROP TABLE seen");
  int64_t highest = number_from(database, "SELECT max(place) FROM slots");
  int64_t places = counter(database, "planned_places");
  if (places < 1 || places < highest || places > slots) {
    places = highest > 0 ? highest : slots;
  }
  set_counter(database, "planned_slots", slots);
  set_counter(database, "planned_places", places);
}

void mend_texts(SQLite::Database& database,
                const std::vector<std::string>& spare_texts) {
  SQLite::Statement row(database, "SELECT hash, body FROM texts");
  std::vector<std::string> wrong;
  while (row.executeStep()) {
    std::string hash = row.getColumn(0).getString();
    if (content_hash(row.getColumn(1).getString()) != hash) {
      wrong.push_back(hash);
    }
  }
  row.reset();
  SQLite::Statement remove(database, "DELETE FROM texts WHERE hash = ?1");
  for (const std::string& hash : wrong) {
    remove.reset();
    remove.bind(1, hash);
    remove.exec();
  }
  Statements statements(database);
  for (const std::string& text : spare_texts) keep_text(statements, text);
}

constexpr const char* kVersions = R"sql(
DELETE FROM versions WHERE settings NOT IN (SELECT hash FROM texts);
UPDATE attempts SET version = coalesce(
    (SELECT max(version) FROM versions
     WHERE versions.version <= attempts.version),
    (SELECT min(version) FROM versions), 1)
  WHERE version NOT IN (SELECT version FROM versions);
)sql";

void mend_versions(SQLite::Database& database, Notes& notes) {
  int64_t before = number_from(database, "SELECT count(*) FROM versions");
  database.exec(kVersions);
  int64_t now = number_from(database, "SELECT count(*) FROM versions");
  if (now == before && now > 0) return;
  notes.push_back(now == 0 ? "The settings of the run are lost; the next start "
                             "takes what it is given, so give it the same."
                           : std::to_string(before - now) +
                                 " versions of the settings are lost; their "
                                 "conversations count as made with the ones "
                                 "before.");
}

// The seed cannot change within a run.
uint64_t seed_of(LedgerReader& reader, SQLite::Database& database) {
  auto latest = reader.latest_settings();
  if (latest && latest->settings.seed) return *latest->settings.seed;
  int64_t seed = number_from(database,
                             "SELECT seed FROM waves GROUP BY seed ORDER BY "
                             "count(*) DESC LIMIT 1");
  return seed == 0 ? 1 : static_cast<uint64_t>(seed);
}

// A wave that is lost comes back as one that is not continued: its slots tell
// what is asked of it. Where only the list of its people was lost and they are
// all there, it is whole again.
void restore_wave(SQLite::Database& database, int64_t wave) {
  std::string where = " FROM slots WHERE wave = " + std::to_string(wave);
  SQLite::Statement persona(database, "SELECT persona_text" + where +
                                          " GROUP BY 1 ORDER BY min(place)");
  Json list = Json::array();
  while (persona.executeStep())
    list.push_back(persona.getColumn(0).getString());
  Statements statements(database);
  std::string personas = keep_text(statements, to_text(list));
  std::string whole = "SELECT count(*) FROM waves WHERE personas = '" +
                      personas + "' AND wave = " + std::to_string(wave);
  if (number_from(database, whole) > 0) return;
  SQLite::Statement insert(
      database,
      "INSERT OR REPLACE INTO waves(wave, first_place, first_storyline, "
      "sessions, fewest_turns, most_turns, tester_variants, "
      "assistant_variants, seed, personas, closed) SELECT wave, min(place), "
      "min(storyline), max(session), min(turns), max(turns), "
      "max(tester_variant) + 1, "
      "max(assistant_variant) + 1, 0, ?1, 1" +
          where + " HAVING count(*) > 0");
  insert.bind(1, personas);
  insert.exec();
}

constexpr const char* kLastOfWaves =
    "SELECT max(first_storyline + json_array_length(body) - 1) FROM waves JOIN "
    "texts ON hash = personas";

void mend_waves(SQLite::Database& database, LedgerReader& reader) {
  uint64_t seed = seed_of(reader, database);
  std::vector<int64_t> lost;
  SQLite::Statement row(
      database,
      "SELECT DISTINCT wave FROM slots WHERE wave NOT IN (SELECT wave FROM "
      "waves WHERE personas IN (SELECT hash FROM texts))");
  while (row.executeStep()) lost.push_back(row.getColumn(0).getInt64());
  row.reset();
  for (int64_t wave : lost) restore_wave(database, wave);
  database.exec(
      "DELETE FROM waves WHERE personas NOT IN (SELECT hash FROM texts)");
  database.exec("UPDATE waves SET seed = " +
                std::to_string(static_cast<int64_t>(seed)));
  // A persona without a text would be drawn without a name.
  database.exec(
      "UPDATE waves SET closed = 1 WHERE EXISTS (SELECT 1 FROM texts, "
      "json_each(texts.body) WHERE texts.hash = waves.personas AND "
      "json_each.value NOT IN (SELECT hash FROM texts))");
  set_counter(database, "wave",
              number_from(database, "SELECT max(wave) FROM waves"));
  set_counter(
      database, "storylines",
      std::max({counter(database, "storylines"),
                number_from(database, "SELECT max(storyline) FROM slots"),
                number_from(database, kLastOfWaves)}));
}

// The numbers from 1 to `last` that the query, in ascending order, lacks.
std::vector<int64_t> missing(SQLite::Database& database, int64_t last,
                             const std::string& sql) {
  std::vector<int64_t> result;
  SQLite::Statement row(database, sql);
  int64_t next = 1;
  while (row.executeStep()) {
    int64_t present = row.getColumn(0).getInt64();
    for (; next < present; ++next) result.push_back(next);
    next = present + 1;
  }
  for (; next <= last; ++next) result.push_back(next);
  return result;
}

std::optional<Wave> wave_of_place(SQLite::Database& database,
                                  LedgerReader& reader, int64_t place) {
  auto wave = reader.wave(number_from(
      database,
      "SELECT wave FROM waves WHERE first_place <= " + std::to_string(place) +
          " ORDER BY first_place DESC LIMIT 1"));
  if (!wave || wave->personas.empty() || place > wave->last_place()) return {};
  return wave;
}

// After what is left of its storyline.
Slot drawn_anew(SQLite::Database& database, LedgerReader& reader,
                const Wave& wave, int64_t place, int64_t number) {
  Draw draw = draw_of(reader);
  Slot first = draw_slot(wave, place, number, {}, draw);
  Storylines before;
  SQLite::Statement row(database,
                        "SELECT slot FROM slots WHERE storyline = ?1 AND "
                        "session < ?2 ORDER BY session");
  row.bind(1, first.storyline);
  row.bind(2, first.session);
  while (row.executeStep()) {
    auto left = reader.slot(row.getColumn(0).getInt64());
    if (left) before[first.storyline].add(*left);
  }
  return draw_slot(wave, place, number, before, draw);
}

// As the plan draws it; in place of one that was given up, or where the plan
// of its wave is lost, in a storyline of its own.
std::optional<Slot> slot_for(SQLite::Database& database, LedgerReader& reader,
                             int64_t place, int64_t number) {
  std::string at = std::to_string(place);
  auto wave = wave_of_place(database, reader, place);
  bool given_up =
      number_from(database, "SELECT count(*) FROM slots WHERE place = " + at);
  if (wave && !wave->closed && !given_up)
    return drawn_anew(database, reader, *wave, place, number);
  auto like = reader.slot(number_from(
      database,
      "SELECT slot FROM slots ORDER BY place <> " + at +
          ", persona_text IN (SELECT hash FROM texts) DESC, abs(place - " + at +
          ") LIMIT 1"));
  if (!like) return std::nullopt;
  auto its_wave = reader.wave(like->wave);
  int64_t storyline = counter(database, "storylines") + 1;
  set_counter(database, "storylines", storyline);
  Slot slot = draw_replacement(its_wave.value_or(Wave()), *like, number,
                               storyline, 1, {}, draw_of(reader));
  slot.place = place;
  return slot;
}

// What was drawn for a conversation that is saved is not drawn again.
void forget_what_was_drawn(SQLite::Database& database, Slot& slot) {
  SQLite::Statement row(database,
                        "SELECT situation FROM conversations WHERE slot = ?1");
  row.bind(1, slot.number);
  if (!row.executeStep()) return;
  for (const std::string& axis : axis_names()) {
    slot.*axis_member(axis) = "";
  }
  slot.situation = row.getColumn(0).getString();
  slot.situations = "";
  slot.starts_at = {};
}

void mend_slots(SQLite::Database& database, LedgerReader& reader,
                Notes& notes) {
  int64_t last = counter(database, "planned_slots");
  auto numbers = missing(database, last, "SELECT slot FROM slots ORDER BY 1");
  auto places = missing(database, counter(database, "planned_places"),
                        "SELECT DISTINCT place FROM slots WHERE status IN "
                        "('open', 'kept') ORDER BY 1");
  size_t used = 0;
  for (int64_t place : places) {
    bool free = used < numbers.size();
    int64_t number = free ? numbers[used++] : ++last;
    auto slot = slot_for(database, reader, place, number);
    if (!slot) {
      notes.push_back("The plan of the run is lost; it begins anew.");
      set_counter(database, "planned_places", 0);
      // The numbers of replies that are left are not given again.
      set_counter(database, "planned_slots",
                  number_from(database, "SELECT max(slot) FROM replies"));
      return;
    }
    forget_what_was_drawn(database, *slot);
    put_slot_back(database, *slot);
  }
  set_counter(database, "planned_slots", last);
  if (places.empty()) return;
  notes.push_back("Of the plan, " + std::to_string(places.size()) +
                  " of its places were lost and are drawn again.");
}

// Who plays is told by the wave.
void mend_persona_texts(SQLite::Database& database, LedgerReader& reader) {
  SQLite::Statement row(
      database,
      "SELECT slot FROM slots WHERE persona_text NOT IN (SELECT hash FROM "
      "texts)");
  std::vector<int64_t> nameless;
  while (row.executeStep()) nameless.push_back(row.getColumn(0).getInt64());
  row.reset();
  for (int64_t number : nameless) {
    auto slot = reader.slot(number);
    if (!slot) continue;
    auto wave = reader.wave(slot->wave);
    bool known = wave && !wave->closed && slot->place >= wave->first_place &&
                 slot->place <= wave->last_place();
    if (!known) continue;
    const PlannedPersona& persona =
        wave->personas[persona_at(*wave, slot->place)];
    if (persona.name != slot->persona) continue;
    slot->persona_text = persona.text;
    put_slot_back(database, *slot);
  }
}

}  // namespace

void put_slot_back(SQLite::Database& database, const Slot& slot) {
  Statements statements(database);
  replace_slot(statements, slot);
}

// Of each persona whose text is there, one slot.
static std::vector<Slot> one_slot_each(SQLite::Database& database,
                                       LedgerReader& reader) {
  std::vector<Slot> slots;
  SQLite::Statement row(
      database,
      "SELECT min(slot) FROM slots WHERE persona_text IN (SELECT hash FROM "
      "texts) GROUP BY persona ORDER BY 1");
  while (row.executeStep()) {
    auto slot = reader.slot(row.getColumn(0).getInt64());
    if (slot) slots.push_back(*slot);
  }
  return slots;
}

std::vector<std::string> recast_open_slots(Ledger& ledger,
                                           LedgerReader& reader) {
  SQLite::Database& database = ledger.database();
  database.exec(
      "UPDATE slots SET row_hash = NULL, events = '', persona_text = coalesce("
      "(SELECT other.persona_text FROM slots AS other WHERE other.persona = "
      "slots.persona AND other.persona_text IN (SELECT hash FROM texts) LIMIT "
      "1), persona_text) WHERE persona_text NOT IN (SELECT hash FROM texts)");
  // Whose situation nobody can tell is an ordinary one.
  database.exec(
      "UPDATE slots SET row_hash = NULL, situation = 'ordinary', situations = "
      "'' WHERE status = 'open' AND situations <> '' AND situations NOT IN "
      "(SELECT hash FROM texts)");
  std::vector<Slot> nobodys;
  for (OpenSlot& open : reader.open_slots()) {
    if (reader.text(open.slot.persona_text).empty()) {
      nobodys.push_back(std::move(open.slot));
    }
  }
  if (nobodys.empty()) return {};
  std::string many = std::to_string(nobodys.size());
  std::vector<Slot> others = one_slot_each(database, reader);
  if (others.empty())
    return {"Nobody knows who plays " + many + " open slots."};
  int64_t number = counter(database, "planned_slots");
  int64_t storyline = counter(database, "storylines");
  for (const Slot& slot : nobodys) {
    Wave wave = reader.wave(slot.wave).value_or(Wave());
    const Slot& like = others[static_cast<size_t>(number) % others.size()];
    Slot instead = draw_replacement(wave, like, ++number, ++storyline, 1, {},
                                    draw_of(reader));
    instead.place = slot.place;
    database.exec("UPDATE slots SET status = 'replaced' WHERE slot = " +
                  std::to_string(slot.number));
    put_slot_back(database, instead);
  }
  set_counter(database, "planned_slots", number);
  set_counter(database, "storylines", storyline);
  return {"Who plays " + many + " of the open slots is lost; others do."};
}

std::vector<std::string> mend_plan(
    Ledger& ledger, LedgerReader& reader,
    const std::vector<std::string>& spare_texts) {
  SQLite::Database& database = ledger.database();
  Notes notes;
  renumber_counters(database);
  mend_texts(database, spare_texts);
  mend_versions(database, notes);
  mend_waves(database, reader);
  mend_slots(database, reader, notes);
  // One that begins behind a gap cannot be continued.
  database.exec("UPDATE waves SET closed = 1 WHERE first_place > 1 + " +
                std::to_string(counter(database, "planned_places")));
  mend_persona_texts(database, reader);
  return notes;
}

}  // namespace simulate
