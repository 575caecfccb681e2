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

  // Throws Fatal when a row does not fit.
  void load(const Json& rows);
  Json rows();  // in the order of their ids

 private:
  SQLite::Statement& insert_of(size_t columns);

  SQLite::Database& database_;
  std::string name_;
  std::string place_;  // schema and name
  std::vector<std::string> columns_;
  std::unique_ptr<SQLite::Statement> all_;
  // By how many columns a row has: what is missing has its default.
  std::map<size_t, std::unique_ptr<SQLite::Statement>> inserts_;
};

}  // namespace simulate
