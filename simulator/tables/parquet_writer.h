// Writes rows of JSON into a Parquet file, however many: they wait on disk, and
// what their columns are is settled when all are known. The file appears only
// when it is whole; what is not finished leaves nothing.
// Tested by tests/tables/parquet_writer_test.cpp.
#pragma once

#include <filesystem>
#include <string>

#include "simulator/base/spool.h"
#include "simulator/tables/column_plan.h"
#include "simulator/tables/duckdb.h"

namespace simulate {

class ParquetWriter {
 public:
  // Files that are read together, such as one to train with and one to
  // validate with, share a plan, and are finished when all have their rows: so
  // they have the same columns. Throws BadUsage when there is no DuckDB
  // (duckdb_library.h).
  ParquetWriter(std::filesystem::path path, ColumnPlan& plan,
                const DuckDbPlaces& places = DuckDbPlaces::of_this_process());
  ParquetWriter(const ParquetWriter&) = delete;
  ~ParquetWriter();

  // An object as JSON text. Throws BadUsage: the number of the row, and what
  // is wrong with it.
  void add(const std::string& row);

  // Throws BadUsage where no row has a column, and Fatal when the disk does not
  // take it.
  void finish();

  int64_t rows() const { return rows_; }

 private:
  std::string copy_statement();
  std::string metadata() const;
  size_t rows_of_group() const;

  std::filesystem::path path_;
  std::filesystem::path beside_;
  ColumnPlan& plan_;
  DuckDb database_;
  Spool spool_;
  int64_t rows_ = 0;
  size_t longest_ = 0;
};

}  // namespace simulate
