#include "simulator/commands/resume.h"

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "simulator/commands/setup.h"
#include "simulator/run/settings.h"

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
std::string prompt_differences(LedgerReader& reader, const Json& before,
                               const Json& now, const Options& options) {
  constexpr size_t kMostLines = 5;
  Json none = Json::object();
  Json old_prompts = before.value("prompts", none);
  Json new_prompts = now.value("prompts", none);
  fs::path folder = shipped(options.systemprompts, "systemprompts");
  std::string text;
  for (const auto& [file, hash] : new_prompts.items()) {
    std::string old_hash = string_at(old_prompts, file);
    if (old_hash.empty() || hash == old_hash) continue;
    std::string old_text = reader.text(old_hash);
    std::string lines = line_difference(
        old_text, std::string(trimmed(read_file(folder / file))), kMostLines);
    text += "\n" + file + ":\n" + lines;
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

[[noreturn]] void refuse_with_choices(const Options& options,
                                      LedgerReader& reader,
                                      const std::string& stops,
                                      const Json& before, const Json& now) {
  TakenBack made = reader.would_take_back(versions_unlike(reader, now));
  throw BadUsage(
      options.output.string() + " was made with other settings so far:" +
      stops + prompt_differences(reader, before, now, options) +
      "\nChoose one:"
      "\n  --on-change continue  go on with the new ones; each conversation "
      "knows its own"
      "\n  --on-change redo      make the " +
      std::to_string(made.conversations) +
      " conversations again that the old ones made"
      "\n  --on-change new-run   begin afresh; this run is moved to " +
      free_name(options.output).string());
}

[[noreturn]] void refuse_for_good(const Options& options,
                                  const std::string& refused) {
  throw BadUsage(options.output.string() +
                 " was begun with other settings that a run cannot "
                 "change:" +
                 refused +
                 "\nGo back to them, choose another --output, or move this "
                 "run aside with --on-change new-run");
}

}  // namespace

ResumeDecision decide_resume(const Options& options, LedgerReader& reader,
                             const Json& before, const Json& now) {
  ResumeDecision decision;
  std::vector<SettingsChange> changes = compare_settings(before, now);
  std::string stops = list_of(changes, Consequence::stops);
  std::string refused = list_of(changes, Consequence::refused);
  bool differs = !stops.empty() || !refused.empty();
  if (options.on_change == OnChange::new_run) {
    decision.new_run = differs;
    if (differs) return decision;
    decision.notes.push_back(kNoNewRun);
  }
  if (!refused.empty()) refuse_for_good(options, refused);
  if (!stops.empty() && options.on_change == OnChange::ask) {
    refuse_with_choices(options, reader, stops, before, now);
  }
  if (options.on_change == OnChange::redo) {
    decision.again = reader.would_take_back(versions_unlike(reader, now));
    if (decision.again.conversations + decision.again.begun == 0) {
      decision.notes.push_back(kNothingToRedo);
    }
  }
  for (const SettingsChange& change : changes) {
    if (change.consequence == Consequence::next_wave) {
      decision.notes.push_back("From the next wave on: " + change.text);
    }
  }
  return decision;
}

void refuse_bad_output(const Options& options) {
  const fs::path& output = options.output;
  fs::path folder = output.parent_path();
  std::error_code none;
  bool made = folder.empty() || folder == kOwnFolder;
  if (!made && !fs::is_directory(folder, none)) {
    throw BadUsage("there is no folder " + folder.string() +
                   " for --output; make it first: mkdir -p " + folder.string());
  }
  std::string extension = output.extension().string();
  if (extension != ".json" && extension != ".jsonl") {
    throw BadUsage("--output must end in .json or .jsonl, got " +
                   output.string());
  }
  bool ours = fs::exists(options.ledger(), none);
  if (!ours && fs::exists(output, none) && fs::file_size(output, none) > 0) {
    throw BadUsage(output.string() + " exists, but its ledger " +
                   options.ledger().string() +
                   " does not: it was moved or deleted, or the file is not "
                   "from a run of ours. It was not touched. Bring the ledger "
                   "back, move the file away, or choose another --output");
  }
}

uint64_t seed_of(const Options& options, LedgerReader& reader) {
  uint64_t kept = kDefaultSeed;
  auto latest = reader.latest_settings();
  if (latest) kept = latest->settings.value("seed", kDefaultSeed);
  return options.seed.value_or(kept);
}

void refuse_another_name(const Options& options, LedgerReader& reader) {
  auto latest = reader.latest_settings();
  if (!latest) return;
  std::string name = options.output.filename().string();
  fs::path known = string_at(latest->settings, "output", name);
  if (known.extension() == options.output.extension()) return;
  throw BadUsage(options.ledger().string() + " belongs to " + known.string() +
                 ", not to " + name +
                 "; for the other format use simulate export, or choose "
                 "another --output");
}

Json known_settings(LedgerReader& reader) {
  Json models = Json::object();
  Json latest;
  for (SettingsVersion& version : reader.versions()) {
    latest = std::move(version.settings);
    Json own = latest.value("models", Json::object());
    for (const auto& [name, model] : own.items()) models[name] = model;
  }
  latest["models"] = std::move(models);
  return latest;
}

std::vector<int64_t> versions_unlike(LedgerReader& reader, const Json& now) {
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
