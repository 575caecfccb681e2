#include "simulator/commands/run_files.h"

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "simulator/commands/setup.h"
#include "simulator/run/fresh_storylines.h"
#include "simulator/run/settings.h"
#include "simulator/store/rebuild.h"
#include "simulator/store/supersede.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

constexpr uint64_t kDefaultSeed = 1;

// Checks that touch nothing, so that a refusal leaves no file behind.
const fs::path& checked_output(const Options& options) {
  const fs::path& output = options.output;
  fs::path folder = output.parent_path();
  std::error_code none;
  if (folder == "data") fs::create_directory(folder, none);
  if (!folder.empty() && !fs::is_directory(folder, none)) {
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
    throw BadUsage(output.string() +
                   " exists, but there is no ledger beside it, so it is not "
                   "from a run of ours. It was not touched; choose another "
                   "--output");
  }
  return output;
}

// The seed of a run that exists is its own unless the user insists.
uint64_t seed_of(const Options& options, LedgerReader& reader) {
  uint64_t kept = kDefaultSeed;
  auto latest = reader.latest_settings();
  if (latest) kept = latest->settings.value("seed", kDefaultSeed);
  return options.seed.value_or(kept);
}

// A second training file of one ledger would leave the first one behind. A run
// that was moved to another name keeps its extension.
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

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

// conversations.json -> conversations.1.json, or the next number that is free.
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

// The latest settings, with the models that providers which took no part had
// when they last did.
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

void move_file(const fs::path& from, const fs::path& to) {
  std::error_code failed;
  fs::rename(from, to, failed);
  if (!failed) return;
  throw Fatal("cannot move " + from.string() + " to " + to.string() + ": " +
              disk_trouble(failed.value()));
}

std::string list_of(const std::vector<SettingsChange>& changes,
                    Consequence consequence) {
  std::string text;
  for (const SettingsChange& change : changes) {
    if (change.consequence == consequence) text += "\n  " + change.text;
  }
  return text;
}

}  // namespace

RunFiles::RunFiles(const Options& options, const Material& material)
    : lock_((checked_output(options), options.ledger())),
      file_(options.output) {
  warn_of_network(options);
  open(options);
  Json now = settings_of(options, material, seed_);
  auto latest = reader_->latest_settings();
  if (latest && !may_go_on(options, known_settings(*reader_), now)) {
    move_aside(options);
    open(options);
    now = settings_of(options, material, seed_);
    latest.reset();
  }
  settle_training_file(options, now);
  settle_deaths();
  if (latest) settle_reset(options, latest->settings);
  settle_version(material, latest, now);
}

void RunFiles::warn_of_network(const Options& options) {
  std::string network = network_file_system(folder_of(options.output));
  if (network.empty()) return;
  notes_.push_back("The run lies on a network file system (" + network +
                   "), where locks and shared memory may not work: a ledger "
                   "belongs on a disk of this machine.");
}

void RunFiles::open(const Options& options) {
  ledger_ = std::make_unique<Ledger>(options.ledger(), options.tool_syntax);
  reader_ = std::make_unique<LedgerReader>(options.ledger());
  seed_ = seed_of(options, *reader_);
  refuse_another_name(options, *reader_);
}

// False when a new run is to begin.
bool RunFiles::may_go_on(const Options& options, const Json& before,
                         const Json& now) {
  std::vector<SettingsChange> changes = compare_settings(before, now);
  std::string stops = list_of(changes, Consequence::stops);
  std::string refused = list_of(changes, Consequence::refused);
  bool differs = !stops.empty() || !refused.empty();
  if (differs && options.on_change == OnChange::new_run) return false;
  if (!refused.empty()) {
    throw BadUsage(options.output.string() +
                   " was begun with other settings that a run cannot "
                   "change:" +
                   refused +
                   "\nGo back to them, choose another --output, or move this "
                   "run aside with --on-change new-run");
  }
  if (!stops.empty() && options.on_change == OnChange::ask) {
    refuse_with_choices(options, stops, before, now);
  }
  for (const SettingsChange& change : changes) {
    if (change.consequence == Consequence::next_wave) {
      notes_.push_back("From the next wave on: " + change.text);
    }
  }
  return true;
}

void RunFiles::refuse_with_choices(const Options& options,
                                   const std::string& stops, const Json& before,
                                   const Json& now) {
  TakenBack made = would_supersede(ledger_->database(), versions_unlike(now));
  throw BadUsage(
      options.output.string() + " was made with other settings so far:" +
      stops + prompt_differences(*reader_, before, now, options) +
      "\nChoose one:"
      "\n  --on-change continue  go on with the new ones; each conversation "
      "knows its own"
      "\n  --on-change redo      make the " +
      std::to_string(made.conversations) +
      " conversations again that the old ones made"
      "\n  --on-change new-run   begin afresh; this run is moved to " +
      free_name(options.output).string());
}

