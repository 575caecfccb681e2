// A ledger of an older version, as that version wrote it: three of six
// conversations are kept, one attempt is under way.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>

#include "simulator/base/file.h"

namespace simulate {

inline void make_old_ledger(const std::filesystem::path& path, int version) {
  SQLite::Database database(path.string(),
                            SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec(read_file(std::filesystem::path(SIMULATE_SOURCE_DIR) /
                          "tests/store/ledgers" /
                          ("version_" + std::to_string(version) + ".sql")));
}

}  // namespace simulate
