// The ledger's tables as version 3 had them. Nothing in them is changed any
// more: what later versions add is in migration.cpp, and a new ledger gets it
// in the same way. docs/ledger.md describes all of them.
// Tested by tests/store/migration_test.cpp.
#pragma once

namespace simulate {

extern const char* const kTablesOfVersion3;

}  // namespace simulate
