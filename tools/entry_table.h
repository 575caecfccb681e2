// The private in-memory SQLite database in which the built-in tools run, with
// its prepared statements. Owned by the toolbox; it holds rows only during a
// Visit. What a model wrote reaches it as bound values and in no other way.
// Every function may throw SQLite::Exception; the toolbox translates.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>
#include <vector>

#include "tools/entries.h"

namespace simulate {

class EntryTable {
 public:
  EntryTable();
  EntryTable(const EntryTable&) = delete;

  // Entries exist between its construction and its destruction, which rolls
  // everything back.
  class Visit {
   public:
    Visit(EntryTable& table, const std::vector<Entry>& entries);
    ~Visit();
    Visit(const Visit&) = delete;

   private:
    EntryTable& table_;
  };

  void add(const Entry& entry);
  void erase(const Entry& entry);
  void complete(const Entry& entry);
  void erase_oldest_done();
  std::vector<Entry> open(EntryKind kind);  // not done, oldest first
  std::vector<Entry> all();
  size_t count(EntryKind kind, bool done);
  bool knows(EntryKind kind, const std::string& text);

  // A call that turns out wrong is undone as a whole.
  void begin_call();
  void undo_call();
  void end_call();
  int changes() const { return database_.getTotalChanges(); }

 private:
  SQLite::Database database_;
  SQLite::Statement begin_, rollback_, savepoint_, undo_, release_;
  SQLite::Statement insert_, erase_, complete_, erase_oldest_done_;
  SQLite::Statement open_, all_, count_, knows_;
};

}  // namespace simulate
