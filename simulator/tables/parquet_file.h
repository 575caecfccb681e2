// A Parquet file as rows of JSON, one in memory at a time. Fields that are null
// are left out, since a table cannot tell them from absent ones; inside what is
// stored as JSON text they stay.
// Tested by tests/tables/parquet_file_test.cpp.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "simulator/tables/column_type.h"
#include "simulator/tables/duckdb.h"

namespace simulate {

// Whether it is a file that begins as Parquet does.
bool is_parquet(const std::filesystem::path& path);

class ParquetFile {
 public:
  // Throws BadUsage when there is no DuckDB (duckdb_library.h), or it cannot
  // read the file.
  explicit ParquetFile(
      std::filesystem::path path,
      const DuckDbPlaces& places = DuckDbPlaces::of_this_process());

  // Nothing when there are no more. Throws BadUsage for a damaged file.
  std::optional<Json> next();

  void begin_again();

  // Of what next() gave: its number, from 1, and the size of its text with all
  // that is null in it.
  int64_t row() const { return row_; }
  size_t bytes() const { return bytes_; }

 private:
  std::string row_statement() const;
  [[noreturn]] void refuse(const std::string& what) const;

  std::filesystem::path path_;
  DuckDb database_;
  ColumnType type_;
  std::unique_ptr<DuckDbTexts> rows_;
  int64_t row_ = 0;
  size_t bytes_ = 0;
};

}  // namespace simulate
