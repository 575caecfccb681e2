#include "simulator/store/read_only.h"

#include <sqlite3.h>

#include "simulator/base/text.h"
#include "simulator/store/guarded.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

using Opened = std::unique_ptr<SQLite::Database>;

constexpr int kPatience = 5000;  // milliseconds, for locks

Opened guarded(Opened database) {
  guard(*database);
  return database;
}

Opened open_beside_its_writer(const fs::path& ledger) {
  return guarded(std::make_unique<SQLite::Database>(
      ledger.string(), SQLite::OPEN_READONLY, kPatience));
}

// Nobody writes, and there is no log: SQLite need not look for one.
Opened open_immutable(const fs::path& ledger) {
  std::string name = replaced(fs::absolute(ledger).string(), "%", "%25");
  name = replaced(replaced(name, "?", "%3f"), "#", "%23");
  return guarded(std::make_unique<SQLite::Database>(
      "file:" + name + "?immutable=1",
      SQLite::OPEN_READONLY | SQLite::OPEN_URI));
}

// A process died and left a log. Without locks of its own and in exclusive
// mode SQLite keeps the index of the log in memory, not in a -shm file, and it
// is told not to clean up when it closes.
Opened open_with_its_log(const fs::path& ledger) {
  Opened database = guarded(std::make_unique<SQLite::Database>(
      ledger.string(), SQLite::OPEN_READONLY, 0, "unix-none"));
  sqlite3_db_config(database->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
                    nullptr);
  database->exec("PRAGMA locking_mode = EXCLUSIVE");
  return database;
}

}  // namespace

Opened open_read_only(const fs::path& ledger, bool under_way) {
  if (under_way) return open_beside_its_writer(ledger);
  std::error_code none;
  fs::path log = ledger.string() + "-wal";
  auto size = fs::file_size(log, none);
  return none || size == 0 ? open_immutable(ledger) : open_with_its_log(ledger);
}

}  // namespace simulate
