#include "simulator/commands/run_files.h"

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "simulator/commands/resume.h"
#include "simulator/run/fresh_storylines.h"
#include "simulator/store/rebuild.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

// The folder of the default output is made; any other one has to be there.
const fs::path& checked_output(const Options& options) {
  refuse_bad_output(options);
  fs::path folder = options.output.parent_path();
  std::error_code failed;
  if (folder == kOwnFolder) fs::create_directory(folder, failed);
  if (!failed) return options.output;
  throw BadUsage("cannot make the folder " + folder.string() + ": " +
                 disk_trouble(failed.value()) +
                 "; or choose an --output in a folder you may write to");
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

void move_file(const fs::path& from, const fs::path& to) {
  std::error_code failed;
  fs::rename(from, to, failed);
  if (!failed) return;
  throw Fatal("cannot move " + from.string() + " to " + to.string() + ": " +
              disk_trouble(failed.value()));
}

}  // namespace

RunFiles::RunFiles(const Options& options, const RunInputs& inputs)
    : lock_((checked_output(options), options.ledger())),
      file_(options.output) {
  warn_of_network(options);
  open(options);
  Json now = settings_of(options, inputs, seed_);
  auto latest = reader_->latest_settings();
  if (latest && !may_go_on(options, known_settings(*reader_), now)) {
    move_aside(options);
    open(options);
    now = settings_of(options, inputs, seed_);
    latest.reset();
  }
  reconcile_training_file(options, now);
  if (latest) keep_larger_target(options, latest->settings, now);
  park_what_was_cut_off();
  if (latest) reset_tools_if_asked(options, latest->settings);
  begin_version(inputs, latest, now);
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
  ResumeDecision decision = decide_resume(options, *reader_, before, now);
  for (const std::string& note : decision.notes) say(note);
  return !decision.new_run;
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
void RunFiles::reconcile_training_file(const Options& options,
                                       const Json& now) {
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
  std::vector<int64_t> versions = versions_unlike(*reader_, now);
  TakenBack made = reader_->would_take_back(versions);
  if (made.conversations + made.begun == 0) return;
  std::error_code none;
  fs::remove(options.output, none);
  apply(Superseded{versions});
  notes_.push_back(std::to_string(made.conversations) +
                   " conversations of other settings are taken back and made "
                   "again, with " +
                   std::to_string(made.begun) + " that were begun.");
}

// A run that holds more than was asked for keeps its target. After a redo it
// does not hold it any more.
void RunFiles::keep_larger_target(const Options& options, const Json& before,
                                  Json& now) {
  int64_t kept = reader_->counters().kept;
  if (kept <= options.target) return;
  now["target"] = before.value("target", kept);
  notes_.push_back("The run holds " + std::to_string(kept) +
                   " conversations, more than the " +
                   std::to_string(options.target) + " asked for.");
}

void RunFiles::park_what_was_cut_off() {
  int64_t running = reader_->unfinished_attempts("running");
  if (running == 0) return;
  apply(Interrupted{});
  notes_.push_back("The last process was cut off with up to " +
                   std::to_string(running) +
                   " requests in flight, which may have been billed; all "
                   "answers that arrived are used.");
}

void RunFiles::reset_tools_if_asked(const Options& options,
                                    const Json& before) {
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

void RunFiles::begin_version(const RunInputs& inputs,
                             const std::optional<SettingsVersion>& latest,
                             const Json& now) {
  if (latest) version_ = latest->version;
  if (latest && latest->settings == now) return;
  VersionBegun begun;
  begun.version = version_ = latest ? latest->version + 1 : 1;
  begun.settings = to_text(now);
  for (const auto& [file, text] : inputs.prompts.files) {
    begun.texts.push_back(text);
  }
  for (const ToolGroup& group : inputs.tools) {
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
