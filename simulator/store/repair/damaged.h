// A damaged ledger made readable, without a change to its file.
// Tested by tests/store/repair_test.cpp.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <memory>

namespace simulate {

// A connection from which salvage() reads, and which reads as far as it can. A
// ledger whose schema is gone is copied into `folder` with its log, and the
// pages of its schema are put back there from a new ledger, which has the same
// ones. The process must have the run.
std::unique_ptr<SQLite::Database> open_damaged(
    const std::filesystem::path& ledger, const std::filesystem::path& folder);

}  // namespace simulate
