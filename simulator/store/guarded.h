// A ledger may come from elsewhere: it is data, and nothing in it is carried
// out. How every connection to one is bound, and what tells a schema that no
// version of ours has made.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>

namespace simulate {

// Right after opening, before anything is read: views and triggers run nothing,
// no other file is reached, no table of another kind is made, values and
// statements are bounded.
void guard(SQLite::Database& database);

// Lifts the part of the guard that forbids to read past a broken schema.
void allow_broken_schema(SQLite::Database& database);

// What is in the schema of a ledger of `version` that we did not put there, or
// is missing from it: "a trigger named x". Empty: it is ours.
std::string foreign_part(SQLite::Database& database, int version);

}  // namespace simulate
