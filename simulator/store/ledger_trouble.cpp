#include "simulator/store/ledger_trouble.h"

#include <sqlite3.h>

#include <cerrno>

#include "simulator/base/file.h"

namespace simulate {

namespace {

// The errno to advise on; 0 when the failure was not the system's.
int system_error(const SQLite::Exception& failure, int error) {
  int code = failure.getErrorCode() & 0xFF;
  if (code == SQLITE_FULL) return ENOSPC;
  if (code == SQLITE_NOMEM) return ENOMEM;
  bool system = code == SQLITE_IOERR || code == SQLITE_CANTOPEN ||
                code == SQLITE_READONLY;
  if (!system) return 0;
  return error != 0 ? error : EIO;
}

bool is_damage(const SQLite::Exception& failure) {
  int code = failure.getErrorCode() & 0xFF;
  return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

}  // namespace

void throw_ledger_trouble(const std::string& file, const std::string& doing,
                          const SQLite::Exception& failure, int error) {
  std::string text = "the ledger " + file + " cannot be " + doing + ": ";
  if (is_damage(failure)) {
    throw BadUsage(text + failure.what() +
                   ". If it is one of ours it is damaged: `simulate check "
                   "--repair` recovers what can be. Otherwise choose another "
                   "--output");
  }
  error = system_error(failure, error);
  throw Fatal(text + (error != 0 ? disk_trouble(error) : failure.what()) +
              ". What was saved is safe; run the same command again "
              "afterwards");
}

}  // namespace simulate
