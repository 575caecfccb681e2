#include "simulator/run/fresh_storylines.h"

#include <map>

namespace simulate {

namespace {

// One storyline's open slots, by session.
using Line = std::map<int, OpenSlot>;

bool is_begun(LedgerReader& reader, const OpenSlot& slot) {
  return !reader.replies({slot.slot.number, slot.attempt}).empty();
}

bool remembers_nothing(LedgerReader& reader, const Line& line) {
  const auto& [session, slot] = *line.begin();
  return session == 1 && !is_begun(reader, slot);
}

void move_to_new_storyline(LedgerReader& reader, const Line& line,
                           Counters& numbers, SlotsReplaced& change) {
  int session = 0;
  for (const auto& [unused, slot] : line) {
    if (is_begun(reader, slot)) continue;
    if (++session == 1) ++numbers.storylines;
    Wave wave = reader.wave(slot.slot.wave).value_or(Wave());
    change.replaced.push_back(slot.slot.number);
    change.replacements.push_back(draw_replacement(
        wave, slot.slot, ++numbers.planned_slots, numbers.storylines, session));
  }
}

}  // namespace

SlotsReplaced fresh_storylines(LedgerReader& reader) {
  std::map<int64_t, Line> lines;
  for (OpenSlot& slot : reader.open_slots()) {
    int session = slot.slot.session;
    lines[slot.slot.storyline][session] = std::move(slot);
  }
  SlotsReplaced change;
  Counters numbers = reader.counters();
  for (const auto& [storyline, line] : lines) {
    if (remembers_nothing(reader, line)) continue;
    move_to_new_storyline(reader, line, numbers, change);
  }
  return change;
}

}  // namespace simulate
