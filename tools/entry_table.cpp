#include "tools/entry_table.h"

#include <sqlite3.h>

#include <utility>

namespace simulate {

namespace {

constexpr const char* kSchema =
    "CREATE TABLE entries (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, "
    "date TEXT NOT NULL, text TEXT NOT NULL, due TEXT NOT NULL, "
    "done INTEGER NOT NULL)";

// Rows come and go, and nothing else ever happens here: no files, no settings,
// no extensions, no functions but the one that counts.
int authorize(void*, int action, const char*, const char* second, const char*,
              const char*) {
  switch (action) {
    case SQLITE_READ:
    case SQLITE_SELECT:
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
      return SQLITE_OK;
    case SQLITE_FUNCTION:
      return std::string_view(second) == "count" ? SQLITE_OK : SQLITE_DENY;
    default:
      return SQLITE_DENY;
  }
}

SQLite::Database furnished() {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE |
                                            SQLite::OPEN_CREATE |
                                            SQLite::OPEN_NOMUTEX);
  database.exec(kSchema);
  sqlite3_set_authorizer(database.getHandle(), authorize, nullptr);
  return database;
}

void execute(SQLite::Statement& statement) {
  statement.executeStep();
  statement.reset();
}

// The caller keeps `text` until the statement has run.
void bind_text(SQLite::Statement& statement, int index,
               const std::string& text) {
  statement.bindNoCopy(index, text);
}

int number(EntryKind kind) { return static_cast<int>(kind); }

std::vector<Entry> read(SQLite::Statement& statement) {
  std::vector<Entry> entries;
  while (statement.executeStep()) {
    Entry entry;
    entry.id = statement.getColumn(0).getInt64();
    entry.kind = static_cast<EntryKind>(statement.getColumn(1).getInt());
    entry.date = statement.getColumn(2).getString();
    entry.text = statement.getColumn(3).getString();
    entry.due = statement.getColumn(4).getString();
    entry.done = statement.getColumn(5).getInt() != 0;
    entries.push_back(std::move(entry));
  }
  statement.reset();
  return entries;
}

}  // namespace

EntryTable::EntryTable()
    : database_(furnished()),
      begin_(database_, "BEGIN"),
      rollback_(database_, "ROLLBACK"),
      savepoint_(database_, "SAVEPOINT call"),
      undo_(database_, "ROLLBACK TO call"),
      release_(database_, "RELEASE call"),
      insert_(database_,
              "INSERT INTO entries (kind, date, text, due, done) "
              "VALUES (?, ?, ?, ?, ?)"),
      erase_(database_, "DELETE FROM entries WHERE id = ?"),
      complete_(database_, "UPDATE entries SET done = 1 WHERE id = ?"),
      erase_oldest_done_(database_,
                         "DELETE FROM entries WHERE id = (SELECT id FROM "
                         "entries WHERE done = 1 ORDER BY id LIMIT 1)"),
      open_(database_,
            "SELECT id, kind, date, text, due, done FROM entries "
            "WHERE kind = ? AND done = 0 ORDER BY id"),
      all_(database_,
           "SELECT id, kind, date, text, due, done FROM entries ORDER BY id"),
      count_(database_,
             "SELECT count(*) FROM entries WHERE kind = ? AND done = ?"),
      knows_(database_,
             "SELECT 1 FROM entries WHERE kind = ? AND text = ? LIMIT 1") {}

EntryTable::Visit::Visit(EntryTable& table, const std::vector<Entry>& entries)
    : table_(table) {
  execute(table_.begin_);
  try {
    for (const Entry& entry : entries) table_.add(entry);
  } catch (...) {
    sqlite3_exec(table_.database_.getHandle(), "ROLLBACK", nullptr, nullptr,
                 nullptr);
    throw;
  }
}

// SQLite may have rolled back by itself after a failure, and then this fails.
EntryTable::Visit::~Visit() {
  table_.rollback_.tryReset();
  table_.rollback_.tryExecuteStep();
  table_.rollback_.tryReset();
}

void EntryTable::add(const Entry& entry) {
  insert_.bind(1, number(entry.kind));
  bind_text(insert_, 2, entry.date);
  bind_text(insert_, 3, entry.text);
  bind_text(insert_, 4, entry.due);
  insert_.bind(5, entry.done ? 1 : 0);
  execute(insert_);
}

void EntryTable::erase(const Entry& entry) {
  erase_.bind(1, entry.id);
  execute(erase_);
}

void EntryTable::complete(const Entry& entry) {
  complete_.bind(1, entry.id);
  execute(complete_);
}

void EntryTable::erase_oldest_done() { execute(erase_oldest_done_); }

std::vector<Entry> EntryTable::open(EntryKind kind) {
  open_.bind(1, number(kind));
  return read(open_);
}

std::vector<Entry> EntryTable::all() { return read(all_); }

size_t EntryTable::count(EntryKind kind, bool done) {
  count_.bind(1, number(kind));
  count_.bind(2, done ? 1 : 0);
  count_.executeStep();
  int64_t found = count_.getColumn(0).getInt64();
  count_.reset();
  return static_cast<size_t>(found);
}

bool EntryTable::knows(EntryKind kind, const std::string& text) {
  knows_.bind(1, number(kind));
  bind_text(knows_, 2, text);
  bool found = knows_.executeStep();
  knows_.reset();
  return found;
}

void EntryTable::begin_call() { execute(savepoint_); }

void EntryTable::undo_call() {
  execute(undo_);
  execute(release_);
}

void EntryTable::end_call() { execute(release_); }

}  // namespace simulate
