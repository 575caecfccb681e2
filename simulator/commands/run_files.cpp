#include "simulator/commands/run_files.h"

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/folder.h"
#include "simulator/base/text.h"
#include "simulator/commands/resume.h"
#include "simulator/run/fresh_storylines.h"
#include "simulator/settings/stored_settings.h"
#include "simulator/store/rebuild.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

// Its folders are made when they are not there.
const fs::path& checked_output(const Settings& settings) {
  refuse_bad_output(settings);
  make_folder(settings.output.parent_path());
  return settings.output;
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

RunFiles::RunFiles(const RunInputs& inputs)
    : inputs_(inputs),
      settings_(inputs.settings),
      lock_((checked_output(settings_), settings_.ledger())),
      file_(settings_.output) {
  warn_of_network();
  open();
  auto before = latest_settings(*reader_);
  if (before && !may_go_on(known_settings(*reader_))) {
    move_aside();
    open();
    before.reset();
  }
  reconcile_training_file();
  if (before) keep_larger_target(*before);
  park_what_was_cut_off();
  if (before) reset_tools_if_asked(*before);
  begin_version();
}

void RunFiles::warn_of_network() {
  std::string network = network_file_system(folder_of(settings_.output));
  if (network.empty()) return;
  notes_.push_back("The run lies on a network file system (" + network +
                   "), where locks and shared memory may not work: a ledger "
                   "belongs on a disk of this machine.");
}

void RunFiles::open() {
  ledger_ = std::make_unique<Ledger>(settings_.ledger(),
                                     settings_.conversation.tool_syntax);
  reader_ = std::make_unique<LedgerReader>(settings_.ledger());
  settings_.seed = seed_of(inputs_.settings, *reader_);
  refuse_another_name(settings_, *reader_);
}

// False when a new run is to begin.
bool RunFiles::may_go_on(const Settings& before) {
  ResumeDecision decision = decide_resume(*reader_, before, settings_);
  for (const std::string& note : decision.notes) say(note);
  return !decision.new_run;
}

// The ledger last, and whole in its one file: whoever dies in between leaves a
// run whose training file is missing, which the next start moves or rebuilds.
void RunFiles::move_aside() {
  fs::path to = free_name(settings_.output);
  leave_no_log();
  reader_.reset();
  ledger_.reset();
  std::error_code none;
  if (fs::exists(settings_.output, none)) move_file(settings_.output, to);
  move_file(settings_.ledger(), fs::path(to).replace_extension(".db"));
  notes_.push_back("A new run begins; the old one is " + to.string() + ".");
}

// What stands in the log would be lost if the ledger moved without it.
void RunFiles::leave_no_log() {
  SQLite::Statement checkpoint(ledger_->database(),
                               "PRAGMA wal_checkpoint(TRUNCATE)");
  checkpoint.executeStep();
  bool busy = checkpoint.getColumn(0).getInt() != 0;
  if (!busy) return;
  throw BadUsage("another program reads " + settings_.ledger().string() +
                 ": close it and run the same command again");
}

// A redo or another way of rendering means a new file. The old one is looked
// at first, then removed, then the ledger changes: what stands there while the
// ledger waits for the new one is either that one, or somebody else's.
void RunFiles::reconcile_training_file() {
  std::error_code none;
  bool waits = reader_->counters().rebuild != 0;
  if (!waits || fs::exists(settings_.output, none)) {
    say(file_.reconcile(*reader_));
    if (waits) rebuild_is_done(*ledger_);
  }
  if (settings_.on_change == OnChange::redo) take_back();
  if (!needs_rebuild(*reader_)) return;
  remove_file(settings_.output);
  rebuild_training_file(*ledger_, *reader_, settings_.output);
  say(file_.reconcile(*reader_));
}

void RunFiles::take_back() {
  std::vector<int64_t> versions = versions_unlike(*reader_, settings_);
  TakenBack made = reader_->would_take_back(versions);
  if (made.conversations + made.begun == 0) return;
  remove_file(settings_.output);
  apply(Superseded{versions});
  notes_.push_back(std::to_string(made.conversations) +
                   " conversations of other settings are taken back and made "
                   "again, with " +
                   std::to_string(made.begun) + " that were begun.");
}

// A run that holds more than was asked for keeps its target. After a redo it
// does not hold it any more.
void RunFiles::keep_larger_target(const Settings& before) {
  int64_t kept = reader_->counters().kept;
  if (kept <= settings_.target) return;
  notes_.push_back("The run holds " + std::to_string(kept) +
                   " conversations, more than the " +
                   std::to_string(settings_.target) + " asked for.");
  settings_.target = before.target;
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

void RunFiles::reset_tools_if_asked(const Settings& before) {
  if (!settings_.reset_tools) return;
  bool finished = reader_->counters().kept >= before.target;
  if (finished && settings_.target > before.target) {
    apply(fresh_storylines(*reader_));
    notes_.push_back("New storylines begin with empty memories.");
  } else if (!finished) {
    notes_.push_back(
        "--reset-tools does nothing in the middle of a run: its storylines "
        "go on with what they remember. `simulate reset-tools` does it now.");
  }
}

void RunFiles::begin_version() {
  auto latest = reader_->latest_settings();
  std::string text = to_text(stored_settings(settings_));
  if (latest) {
    version_ = latest->version;
    if (to_text(stored_settings(latest->settings)) == text) return;
  }
  VersionBegun begun;
  begun.version = version_ = latest ? latest->version + 1 : 1;
  begun.settings = std::move(text);
  for (const auto& [file, prompt] : inputs_.prompts.files) {
    begun.texts.push_back(prompt);
  }
  for (const ToolGroup& group : inputs_.tools) {
    begun.texts.push_back(group.text);
  }
  begun.texts.push_back(inputs_.situations.text);
  if (inputs_.rubric) begun.texts.push_back(inputs_.rubric->text);
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
