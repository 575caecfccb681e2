#include "tools/table_rows.h"

#include <sqlite3.h>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "tools/prepared_step.h"

namespace simulate {

TableRows::TableRows(SQLite::Database& database, const std::string& schema,
                     const ToolTable& table)
    : database_(database),
      name_(table.name),
      place_(schema + "." + table.name),
      columns_(table.columns) {
  database_.exec("CREATE TABLE " + place_ + " (id INTEGER PRIMARY KEY, " +
                 joined(table.written, ", ") + ")");
  all_ = std::make_unique<SQLite::Statement>(
      database_,
      "SELECT " + joined(columns_, ", ") + " FROM " + place_ + " ORDER BY id");
}

SQLite::Statement& TableRows::insert_of(size_t columns) {
  auto& insert = inserts_[columns];
  if (insert) return *insert;
  std::vector<std::string> names(columns_.begin(),
                                 columns_.begin() + static_cast<long>(columns));
  std::vector<std::string> marks(columns, "?");
  insert = std::make_unique<SQLite::Statement>(
      database_, "INSERT INTO " + place_ + " (" + joined(names, ", ") +
                     ") VALUES (" + joined(marks, ", ") + ")");
  return *insert;
}

void TableRows::load(const Json& rows) {
  for (const Json& row : rows) {
    if (row.size() > columns_.size()) {
      throw Fatal("the stored tool state has rows of " + name_ +
                  " with more columns than its tools file; go back to the file "
                  "that made it, or clear it with `simulate reset-tools`");
    }
    SQLite::Statement& insert = insert_of(row.size());
    for (size_t i = 0; i < row.size(); ++i) {
      bind_value(insert, static_cast<int>(i) + 1, row[i]);
    }
    if (insert.tryExecuteStep() != SQLITE_DONE) {
      std::string why = database_.getErrorMsg();
      insert.tryReset();
      throw Fatal("the stored tool state has rows of " + name_ +
                  " that no longer fit its tools file (" + why +
                  "); give a new column a default, or clear what is stored "
                  "with `simulate reset-tools`");
    }
    insert.reset();
  }
}

Json TableRows::rows() {
  Json rows = Json::array();
  while (all_->executeStep()) {
    Json row = Json::array();
    for (int i = 0; i < all_->getColumnCount(); ++i) {
      row.push_back(value_in(all_->getColumn(i)));
    }
    rows.push_back(std::move(row));
  }
  all_->reset();
  return rows;
}

}  // namespace simulate
