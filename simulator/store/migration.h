// From the ledger of an older version to one of this version. All within the
// caller's transaction.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include "simulator/store/schema.h"

namespace simulate {

// The last version whose tables were written down as a whole; from then on
// columns were added to them.
constexpr int kWholeVersion = 3;

// The tables and views of a new ledger; those of an older version have the
// tables that it had.
void create_schema(SQLite::Database& database, int version = kLedgerVersion);

// `version` is the ledger's, an older one. The result is what a new ledger
// looks like.
void migrate(SQLite::Database& database, int version);

}  // namespace simulate
