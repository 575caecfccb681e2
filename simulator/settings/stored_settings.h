// Settings as the ledger keeps them, a JSON text a version, and what has
// changed between two of them.
// Tested by tests/settings/settings_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/settings/setting.h"

namespace simulate {

// The settings that a run keeps: what decides the content of its records.
Json stored_settings(const Settings& settings);

// Reads back what stored_settings wrote, in this or an older version of the
// program; what an older one did not know is what it did then. Throws BadUsage
// when a value is of another type than it can be.
Settings restored_settings(const Json& stored);

struct SettingsChange {
  Consequence consequence = Consequence::continues;
  std::string text;  // "rewrite: conversation -> off"
};

// One entry per difference; models are compared for providers in both.
std::vector<SettingsChange> compare_settings(const Settings& before,
                                             const Settings& now);

}  // namespace simulate
