// Makes what was salvaged of a run's conversations fit together again: what
// cannot be proven to be what was saved is made again by the next run.
// Tested by tests/store/repair_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "simulator/store/ledger.h"
#include "simulator/store/ledger_reader.h"

namespace simulate {

struct Recovered {
  int64_t saved = 0;  // conversations that there were, as far as anybody knows
  int64_t kept = 0;   // of these, proven to be what was saved
  int64_t replies = 0;
  int64_t replies_lost = 0;    // at least: of the attempts that had ended
  std::vector<int64_t> again;  // slots whose conversations are made again
  int64_t from_replies = 0;    // of these, continued from recorded replies
  int64_t states_lost = 0;     // of tools, after conversations that are kept
  std::vector<std::string> notes;  // sentences for the user

  bool lost_something() const {
    return kept < saved || replies_lost > 0 || states_lost > 0 ||
           !notes.empty();
  }
};

// After mend_plan(). A conversation stays when its record has the hash that it
// was saved with. The slot of any other is open again: with the same attempt
// when that attempt's replies are there from the first one on, or else with
// the next one. Sums and numbers are those of the rows. `before` holds what
// there was, from count_before().
void mend_conversations(Ledger& ledger, LedgerReader& reader,
                        Recovered& before);

// What the salvaged rows say there was; to be asked before anything is mended.
Recovered count_before(SQLite::Database& database);

}  // namespace simulate
