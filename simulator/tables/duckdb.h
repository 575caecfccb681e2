// DuckDB, as far as we use it: SQL over files, in memory, with no network and
// nothing left behind. Messages of its errors are its own.
// Tested by tests/tables/duckdb_test.cpp.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "simulator/tables/duckdb_library.h"

namespace simulate {

class DuckDb {
 public:
  // Throws BadUsage when there is no library (duckdb_library.h).
  explicit DuckDb(const DuckDbPlaces& places = DuckDbPlaces::of_this_process());
  DuckDb(const DuckDb&) = delete;
  ~DuckDb();

  // Throws Error with the first line of what DuckDB says.
  void run(const std::string& sql);

  const DuckDbFunctions& functions() const { return functions_; }
  void* connection() const { return connection_; }

 private:
  DuckDbFunctions functions_;
  void* database_ = nullptr;
  void* connection_ = nullptr;
};

// What a query answers, which may be more than memory holds: it goes on as it
// is asked. Borrows the database; one at a time.
class DuckDbTexts {
 public:
  // Whose first column is a text. Throws Error.
  DuckDbTexts(DuckDb& database, const std::string& sql);
  DuckDbTexts(const DuckDbTexts&) = delete;
  ~DuckDbTexts();

  // Until the next call. Nothing when there are no more; an absent text is an
  // empty one. Throws Error.
  std::optional<std::string_view> next();

 private:
  bool next_chunk();

  const DuckDbFunctions& duckdb_;
  DuckDbResult result_;
  void* prepared_ = nullptr;
  void* chunk_ = nullptr;
  uint64_t size_ = 0;
  uint64_t taken_ = 0;
  bool over_ = false;
};

// 'it''s'
std::string sql_text(std::string_view text);

// "a ""name"""
std::string sql_name(std::string_view name);

// A file to read, and no other: in SQL, a path's stars stand for many.
std::string sql_path(const std::filesystem::path& path);

}  // namespace simulate
