#include "simulator/commands/chosen_slots.h"

#include "simulator/base/error.h"
#include "simulator/commands/shipped_files.h"
#include "simulator/run/taking_out.h"

namespace simulate {

ChosenSlots chosen_slots(LedgerReader& reader, const Settings& settings) {
  if (settings.where.empty()) return std::nullopt;
  Settings of_run =
      reader.latest_settings().value_or(SettingsVersion()).settings;
  std::vector<int64_t> slots = slots_where(
      reader, settings.where, reader.tools_of(of_run, shipped_tools()));
  return std::set<int64_t>(slots.begin(), slots.end());
}

void refuse_empty_choice(const ChosenSlots& chosen) {
  if (!chosen || !chosen->empty()) return;
  throw BadUsage("--where chooses none of the conversations");
}

}  // namespace simulate
