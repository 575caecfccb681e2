// What is wrong with the ledger of a run, for people. Never writes anything,
// and may be used while another process runs the run.
// Tested by tests/store/repair_test.cpp.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "simulator/store/ledger_reader.h"

namespace simulate {

struct Examination {
  int64_t conversations = 0;
  // Of the ledger: sentences. `simulate check --repair` is for these.
  std::vector<std::string> damage;
  // Of the training file beside it, all of which is read: sentences with what
  // to do. Not looked at while a process appends to it.
  std::vector<std::string> file;

  bool nothing_wrong() const { return damage.empty() && file.empty(); }
};

// `output` is the training file. Reads all of the ledger and renders every
// conversation, which takes about a minute for half a million. Throws BadUsage
// for a sound file that is another program's or a newer version's.
Examination examine(const std::filesystem::path& ledger,
                    const std::filesystem::path& output, bool under_way);

// Whether conversation `number` renders to the record that was saved; if not,
// whatever of it cannot be read counts as well.
bool renders_as_saved(LedgerReader& reader, int64_t number, ToolSyntax syntax);

// Whether the tools can read what they are to remember.
bool is_readable_state(const std::string& state);

}  // namespace simulate
