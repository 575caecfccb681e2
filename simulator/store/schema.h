// The ledger's tables. docs/ledger.md describes every one of them.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>

namespace simulate {

// PRAGMA application_id: the letters SIMU, so that file(1) and we ourselves
// know a ledger from another SQLite file.
constexpr int kLedgerApplicationId = 0x53494D55;
constexpr int kLedgerVersion = 3;

// Throws BadUsage, and touches nothing, when the file is another program's or
// a newer version's.
void refuse_unless_ledger(SQLite::Database& database);

// The same, also for an older version's, which only a start of the run brings
// up to date.
void refuse_unless_current(SQLite::Database& database);

// Makes the tables of a new ledger, or brings those of an older one up to
// date, or only those views of a present one that have changed since: all in
// one transaction. Refuses first.
void prepare_schema(SQLite::Database& database);

// The keys of the tables replies and messages.
constexpr int kMostAttempts = 255;  // at one slot, so that keys stay apart
constexpr int64_t reply_key(int64_t slot, int attempt, int seq) {
  return (slot << 24) + (int64_t{attempt} << 16) + seq;
}
constexpr int64_t message_key(int64_t slot, int64_t position) {
  return (slot << 16) + position;
}

}  // namespace simulate
