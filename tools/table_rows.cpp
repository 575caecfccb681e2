#include "tools/table_rows.h"

#include <sqlite3.h>

#include <algorithm>

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

std::vector<std::string> TableRows::columns_of(const Json& row) const {
  std::vector<std::string> names;
  for (const auto& [name, value] : row.items()) {
    if (row.is_object()) names.push_back(name);
  }
  if (row.is_array() && row.size() <= columns_.size()) {
    names.assign(columns_.begin(),
                 columns_.begin() + static_cast<long>(row.size()));
  }
  bool known = std::all_of(names.begin(), names.end(), [this](const auto& one) {
    return std::find(columns_.begin(), columns_.end(), one) != columns_.end();
  });
  if (known && !names.empty()) return names;
  throw Fatal("the stored tool state has rows of " + name_ +
              " with other columns than its tools file; go back to the file "
              "that made it, or clear it with `simulate reset-tools`");
}

SQLite::Statement& TableRows::insert_of(const Json& row) {
  if (row.is_object()) return insert_into(columns_of(row));
  SQLite::Statement*& known = of_lists_[row.size()];
  if (!known) known = &insert_into(columns_of(row));
  return *known;
}

SQLite::Statement& TableRows::insert_into(
    const std::vector<std::string>& columns) {
  auto& insert = inserts_[columns];
  if (insert) return *insert;
  std::vector<std::string> marks(columns.size(), "?");
  insert = std::make_unique<SQLite::Statement>(
      database_, "INSERT INTO " + place_ + " (" + joined(columns, ", ") +
                     ") VALUES (" + joined(marks, ", ") + ")");
  return *insert;
}

void TableRows::load(const Json& rows) {
  for (const Json& row : rows) {
    SQLite::Statement& insert = insert_of(row);
    int mark = 0;
    for (const Json& value : row) bind_value(insert, ++mark, value);
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
