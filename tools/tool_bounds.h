// What the SQL of a tools file may do, and for how long: it may come from
// anybody, and runs within a round of a conversation.
// Tested by tests/tools/tool_file_test.cpp.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <string>

namespace simulate {

// From now on its statements only read and change rows, of bounded values,
// but while `allowed` is true: then we ourselves furnish the database.
// `allowed` outlives it.
void bind_to_rows(SQLite::Database& database, bool& allowed);

// Throws SQLite::Exception when a column's default differs from time to time: a
// replay has to come to the same rows.
void refuse_unsteady_defaults(SQLite::Database& database,
                              const std::string& table);

// While it lives, what is run is interrupted when it takes too long, or more
// memory than 64 MiB.
class Patience {
 public:
  explicit Patience(SQLite::Database& database);
  Patience(const Patience&) = delete;
  ~Patience();

 private:
  static int is_over(void* self);

  sqlite3* handle_;
  std::chrono::steady_clock::time_point ends_;
  int steps_left_;
  int64_t memory_before_;
};

}  // namespace simulate
