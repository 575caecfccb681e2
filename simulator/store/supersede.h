// What `--on-change redo` does to a ledger: it takes back what old versions of
// the settings made. The replies stay, as everything that was bought does.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <vector>

namespace simulate {

// Within a transaction of the caller's: the conversations of these versions,
// and the later sessions of their storylines, which remember them, are no
// more; their slots are open for a next attempt; the others are numbered anew
// without gaps, and the training file is marked to be rebuilt. The work grows
// with what is taken back.
void supersede(SQLite::Database& database,
               const std::vector<int64_t>& versions);

// How many conversations that would take back.
int64_t would_supersede(SQLite::Database& database,
                        const std::vector<int64_t>& versions);

}  // namespace simulate
