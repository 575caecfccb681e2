// What dedup and select work on: the saved conversations of a run, where those
// that are chosen get a mark, or the rows of a file, of which --to gets the
// ones that stay.
// Tested by tests/program/dedup_test.cpp.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "simulator/run/chosen_data.h"
#include "simulator/run/ledger_source.h"
#include "simulator/samples/imported_file.h"
#include "simulator/settings/settings.h"

namespace simulate {

class ChosenDataset {
 public:
  // Of --output and --where, or of --input. Throws BadUsage.
  explicit ChosenDataset(const Settings& settings);

  // The next one, whose place is ids().size() - 1 then.
  std::optional<FinishedConversation> next();
  const std::vector<std::string>& ids() const { return ids_; }

  // Those of a run that `bears` names get the mark, each with its note, and
  // none of the others has it then; of a file all but `left_out` go to --to.
  void finish(const std::string& mark, const std::vector<LeftOut>& bears,
              const std::vector<LeftOut>& left_out);

  bool is_run() const { return reader_ != nullptr; }

 private:
  void refuse_sample(const std::string& id) const;
  void mark(const std::string& mark, const std::vector<LeftOut>& bears);
  void write_rows(const std::vector<LeftOut>& left_out);

  const Settings& settings_;
  std::unique_ptr<LedgerReader> reader_;  // null: of a file
  std::unique_ptr<LedgerSource> saved_;
  std::unique_ptr<ImportedFile> file_;
  std::vector<std::string> ids_;
};

// A file that holds at least one. Throws BadUsage.
std::unique_ptr<ImportedFile> conversations_in(
    const std::filesystem::path& file);

// What is left out and why, some of it; or with --json a line each.
void tell_left_out(const Settings& settings,
                   const std::vector<std::string>& ids,
                   const std::vector<LeftOut>& left_out);

}  // namespace simulate
