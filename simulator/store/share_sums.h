// The table `shares`: how often each situation and each value of an axis has
// come out. It changes in the transactions that change what it counts.
// Tested by tests/store/share_sums_test.cpp.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include "simulator/conversation/plan.h"
#include "simulator/store/statements.h"

namespace simulate {

// `change` is what there is more of, or less. Within a transaction of the
// caller's.
void add_to_shares(Statements& statements, const Shares& change);

// All of it from the rows, for what changes many of them at once.
void recount_shares(SQLite::Database& database);

// What the table says, and what the rows do.
Shares read_shares(SQLite::Database& database);
Shares counted_shares(SQLite::Database& database);

}  // namespace simulate
