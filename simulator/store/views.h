// The ledger's views: questions that people have, answered by name. They hold
// nothing, so a better one needs no new version of the ledger.
// Tested by tests/store/ledger_test.cpp.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

namespace simulate {

void create_views(SQLite::Database& database);

// Makes those anew that have changed since; the others stay where they are, as
// do those that somebody else made. Within the caller's transaction.
void renew_views(SQLite::Database& database);

}  // namespace simulate
