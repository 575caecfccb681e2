// The statements of one connection, each prepared once, and the use of one.
// Tested by tests/store/ledger_test.cpp.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

#include "simulator/store/columns.h"

namespace simulate {

// One use of a statement to read: it is reset at the end, so that no read
// transaction stays open behind the writer's back.
class Query {
 public:
  Query(SQLite::Statement& statement, const std::string& file)
      : statement_(statement), file_(file) {}
  Query(const Query&) = delete;
  ~Query() { statement_.tryReset(); }

  template <class Value>
  void bind(int index, const Value& value) {
    statement_.bind(index, value);
  }
  bool next();  // throws Fatal
  SQLite::Column column(int index) { return statement_.getColumn(index); }
  SQLite::Column column(const char* name) { return statement_.getColumn(name); }

  // The members that `columns` names; what the statement selects has them.
  template <class Row>
  void read(const Columns<Row>& columns, Row& row) {
    columns.read(statement_, row);
  }

 private:
  SQLite::Statement& statement_;
  const std::string& file_;
};

class Statements {
 public:
  explicit Statements(SQLite::Database& database) : database_(database) {}
  Statements(const Statements&) = delete;

  SQLite::Database& database() { return database_; }

  // To read. Throws Fatal.
  Query query(std::string_view sql);

  // Not begun yet. Throws SQLite::Exception.
  SQLite::Statement& fresh(std::string_view sql);

  // Does what it says, with ?1, ?2, ... bound. Throws SQLite::Exception.
  template <class... Values>
  void run(std::string_view sql, const Values&... values) {
    SQLite::Statement& statement = fresh(sql);
    int at = 0;
    (bind(statement, ++at, values), ...);
    statement.exec();
  }

  // The INSERT of `row`, which outlives its use, with its columns bound.
  template <class Row>
  SQLite::Statement& insert(const Columns<Row>& columns, const Row& row) {
    SQLite::Statement& statement = fresh(columns.insert());
    columns.bind(statement, row);
    return statement;
  }

  // Inserts `row`, or writes it over the one with its key.
  template <class Row>
  void replace(const Columns<Row>& columns, const Row& row) {
    SQLite::Statement& statement =
        fresh(columns.insert() + columns.or_replace());
    columns.bind(statement, row);
    statement.exec();
  }

 private:
  // A text outlives the call, so it is not copied.
  template <class Value>
  static void bind(SQLite::Statement& statement, int at, const Value& value) {
    if constexpr (std::is_same_v<Value, std::string>) {
      statement.bindNoCopy(at, value);
    } else if constexpr (std::is_integral_v<Value>) {
      statement.bind(at, static_cast<int64_t>(value));
    } else {
      statement.bind(at, value);
    }
  }

  SQLite::Database& database_;
  std::map<std::string, std::unique_ptr<SQLite::Statement>, std::less<>> all_;
};

}  // namespace simulate
