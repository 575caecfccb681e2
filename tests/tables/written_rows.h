// Small Parquet files, for tests of who reads them; and whether there is a
// DuckDB to make them with (scripts/install-duckdb gets one).
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "simulator/base/error.h"
#include "simulator/tables/duckdb_library.h"
#include "simulator/tables/parquet_file.h"
#include "simulator/tables/parquet_writer.h"

namespace simulate {

// Empty when it is there.
inline std::string why_duckdb_is_missing() {
  try {
    duckdb_functions(DuckDbPlaces::of_this_process());
    return "";
  } catch (const BadUsage& missing) {
    return missing.what();
  }
}

inline bool duckdb_is_missing() { return !why_duckdb_is_missing().empty(); }

inline void write_rows(const std::filesystem::path& path,
                       const std::vector<std::string>& rows,
                       std::set<std::string> with_fields = {}) {
  ColumnPlan plan(std::move(with_fields));
  ParquetWriter writer(path, plan);
  for (const std::string& row : rows) writer.add(row);
  writer.finish();
}

inline std::vector<std::string> read_rows(const std::filesystem::path& path) {
  std::vector<std::string> rows;
  ParquetFile file(path);
  while (std::optional<Json> row = file.next()) rows.push_back(to_text(*row));
  return rows;
}

// The first column of each row that the query answers.
inline std::vector<std::string> answers(const std::string& sql) {
  DuckDb database;
  DuckDbTexts texts(database, sql);
  std::vector<std::string> all;
  while (auto text = texts.next()) all.emplace_back(*text);
  return all;
}

}  // namespace simulate
