// The columns of a table and the members of a row that they hold, named once:
// from one list come the INSERT, the SELECT list, the binding and the reading.
// Tested by tests/store/ledger_test.cpp.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "simulator/base/error.h"
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

// A row is not what was written. It is not used.
class DamagedRow : public Fatal {
 public:
  explicit DamagedRow(const std::string& table)
      : Fatal("a row of " + table +
              " in the ledger is not what was saved; `simulate check --repair` "
              "writes what is sound into another ledger") {}
};

// What a table has beside the members of its rows. Whoever inserts a row binds
// these as well, by name.
struct BesideMembers {
  std::vector<std::string> hashed = {};
  std::vector<std::string> others = {};
  bool has_hash = false;  // of the members and `hashed`, in row_hash
};

template <class Row>
class Columns {
 public:
  Columns(std::string table, std::vector<Column<Row>> columns,
          BesideMembers beside = {})
      : table_(std::move(table)),
        columns_(std::move(columns)),
        beside_(std::move(beside)),
        insert_(make_insert()) {}

  const std::string& insert() const { return insert_; }

  // For SELECT: "slots.slot, slots.place, ...".
  std::string names() const {
    std::string text;
    for (const auto& column : columns_) append(text, in_table(column.name));
    if (beside_.has_hash) append(text, intact());
    return text;
  }

  // What follows insert() to replace a row that is there.
  std::string or_replace() const {
    std::string text;
    for (const std::string& name : hashed_names()) {
      append(text, replacing(name));
    }
    if (beside_.has_hash) append(text, replacing("row_hash"));
    return " ON CONFLICT DO UPDATE SET " + text;
  }

  // The hash that a row has by what is in it, and whether that is the one that
  // it was written with; as SQL.
  std::string hashed() const {
    std::string values;
    for (const std::string& name : hashed_names()) {
      append(values, named(name, in_table(name)));
    }
    return "row_hash(" + values + ")";
  }
  std::string intact() const {
    return "coalesce(" + in_table("row_hash") + " = " + hashed() + ", 1)";
  }

  void bind(SQLite::Statement& to, const Row& row) const {
    for (const auto& column : columns_) {
      column.bind(to, to.getIndex(parameter(column.name).c_str()), row);
    }
  }

  // The SELECT list has names() in it: where the first of them is, the others
  // follow. Throws DamagedRow.
  void read(const SQLite::Statement& from, Row& row) const {
    int at = from.getColumnIndex(columns_.front().name);
    int behind = at + static_cast<int>(columns_.size());
    if (beside_.has_hash && from.getColumn(behind).getInt() == 0) {
      throw DamagedRow(table_);
    }
    for (const auto& column : columns_) {
      column.read(from.getColumn(at++), row);
    }
  }

 private:
  static void append(std::string& list, const std::string& item) {
    list += (list.empty() ? "" : ", ") + item;
  }

  static std::string parameter(const std::string& name) { return ":" + name; }
  static std::string named(const std::string& name, const std::string& value) {
    return "'" + name + "', " + value;
  }
  static std::string replacing(const std::string& name) {
    return name + " = excluded." + name;
  }
  std::string in_table(const std::string& name) const {
    return table_ + "." + name;
  }

  std::vector<std::string> hashed_names() const {
    std::vector<std::string> all = beside_.hashed;
    for (const auto& column : columns_) all.push_back(column.name);
    return all;
  }

  std::string make_insert() const {
    std::string names;
    std::string values;
    std::string hashed;
    for (const std::string& name : hashed_names()) {
      append(names, name);
      append(values, parameter(name));
      append(hashed, named(name, parameter(name)));
    }
    for (const std::string& name : beside_.others) {
      append(names, name);
      append(values, parameter(name));
    }
    if (beside_.has_hash) {
      append(names, "row_hash");
      append(values, "row_hash(" + hashed + ")");
    }
    return "INSERT INTO " + table_ + "(" + names + ") VALUES (" + values + ")";
  }

  std::string table_;
  std::vector<Column<Row>> columns_;
  BesideMembers beside_;
  std::string insert_;
};

}  // namespace simulate
