#include "simulator/store/ledger_trouble.h"

#include <sqlite3.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "simulator/base/file.h"

namespace simulate {

namespace {

// SQLite does not always pass on why a write failed.
bool may_not_grow() {
  rlimit limit = {};
  return ::getrlimit(RLIMIT_FSIZE, &limit) == 0 &&
         limit.rlim_cur != RLIM_INFINITY;
}

// Neither for its shared memory, which is a file beside the ledger.
bool is_full(const std::filesystem::path& file) {
  constexpr int64_t kLeastRoom = 64 << 10;
  std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
  return free_bytes(folder) < kLeastRoom;
}

int unspoken_error(const std::string& file) {
  if (is_full(file)) return ENOSPC;
  return may_not_grow() ? EFBIG : EIO;
}

// The errno to advise on; 0 when the failure was not the system's.
int system_error(const std::string& file, const SQLite::Exception& failure,
                 int error) {
  int code = failure.getErrorCode() & 0xFF;
  if (code == SQLITE_FULL) return ENOSPC;
  if (code == SQLITE_NOMEM) return ENOMEM;
  if (code == SQLITE_IOERR && error == 0) return unspoken_error(file);
  return code == SQLITE_IOERR || code == SQLITE_CANTOPEN ? error : 0;
}

// What SQLite says in its own words, and what may be behind it.
std::string said_by(const SQLite::Exception& failure) {
  std::string text = failure.what();
  switch (failure.getErrorCode() & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return text +
             "; another program holds it, a sqlite3 shell in a "
             "transaction perhaps: close it";
    case SQLITE_CANTOPEN:
      return text +
             "; the folder may not be writable, or too many files are "
             "open (ulimit -n)";
    case SQLITE_READONLY:
      return text +
             "; make the file and its folder writable, or copy it to a "
             "folder that is";
    default:
      return text;
  }
}

// The ledger names the run as well as its training file does.
std::string output_of(const std::string& ledger) {
  std::filesystem::path output = ledger;
  std::error_code none;
  output.replace_extension(".jsonl");
  if (std::filesystem::exists(output, none)) return output.string();
  return output.replace_extension(".json").string();
}

// What its owner and mode forbid, in a folder that may be writable. The log
// and the shared memory get the ledger's mode when they are made.
std::string forbidden(const std::string& ledger, const std::string& doing,
                      const SQLite::Exception& failure) {
  int code = failure.getErrorCode() & 0xFF;
  bool perhaps = code == SQLITE_READONLY || code == SQLITE_CANTOPEN ||
                 code == SQLITE_IOERR || code == SQLITE_PERM;
  if (!perhaps) return "";
  for (const char* end : {"", "-wal", "-shm"}) {
    std::string file = ledger + end;
    for (int what : {R_OK, W_OK}) {
      if (what == W_OK && doing == "read") continue;
      if (::access(file.c_str(), what) == 0 || errno != EACCES) continue;
      return file + " may not be " + (what == R_OK ? "read" : "written") +
             "; look at its owner and mode: chmod u+rw " + file;
    }
  }
  return "";
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
                   "--repair --output " +
                   output_of(file) +
                   "` recovers what can be. Otherwise choose another "
                   "--output");
  }
  if (std::string what = forbidden(file, doing, failure); !what.empty()) {
    throw Fatal(text + what);
  }
  error = system_error(file, failure, error);
  throw Fatal(text + (error != 0 ? disk_trouble(error) : said_by(failure)) +
              ". What was saved is safe; run the same command again "
              "afterwards");
}

}  // namespace simulate