// The versions of the settings whose conversations --on-change redo makes
// again.
std::vector<int64_t> RunFiles::versions_unlike(const Json& now) {
  std::vector<int64_t> unlike;
  for (const SettingsVersion& version : reader_->versions()) {
    auto changes = compare_settings(version.settings, now);
    if (!list_of(changes, Consequence::stops).empty()) {
      unlike.push_back(version.version);
    }
  }
  return unlike;
}

// The ledger last, and whole in its one file: whoever dies in between leaves a
// run whose training file is missing, which the next start moves or rebuilds.
void RunFiles::move_aside(const Options& options) {
  fs::path to = free_name(options.output);
  leave_no_log(options);
  reader_.reset();
  ledger_.reset();
  std::error_code none;
  if (fs::exists(options.output, none)) move_file(options.output, to);
  move_file(options.ledger(), fs::path(to).replace_extension(".db"));
  notes_.push_back("A new run begins; the old one is " + to.string() + ".");
}

// What stands in the log would be lost if the ledger moved without it.
void RunFiles::leave_no_log(const Options& options) {
  SQLite::Statement checkpoint(ledger_->database(),
                               "PRAGMA wal_checkpoint(TRUNCATE)");
  checkpoint.executeStep();
  bool busy = checkpoint.getColumn(0).getInt() != 0;
  if (!busy) return;
  throw BadUsage("another program reads " + options.ledger().string() +
                 ": close it and run the same command again");
}

// A redo or another way of rendering means a new file. The old one is looked
// at first, then removed, then the ledger changes: what stands there while the
// ledger waits for the new one is either that one, or somebody else's.
void RunFiles::settle_training_file(const Options& options, const Json& now) {
  std::error_code none;
  bool waits = reader_->counters().rebuild != 0;
  if (!waits || fs::exists(options.output, none)) {
    say(file_.reconcile(*reader_));
    if (waits) rebuild_is_done(*ledger_);
  }
  if (options.on_change == OnChange::redo) take_back(options, now);
  if (!needs_rebuild(*reader_)) return;
  fs::remove(options.output, none);
  rebuild_training_file(*ledger_, *reader_, options.output);
  say(file_.reconcile(*reader_));
}

void RunFiles::take_back(const Options& options, const Json& now) {
  std::vector<int64_t> versions = versions_unlike(now);
  TakenBack made = would_supersede(ledger_->database(), versions);
  if (made.conversations + made.begun == 0) return;
  std::error_code none;
  fs::remove(options.output, none);
  apply(Superseded{versions});
  notes_.push_back(std::to_string(made.conversations) +
                   " conversations of other settings are taken back and made "
                   "again, with " +
                   std::to_string(made.begun) + " that were begun.");
}

void RunFiles::settle_deaths() {
  int64_t running = reader_->unfinished_attempts("running");
  if (running == 0) return;
  apply(Interrupted{});
  notes_.push_back("The last process was cut off with up to " +
                   std::to_string(running) +
                   " requests in flight, which may have been billed; all "
                   "answers that arrived are used.");
}

void RunFiles::settle_reset(const Options& options, const Json& before) {
  if (!options.reset_tools) return;
  int64_t old_target = before.value("target", int64_t{0});
  bool finished = reader_->counters().kept >= old_target;
  if (finished && options.target > old_target) {
    apply(fresh_storylines(*reader_));
    notes_.push_back("New storylines begin with empty memories.");
  } else if (!finished) {
    notes_.push_back(
        "--reset-tools does nothing in the middle of a run: its storylines "
        "go on with what they remember. `simulate reset-tools` does it now.");
  }
}

void RunFiles::settle_version(const Material& material,
                              const std::optional<SettingsVersion>& latest,
                              const Json& now) {
  if (latest) version_ = latest->version;
  if (latest && latest->settings == now) return;
  VersionBegun begun;
  begun.version = version_ = latest ? latest->version + 1 : 1;
  begun.settings = to_text(now);
  for (const auto& [file, text] : material.prompts.files) {
    begun.texts.push_back(text);
  }
  for (const ToolGroup& group : material.tools) {
    begun.texts.push_back(group.text);
  }
  apply(std::move(begun));
}

void RunFiles::apply(Change change) {
  std::vector<Change*> changes = {&change};
  ledger_->apply(changes, /*durable=*/true);
}

void RunFiles::say(const std::string& note) {
  if (!note.empty()) notes_.push_back(note);
}

}  // namespace simulate
