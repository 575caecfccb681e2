// What a start would do with the run that is there, found out without a change
// to it: by the start itself, and by --dry-run, which then only says so.
// Tested by tests/program/continue_test.cpp.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "simulator/settings/settings.h"
#include "simulator/store/ledger_reader.h"
#include "simulator/store/supersede.h"

namespace simulate {

struct ResumeDecision {
  bool new_run = false;  // the old one is moved aside
  TakenBack again;       // what --on-change redo makes again
  std::vector<std::string> notes;
};

// `before` are the run's known_settings(). Throws BadUsage when the run cannot
// go on with the settings of `now`, or when the user has to choose first.
ResumeDecision decide_resume(LedgerReader& reader, const Settings& before,
                             const Settings& now);

// Throws BadUsage when --output can be no run of ours.
void refuse_bad_output(const Settings& settings);

// The seed of a run that exists is its own unless the user insists.
uint64_t seed_of(const Settings& settings, LedgerReader& reader);

// A second training file of one ledger would leave the first one behind. A run
// that was moved to another name keeps its extension.
void refuse_another_name(const Settings& settings, LedgerReader& reader);

// The latest settings; none when the run has not begun yet.
std::optional<Settings> latest_settings(LedgerReader& reader);

// The same, with the models that providers which took no part had when they
// last did.
Settings known_settings(LedgerReader& reader);

// The versions of the settings whose conversations --on-change redo makes
// again.
std::vector<int64_t> versions_unlike(LedgerReader& reader, const Settings& now);

// conversations.json -> conversations.1.json, or the next number that is free.
std::filesystem::path free_name(const std::filesystem::path& output);

}  // namespace simulate
