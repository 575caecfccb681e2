// From the ledger of an older version to one of this version. All within the
// caller's transaction.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

namespace simulate {

// The tables and views of a new ledger.
void create_schema(SQLite::Database& database);

// `version` is the ledger's, an older one. The result is what a new ledger
// looks like.
void migrate(SQLite::Database& database, int version);

}  // namespace simulate
