// What a run was made with, as the ledger keeps it, and what it means for a
// run when some of it has changed since last time (the table in the README).
#pragma once

#include <string>
#include <vector>

#include "simulator/base/json.h"

namespace simulate {

enum class Consequence {
  continues,  // another provider, a larger target
  next_wave,  // personas, sessions, turns
  stops,      // prompts, models, sampling, rewriting: the user must choose
  refused,    // seed, tool syntax, offline or real
};

struct SettingsChange {
  Consequence consequence = Consequence::continues;
  std::string text;  // "rewrite: conversation -> off"
};

// The lines in which two texts differ, as "- old" and "+ new", at most `most`
// of each.
std::string line_difference(const std::string& before, const std::string& now,
                            size_t most);

// One entry per difference; models are compared for providers in both.
std::vector<SettingsChange> compare_settings(const Json& before,
                                             const Json& now);

}  // namespace simulate
