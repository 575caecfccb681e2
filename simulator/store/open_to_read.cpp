#include "simulator/store/open_to_read.h"

#include <sqlite3.h>
#include <unistd.h>

#include "simulator/base/error.h"
#include "simulator/store/guarded.h"
#include "simulator/store/ledger_trouble.h"
#include "simulator/store/read_only.h"
#include "simulator/store/run_lock.h"
#include "simulator/store/schema.h"

namespace simulate {

namespace {

using Opened = std::unique_ptr<SQLite::Database>;

constexpr int kPatience = 5000;  // milliseconds, for locks

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : ".";
}

bool lacks_shared_memory(const SQLite::Exception& failure) {
  int code = failure.getErrorCode() & 0xFF;
  return code == SQLITE_IOERR || code == SQLITE_CANTOPEN ||
         code == SQLITE_READONLY || code == SQLITE_FULL;
}

// Beside a writer a reader has to write as well, into shared memory. The first
// read makes it, and fails where there is no room for it or no permission.
Opened open_beside_writers(const std::filesystem::path& path) {
  auto database = std::make_unique<SQLite::Database>(
      path.string(), SQLite::OPEN_READWRITE, kPatience);
  guard(*database);
  database->execAndGet("PRAGMA schema_version");
  return database;
}

// Where nobody writes, the file does not change either, and can be read
// without a byte of shared memory.
Opened open_for_reading(const std::filesystem::path& path) {
  std::error_code none;
  bool log = std::filesystem::exists(path.string() + "-wal", none);
  if (!log && ::access(folder_of(path).c_str(), W_OK) != 0) {
    return open_read_only(path, /*under_way=*/false);
  }
  try {
    return open_beside_writers(path);
  } catch (const SQLite::Exception& failure) {
    if (!lacks_shared_memory(failure) || RunLock::is_held(path)) throw;
  }
  return open_read_only(path, /*under_way=*/false);
}

void refuse_unless_writable(const std::filesystem::path& path) {
  if (::access(path.c_str(), W_OK) == 0 &&
      ::access(folder_of(path).c_str(), W_OK) == 0) {
    return;
  }
  throw BadUsage(path.string() +
                 " was written by an older version of simulate and has to be "
                 "brought up to date, but it or its folder may not be "
                 "written: copy it to a folder where it may");
}

// As a start of its run would.
void bring_up_to_date(const std::filesystem::path& path) {
  refuse_unless_writable(path);
  if (RunLock::is_held(path)) {
    throw Fatal(path.string() +
                    " was written by an older version of simulate, of which a "
                    "process still has the run; wait for it",
                ExitCode::run_is_busy);
  }
  RunLock lock(path);
  SQLite::Database database(path.string(), SQLite::OPEN_READWRITE, kPatience);
  guard(database);
  prepare_schema(database);
}

Opened open_up_to_date(const std::filesystem::path& path) {
  Opened database = open_for_reading(path);
  refuse_unless_ledger(*database);
  if (is_up_to_date(*database)) return database;
  database.reset();
  bring_up_to_date(path);
  return open_for_reading(path);
}

}  // namespace

Opened open_to_read(const std::filesystem::path& path) {
  std::error_code none;
  if (!std::filesystem::exists(path, none)) {
    throw BadUsage("there is no ledger " + path.string() +
                   "; --output names the run, by its training file");
  }
  refuse_unless_file(path);
  try {
    return open_up_to_date(path);
  } catch (const SQLite::Exception& failure) {
    throw_ledger_trouble(path.string(), "read", failure);
  }
}

}  // namespace simulate
