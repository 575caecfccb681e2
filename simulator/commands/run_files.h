// A run's files, opened in the only safe order: lock, ledger, settings,
// training file. Nothing is written before every check that can refuse has
// passed.
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
  // Throws BadUsage when the run cannot go on with this material, Fatal when
  // another process has it.
  RunFiles(const Options& options, const RunInputs& inputs);

  Ledger& ledger() { return *ledger_; }
  LedgerReader& reader() { return *reader_; }
  TrainingFile& training_file() { return file_; }

  uint64_t seed() const { return seed_; }
  int64_t version() const { return version_; }
  // What the user should know before the run begins.
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  void warn_of_network(const Options& options);
  void open(const Options& options);
  bool may_go_on(const Options& options, const Json& before, const Json& now);
  void move_aside(const Options& options);
  void reconcile_training_file(const Options& options, const Json& now);
  void take_back(const Options& options, const Json& now);
  void leave_no_log(const Options& options);
  void keep_larger_target(const Options& options, const Json& before,
                          Json& now);
  void park_what_was_cut_off();
  void reset_tools_if_asked(const Options& options, const Json& before);
  void begin_version(const RunInputs& inputs,
                     const std::optional<SettingsVersion>& latest,
                     const Json& now);
  void apply(Change change);
  void say(const std::string& note);

  RunLock lock_;
  TrainingFile file_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<LedgerReader> reader_;
  uint64_t seed_ = 1;
  int64_t version_ = 1;
  std::vector<std::string> notes_;
};

}  // namespace simulate
