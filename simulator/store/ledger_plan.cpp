// What a Ledger writes of the plan: waves, slots, and slots in place of others.
// Tested by tests/store/ledger_test.cpp.
#include <algorithm>

#include "simulator/store/ledger.h"
#include "simulator/store/plan_columns.h"
#include "simulator/store/share_sums.h"
#include "simulator/store/supersede.h"
#include "simulator/store/texts.h"

namespace simulate {

void Ledger::put_slot(const Slot& slot) {
  insert_slot(statements_, slot);
  add_to_counter("planned_slots", 1);
  Shares drawn;
  count_open(drawn, slot);
  add_to_shares(statements_, drawn);
}

void Ledger::put_wave(const Wave& wave) {
  Json hashes = Json::array();
  for (const PlannedPersona& persona : wave.personas) {
    hashes.push_back(persona.text);
  }
  std::string list_hash = keep_text(statements_, to_text(hashes));
  SQLite::Statement& row = statements_.insert(wave_columns(), wave);
  row.bind(":personas", list_hash);
  row.exec();
  add_to_counter("wave", 1);
  add_to_counter("storylines", static_cast<int64_t>(wave.personas.size()));
}

void Ledger::put(const Planned& change) {
  for (const Persona& persona : change.personas) {
    keep_text(statements_, to_text(persona.to_json()));
  }
  if (change.opened) put_wave(*change.opened);
  for (const Slot& slot : change.slots) put_slot(slot);
  add_to_counter("planned_places", static_cast<int64_t>(change.slots.size()));
}

void Ledger::put(const TakenOut& change) {
  take_back(database_, change.slots);
  if (change.instead.empty()) return;
  for (int64_t slot : change.slots) {
    statements_.run("UPDATE slots SET status = 'replaced' WHERE slot = ?1",
                    slot);
  }
  put_slots_of_new_storylines(change.instead);
  recount_shares(database_);
}

void Ledger::put_slots_of_new_storylines(const std::vector<Slot>& slots) {
  int64_t highest = 0;
  for (const Slot& slot : slots) {
    put_slot(slot);
    highest = std::max(highest, slot.storyline);
  }
  statements_.run(
      "UPDATE counters SET value = max(value, ?1) WHERE name = "
      "'storylines'",
      highest);
}

void Ledger::put(const SlotsReplaced& change) {
  for (int64_t slot : change.replaced) {
    statements_.run("UPDATE slots SET status = 'replaced' WHERE slot = ?1",
                    slot);
    statements_.run(
        "UPDATE attempts SET status = 'superseded' WHERE slot = ?1 "
        "AND status IN ('running', 'parked')",
        slot);
  }
  put_slots_of_new_storylines(change.replacements);
  statements_.run(
      "UPDATE waves SET closed = 1 WHERE wave = (SELECT value FROM "
      "counters WHERE name = 'wave')");
  recount_shares(database_);
}

}  // namespace simulate
