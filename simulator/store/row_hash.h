// The SQL function row_hash(value, ...): what a row was when it was written, as
// a number, so that a bit that turned over since then is noticed. It is FNV-1a
// with 64 bits, which every change of one byte changes: a guard against
// accidents, not against forgery.
// Tested by tests/store/row_hash_test.cpp.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>
#include <vector>

namespace simulate {

// Every connection to a ledger has it; see guard().
void add_row_hash(SQLite::Database& database);

// The tables whose rows carry the hash, and what is in them.
struct HashedTable {
  std::string name;
  std::string rows;    // "replies", for messages
  std::string intact;  // a condition; rows of older ledgers, without one, are
  std::string hashed;  // what their hash would be
};
const std::vector<HashedTable>& hashed_tables();

}  // namespace simulate
