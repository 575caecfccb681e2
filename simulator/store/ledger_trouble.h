// SQLite's failures in the words of the person who has to do something.
// Tested by tests/durability/disk_failure_test.cpp.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include "simulator/base/error.h"

namespace simulate {

// `doing` what with the ledger failed: "written", "read", "opened". Throws
// BadUsage for a file that is no ledger or is damaged, else Fatal: why, and
// what to do about it. `error` is the errno behind it, if anybody knows.
[[noreturn]] void throw_ledger_trouble(const std::string& file,
                                       const std::string& doing,
                                       const SQLite::Exception& failure,
                                       int error = 0);

}  // namespace simulate
