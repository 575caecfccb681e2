// What makes a file a ledger of this version.
// Tested by tests/store/migration_test.cpp.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

namespace simulate {

// PRAGMA application_id: the letters SIMU, so that file(1) and we ourselves
// know a ledger from another SQLite file.
constexpr int kLedgerApplicationId = 0x53494D55;
constexpr int kLedgerVersion = 8;

// Throws BadUsage, and touches nothing, when the file is another program's or
// a newer version's, or has in its schema what no version of ours puts there.
void refuse_unless_ledger(SQLite::Database& database);

// Whether a ledger that was not refused is of this version. Throws BadUsage
// for a file without any tables.
bool is_up_to_date(SQLite::Database& database);

// Makes the tables of a new ledger, or brings those of an older one up to
// date, or only those views of a present one that have changed since: all in
// one transaction. Refuses first.
void prepare_schema(SQLite::Database& database);

}  // namespace simulate
