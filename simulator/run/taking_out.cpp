#include "simulator/run/taking_out.h"

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/conversation/evidence.h"
#include "simulator/conversation/metadata.h"

namespace simulate {

namespace {

// SQLite names what it does not know; we know what was meant.
[[noreturn]] void explain(const std::string& complaint) {
  constexpr std::string_view kUnknown = "no such column: ";
  std::string text = "--where: " + complaint;
  size_t at = complaint.find(kUnknown);
  if (at == std::string::npos) throw BadUsage(text);
  std::vector<std::string> names;
  const Json metadata = metadata_of(Conversation());
  for (const auto& [name, value] : metadata.items()) names.push_back(name);
  names.push_back("verdict");
  std::string guess = nearest(complaint.substr(at + kUnknown.size()), names);
  throw BadUsage(text + "; " +
                 (guess.empty() ? "there are " + joined(names, ", ")
                                : "did you mean " + guess + "?"));
}

void check(Evidence& evidence, const Situation& condition) {
  try {
    evidence.check(condition);
  } catch (const BadUsage& wrong) {
    std::string complaint = wrong.what();
    explain(complaint.substr(complaint.find(": ") + 2));
  }
}

}  // namespace

std::vector<int64_t> slots_where(LedgerReader& reader, const std::string& where,
                                 const std::vector<ToolGroup>& tools) {
  Evidence evidence(tools);
  Situation condition;
  condition.expect = where;
  check(evidence, condition);
  std::vector<int64_t> slots;
  int64_t kept = reader.records();
  for (int64_t number = 1; number <= kept; ++number) {
    Conversation saved = reader.conversation(number);
    const Slot& slot = saved.slot;
    saved.verdict = reader.verdict({slot.number, saved.attempt});
    saved.state = reader.state_before(slot.storyline, slot.session + 1);
    ToolState before = reader.state_at_start(slot);
    if (evidence.shows(condition, saved, before)) slots.push_back(slot.number);
  }
  return slots;
}

TakenOut dropping(LedgerReader& reader, std::vector<int64_t> slots) {
  PlanSoFar plan = reader.plan_so_far();
  std::string tools = reader.tools_of_run();
  TakenOut change;
  for (int64_t number : slots) {
    Conversation gone = reader.conversation(reader.commit_number_of(number));
    count_dropped(plan.shares, gone.slot, gone.outcome());
  }
  for (int64_t number : slots) {
    Slot dropped = reader.slot(number).value_or(Slot());
    Wave wave = reader.wave(dropped.wave).value_or(Wave());
    Draw draw{reader.latest_situations(), plan.shares, tools};
    Slot other =
        draw_replacement(wave, dropped, ++plan.counters.planned_slots,
                         ++plan.counters.storylines, /*session=*/1, {}, draw);
    count_open(plan.shares, other);
    change.instead.push_back(std::move(other));
  }
  change.slots = std::move(slots);
  return change;
}

}  // namespace simulate
