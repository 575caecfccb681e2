// One table of a tool group in a database of ours: made, filled from what is
// stored, and read back. Functions may throw SQLite::Exception when SQLite
// itself fails.
// Tested by tests/tools/tool_file_test.cpp.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "simulator/base/json.h"
#include "tools/tool_file.h"

namespace simulate {

class TableRows {
 public:
  // Creates the table in `schema` of the database, which outlives it.
  TableRows(SQLite::Database& database, const std::string& schema,
            const ToolTable& table);

  const std::string& name() const { return name_; }

  // Each a list of values, in the order of the columns, or an object of them by
  // name. Throws Fatal when a row does not fit.
  void load(const Json& rows);
  Json rows();  // in the order of their ids

 private:
  std::vector<std::string> columns_of(const Json& row) const;
  SQLite::Statement& insert_of(const Json& row);
  SQLite::Statement& insert_into(const std::vector<std::string>& columns);

  SQLite::Database& database_;
  std::string name_;
  std::string place_;  // schema and name
  std::vector<std::string> columns_;
  std::unique_ptr<SQLite::Statement> all_;
  // By the columns that a row has: what is missing has its default.
  std::map<std::vector<std::string>, std::unique_ptr<SQLite::Statement>>
      inserts_;
  std::map<size_t, SQLite::Statement*> of_lists_;  // the same, by their size
};

}  // namespace simulate
