// What `--on-change redo` does to a ledger, and `simulate redo` and `drop`:
// saved conversations are taken back. The replies stay, as everything that was
// bought does.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <vector>

namespace simulate {

// Within a transaction of the caller's: what these versions kept or began, and
// the later sessions of their storylines, which remember it, is no more; the
// slots are open for a next attempt; the other conversations are numbered anew
// without gaps, and the training file is marked to be rebuilt.
void supersede(SQLite::Database& database,
               const std::vector<int64_t>& versions);

// What that would take back.
struct TakenBack {
  int64_t conversations = 0;
  int64_t begun = 0;  // attempts that are not finished
};
TakenBack would_supersede(SQLite::Database& database,
                          const std::vector<int64_t>& versions);

// The same for the conversations of these slots.
void take_back(SQLite::Database& database, const std::vector<int64_t>& slots);
TakenBack would_take_back(SQLite::Database& database,
                          const std::vector<int64_t>& slots);

}  // namespace simulate
