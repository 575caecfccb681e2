// What --reset-tools does to a plan: what is not begun yet moves to storylines
// of its own, which begin with an empty tool state.
#pragma once

#include "simulator/store/ledger_reader.h"

namespace simulate {

// Conversations that are begun keep their memories, since answers were bought
// for them; so do storylines that have none yet.
SlotsReplaced fresh_storylines(LedgerReader& reader);

}  // namespace simulate
