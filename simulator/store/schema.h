// The ledger's tables. docs/ledger.md describes every one of them.
#pragma once

namespace simulate {

// PRAGMA application_id: the letters SIMU, so that file(1) and we ourselves
// know a ledger from another SQLite file.
constexpr int kLedgerApplicationId = 0x53494D55;
constexpr int kLedgerVersion = 1;

extern const char* const kLedgerSchema;

}  // namespace simulate
