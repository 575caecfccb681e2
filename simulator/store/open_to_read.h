// The connection of a LedgerReader: beside a process that writes, or where
// nobody does, or where nobody may.
// Tested by tests/store/migration_test.cpp.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <memory>

namespace simulate {

// A ledger of an older version is brought up to date first. Throws BadUsage
// when there is no ledger at `path`, one of a newer version, or an older one
// that may not be written; Fatal when a process has the run of an older one.
std::unique_ptr<SQLite::Database> open_to_read(
    const std::filesystem::path& path);

}  // namespace simulate
