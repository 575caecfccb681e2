// The training file written anew from the ledger, as a whole: after a redo, and
// when records are rendered in another way than they were.
// Tested by tests/store/ledger_test.cpp.
#pragma once

#include "simulator/store/ledger.h"
#include "simulator/store/ledger_reader.h"

namespace simulate {

// Whether the file must be rebuilt before anything is appended to it.
bool needs_rebuild(LedgerReader& reader);

// The ledger learns the new lengths and hashes, and that the file is to be
// rebuilt, first; then the file gets its name. Whoever dies in between is
// followed by one who does it again. What stands at `path` is replaced. Throws
// Fatal.
void rebuild_training_file(Ledger& ledger, LedgerReader& reader,
                           const std::filesystem::path& path);

// The file stands as the ledger says.
void rebuild_is_done(Ledger& ledger);

}  // namespace simulate
