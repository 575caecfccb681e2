// A ledger's file, to be looked at and nothing else: opening, reading and
// closing it leaves every byte of it, and of the files beside it, as it was.
// Tested by tests/store/repair_test.cpp.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <memory>

namespace simulate {

// `under_way`: another process may be writing to it. Throws SQLite::Exception
// when there is no such file; a damaged one is noticed when it is read.
std::unique_ptr<SQLite::Database> open_read_only(
    const std::filesystem::path& ledger, bool under_way);

}  // namespace simulate
