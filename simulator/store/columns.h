// The columns of a table and the members of a row that they hold, named once:
// from one list come the INSERT, the SELECT list, the binding and the reading.
// Tested by tests/store/ledger_test.cpp.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "simulator/base/json.h"
#include "simulator/models/chat.h"
#include "simulator/transcript/transcript.h"

namespace simulate {

// How a member is stored. A bound text outlives the use of the statement.
void bind_member(SQLite::Statement& to, int at, const std::string& value);
void bind_member(SQLite::Statement& to, int at, int64_t value);
void bind_member(SQLite::Statement& to, int at, uint64_t value);
void bind_member(SQLite::Statement& to, int at, int value);
void bind_member(SQLite::Statement& to, int at, bool value);
void bind_member(SQLite::Statement& to, int at, const Json& value);
void bind_member(SQLite::Statement& to, int at,
                 const std::vector<std::string>& value);  // empty: no text
void bind_member(SQLite::Statement& to, int at, Role value);
void bind_member(SQLite::Statement& to, int at, Finish value);
void bind_member(SQLite::Statement& to, int at, Speaker value);
void bind_member(SQLite::Statement& to, int at, Ending value);

void read_member(const SQLite::Column& from, std::string& value);
void read_member(const SQLite::Column& from, int64_t& value);
void read_member(const SQLite::Column& from, uint64_t& value);
void read_member(const SQLite::Column& from, int& value);
void read_member(const SQLite::Column& from, bool& value);
void read_member(const SQLite::Column& from, Json& value);
void read_member(const SQLite::Column& from, std::vector<std::string>& value);
void read_member(const SQLite::Column& from, Role& value);
void read_member(const SQLite::Column& from, Finish& value);
void read_member(const SQLite::Column& from, Speaker& value);
void read_member(const SQLite::Column& from, Ending& value);

template <class Row>
struct Column {
  const char* name;
  void (*bind)(SQLite::Statement& to, int at, const Row& row);
  void (*read)(const SQLite::Column& from, Row& row);
};

// Path leads to the member: column<Slot, &Slot::starts_at,
// &SimulatedTime::minutes>("starts_at").
template <class Row, auto... Path>
Column<Row> column(const char* name) {
  return {name,
          [](SQLite::Statement& to, int at, const Row& row) {
            bind_member(to, at, (row.*....*Path));
          },
          [](const SQLite::Column& from, Row& row) {
            read_member(from, (row.*....*Path));
          }};
}

template <class Row>
class Columns {
 public:
  // `others` are columns that no member of Row holds; whoever inserts a row
  // binds them as well, by name.
  Columns(std::string table, std::vector<Column<Row>> columns,
          std::vector<std::string> others = {})
      : table_(std::move(table)),
        columns_(std::move(columns)),
        insert_(make_insert(others)) {}

  const std::string& insert() const { return insert_; }

  // For SELECT: "slots.slot, slots.place, ...".
  std::string names() const {
    std::string text;
    for (const auto& column : columns_) {
      text += separator(text) + table_ + "." + column.name;
    }
    return text;
  }

  // What follows insert() to replace a row that is there.
  std::string or_replace() const {
    std::string text;
    for (const auto& column : columns_) {
      text += separator(text) + column.name + " = excluded." + column.name;
    }
    return " ON CONFLICT DO UPDATE SET " + text;
  }

  void bind(SQLite::Statement& to, const Row& row) const {
    for (const auto& column : columns_) {
      column.bind(to, to.getIndex(parameter(column.name).c_str()), row);
    }
  }

  // The SELECT list has names() in it: where the first of them is, the others
  // follow.
  void read(const SQLite::Statement& from, Row& row) const {
    int at = from.getColumnIndex(columns_.front().name);
    for (const auto& column : columns_) {
      column.read(from.getColumn(at++), row);
    }
  }

 private:
  static std::string separator(const std::string& before) {
    return before.empty() ? "" : ", ";
  }

  static std::string parameter(const std::string& name) { return ":" + name; }

  std::string make_insert(const std::vector<std::string>& others) const {
    std::vector<std::string> all = others;
    for (const auto& column : columns_) all.push_back(column.name);
    std::string names;
    std::string values;
    for (const std::string& name : all) {
      names += separator(names) + name;
      values += separator(values) + parameter(name);
    }
    return "INSERT INTO " + table_ + "(" + names + ") VALUES (" + values + ")";
  }

  std::string table_;
  std::vector<Column<Row>> columns_;
  std::string insert_;
};

}  // namespace simulate
