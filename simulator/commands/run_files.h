// A run's files, opened in the only safe order: lock, ledger, settings,
// training file. Nothing is written before every check that can refuse has
// passed.
// Tested by tests/program/continue_test.cpp.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "simulator/commands/run_inputs.h"
#include "simulator/export/training_file.h"
#include "simulator/store/ledger.h"
#include "simulator/store/ledger_reader.h"
#include "simulator/store/run_lock.h"

namespace simulate {

class RunFiles {
 public:
  // Makes the folders of --output. Throws BadUsage when the run cannot go on
  // with these inputs, Fatal when another process has it. `inputs` outlive it.
  explicit RunFiles(const RunInputs& inputs);

  Ledger& ledger() { return *ledger_; }
  LedgerReader& reader() { return *reader_; }
  TrainingFile& training_file() { return file_; }

  // What this start goes by: those of the inputs, with the run's own seed and,
  // where it holds more than was asked for, its own target.
  const Settings& settings() const { return settings_; }
  int64_t version() const { return version_; }  // of these settings
  // What the user should know before the run begins.
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  void warn_of_network();
  void open();
  bool may_go_on(const Settings& before);
  void move_aside();
  void leave_no_log();
  void reconcile_training_file();
  void take_back();
  void keep_larger_target(const Settings& before);
  void park_what_was_cut_off();
  void reset_tools_if_asked(const Settings& before);
  void begin_version();
  void apply(Change change);
  void say(const std::string& note);

  const RunInputs& inputs_;
  Settings settings_;
  RunLock lock_;
  TrainingFile file_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<LedgerReader> reader_;
  int64_t version_ = 1;
  std::vector<std::string> notes_;
};

}  // namespace simulate
