// The rows of a damaged ledger, as far as they can be read: first in order,
// then, behind each place where that stops, from both sides of it.
// Tested by tests/store/repair_test.cpp.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

namespace simulate {

// Copies what it can into `to`, a new ledger, as it is: nothing fits together
// yet. Throws SQLite::Exception when `to` cannot be written.
void salvage(SQLite::Database& from, SQLite::Database& to);

}  // namespace simulate
