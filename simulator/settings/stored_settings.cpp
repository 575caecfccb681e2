#include "simulator/settings/stored_settings.h"

#include "simulator/base/error.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

// The conduct of the versions of the program that did not yet count it.
constexpr int kFirstConduct = 1;
// What was meant where nothing is said of it.
constexpr CountRange kFirstSessions{3, 3};
constexpr CountRange kFirstTurns{2, 5};

}  // namespace

Json stored_settings(const Settings& settings) {
  Json stored = Json::object();
  for (const Setting& setting : all_settings()) {
    if (!setting.is_kept()) continue;
    Json value = setting.stored(settings);
    if (!value.is_null()) stored[setting.key()] = std::move(value);
  }
  return stored;
}

Settings restored_settings(const Json& stored) {
  Settings settings;
  settings.conduct = kFirstConduct;
  settings.sessions = kFirstSessions;
  settings.turns = kFirstTurns;
  if (!stored.is_object()) {
    throw BadUsage("the settings in the ledger are no JSON object");
  }
  for (const Setting& setting : all_settings()) {
    if (!setting.is_kept()) continue;
    auto value = stored.find(setting.key());
    if (value == stored.end()) continue;
    if (setting.restore(*value, settings)) continue;
    throw BadUsage("the ledger's setting \"" + setting.key() + "\" cannot be " +
                   shortened(one_line(to_text(*value)), 60) +
                   "; the ledger was not written by simulate, or it is "
                   "damaged: simulate check --repair");
  }
  return settings;
}

std::vector<SettingsChange> compare_settings(const Settings& before,
                                             const Settings& now) {
  std::vector<SettingsChange> changes;
  for (const Setting& setting : all_settings()) {
    if (!setting.compare) continue;
    std::vector<std::string> differences;
    setting.compare(setting.key(), before, now, differences);
    for (std::string& text : differences) {
      changes.push_back({setting.kept.on_change, std::move(text)});
    }
  }
  return changes;
}

}  // namespace simulate
