#include "simulator/commands/chosen_slots.h"

#include "simulator/base/error.h"
#include "simulator/base/text.h"
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

void refuse_empty_choice(const ChosenSlots& chosen, const Settings& settings) {
  if (!chosen || !chosen->empty()) return;
  throw BadUsage("--where \"" + quotable(settings.where) +
                 "\" chooses none of the conversations of " +
                 settings.output.string());
}

void refuse_empty_run(LedgerReader& reader, const Settings& settings) {
  if (reader.records() > 0) return;
  std::string run = settings.output.string();
  throw BadUsage("the run " + run +
                 " holds no conversation yet; simulate --output " + run +
                 " makes some");
}

}  // namespace simulate
