#include "simulator/commands/resume.h"

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "simulator/commands/shipped_files.h"
#include "simulator/settings/line_difference.h"
#include "simulator/settings/stored_settings.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

constexpr uint64_t kDefaultSeed = 1;
constexpr const char* kNothingToRedo =
    "--on-change redo: no other prompts, models or sampling made anything "
    "here, so nothing is made again.";
constexpr const char* kNoNewRun =
    "--on-change new-run: no prompts, models, sampling or tools have changed, "
    "so this run goes on. For a new one choose another --output.";

// Of the prompts that changed, the lines that did.
std::string prompt_differences(LedgerReader& reader, const Settings& before,
                               const Settings& now) {
  constexpr size_t kMostLines = 5;
  fs::path folder = shipped(now.systemprompts, "systemprompts");
  std::string text;
  for (const auto& [file, hash] : now.prompts) {
    const std::string* old = before.prompts.find(file);
    if (!old || hash == *old) continue;
    text += "\n" + file + ":\n" +
            line_difference(
                reader.text(*old),
                std::string(trimmed(read_file(folder / file, kMostWritten))),
                kMostLines);
  }
  return text;
}

std::string list_of(const std::vector<SettingsChange>& changes,
                    Consequence consequence) {
  std::string text;
  for (const SettingsChange& change : changes) {
    if (change.consequence == consequence) text += "\n  " + change.text;
  }
  return text;
}

[[noreturn]] void refuse_with_choices(LedgerReader& reader,
                                      const std::string& stops,
                                      const Settings& before,
                                      const Settings& now) {
  TakenBack made = reader.would_take_back(versions_unlike(reader, now));
  throw BadUsage(
      now.output.string() + " was made with other settings so far:" + stops +
      prompt_differences(reader, before, now) +
      "\nChoose one:"
      "\n  --on-change continue  go on with the new ones; each conversation "
      "knows its own"
      "\n  --on-change redo      make the " +
      counted(made.conversations, "conversation") +
      " again that the old ones made"
      "\n  --on-change new-run   begin afresh; this run is moved to " +
      free_name(now.output).string());
}

[[noreturn]] void refuse_for_good(const Settings& now,
                                  const std::string& refused) {
  throw BadUsage(now.output.string() +
                 " was begun with other settings that a run cannot "
                 "change:" +
                 refused +
                 "\nGo back to them, choose another --output, or move this "
                 "run aside with --on-change new-run");
}

}  // namespace

ResumeDecision decide_resume(LedgerReader& reader, const Settings& before,
                             const Settings& now) {
  ResumeDecision decision;
  std::vector<SettingsChange> changes = compare_settings(before, now);
  std::string stops = list_of(changes, Consequence::stops);
  std::string refused = list_of(changes, Consequence::refused);
  bool differs = !stops.empty() || !refused.empty();
  if (now.on_change == OnChange::new_run) {
    decision.new_run = differs;
    if (differs) return decision;
    decision.notes.push_back(kNoNewRun);
  }
  if (!refused.empty()) refuse_for_good(now, refused);
  if (!stops.empty() && now.on_change == OnChange::ask) {
    refuse_with_choices(reader, stops, before, now);
  }
  if (now.on_change == OnChange::redo) {
    decision.again = reader.would_take_back(versions_unlike(reader, now));
    if (decision.again.conversations + decision.again.begun == 0) {
      decision.notes.push_back(kNothingToRedo);
    }
  }
  for (const SettingsChange& change : changes) {
    if (change.consequence == Consequence::next_wave) {
      decision.notes.push_back("From the next wave on: " + change.text);
    } else if (change.consequence == Consequence::next_drawn) {
      decision.notes.push_back("For what is not drawn yet: " + change.text);
    }
  }
  return decision;
}

void refuse_bad_output(const Settings& settings) {
  const fs::path& output = settings.output;
  std::string extension = output.extension().string();
  if (extension != ".json" && extension != ".jsonl") {
    throw BadUsage("--output must end in .json or .jsonl, got " +
                   output.string());
  }
  refuse_unless_file(settings.ledger());
  refuse_unless_file(output);
  std::error_code none;
  bool ours = fs::exists(settings.ledger(), none);
  if (!ours && fs::exists(output, none) && fs::file_size(output, none) > 0) {
    throw BadUsage(output.string() + " exists, but its ledger " +
                   settings.ledger().string() +
                   " does not: it was moved or deleted, or the file is not "
                   "from a run of ours. It was not touched. Bring the ledger "
                   "back, move the file away, or choose another --output");
  }
}

uint64_t seed_of(const Settings& settings, LedgerReader& reader) {
  uint64_t kept = kDefaultSeed;
  if (auto latest = latest_settings(reader)) {
    kept = latest->seed.value_or(kDefaultSeed);
  }
  return settings.seed.value_or(kept);
}

void refuse_another_name(const Settings& settings, LedgerReader& reader) {
  auto latest = latest_settings(reader);
  if (!latest) return;
  const fs::path& known = latest->output;
  if (known.extension() == settings.output.extension()) return;
  throw BadUsage(settings.ledger().string() + " belongs to " + known.string() +
                 ", not to " + settings.output.filename().string() +
                 "; for the other format use simulate export, or choose "
                 "another --output");
}

std::optional<Settings> latest_settings(LedgerReader& reader) {
  auto latest = reader.latest_settings();
  if (!latest) return std::nullopt;
  return latest->settings;
}

Settings known_settings(LedgerReader& reader) {
  ModelSettings models;
  Settings latest;
  for (const SettingsVersion& version : reader.versions()) {
    latest = version.settings;
    for (const auto& [name, roles] : latest.models) models[name] = roles;
  }
  latest.models = std::move(models);
  return latest;
}

std::vector<int64_t> versions_unlike(LedgerReader& reader,
                                     const Settings& now) {
  std::vector<int64_t> unlike;
  for (const SettingsVersion& version : reader.versions()) {
    auto changes = compare_settings(version.settings, now);
    if (!list_of(changes, Consequence::stops).empty()) {
      unlike.push_back(version.version);
    }
  }
  return unlike;
}

// A training file without a ledger has moved already when ours is not there.
fs::path free_name(const fs::path& output) {
  for (int number = 1;; ++number) {
    fs::path name = output;
    name.replace_extension("." + std::to_string(number) +
                           output.extension().string());
    fs::path ledger = fs::path(name).replace_extension(".db");
    std::error_code none;
    bool moved = !fs::exists(output, none);
    bool free = moved || !fs::exists(name, none);
    if (free && !fs::exists(ledger, none)) return name;
  }
}

}  // namespace simulate
