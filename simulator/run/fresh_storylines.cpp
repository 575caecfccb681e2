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
                           PlanSoFar& plan, SlotsReplaced& change) {
  std::string tools = reader.tools_of_run();
  StorylineSoFar before;
  int session = 0;
  for (const auto& [unused, slot] : line) {
    if (is_begun(reader, slot)) continue;
    if (++session == 1) ++plan.counters.storylines;
    count_replaced(plan.shares, slot.slot);
    Wave wave = reader.wave(slot.slot.wave).value_or(Wave());
    const std::string& text = slot.slot.situations;
    Draw draw{
        text.empty() ? reader.latest_situations() : reader.situations(text),
        plan.shares, tools};
    Slot moved =
        draw_replacement(wave, slot.slot, ++plan.counters.planned_slots,
                         plan.counters.storylines, session, before, draw);
    count_open(plan.shares, moved);
    before.add(moved);
    change.replaced.push_back(slot.slot.number);
    change.replacements.push_back(std::move(moved));
  }
}

}  // namespace

SlotsReplaced fresh_storylines(LedgerReader& reader) {
  PlanSoFar plan = reader.plan_so_far();
  std::map<int64_t, Line> lines;
  for (OpenSlot& slot : plan.open) {
    int session = slot.slot.session;
    lines[slot.slot.storyline][session] = std::move(slot);
  }
  SlotsReplaced change;
  for (const auto& [storyline, line] : lines) {
    if (remembers_nothing(reader, line)) continue;
    move_to_new_storyline(reader, line, plan, change);
  }
  return change;
}

}  // namespace simulate
