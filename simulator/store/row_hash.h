// The SQL function row_hash(name, value, ...): what a row was when it was
// written, as a number, so that a bit that turned over since then is noticed.
// It is the sum of FNV-1a hashes with 64 bits of each name with its value,
// which every change of one value changes: a guard against accidents, not
// against forgery. A value that is NULL, 0 or empty counts for nothing, so that
// a column that is added with such a default leaves the rows that are there as
// they were.
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
