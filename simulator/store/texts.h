// The table of texts: prompts, personas, settings, schemas, once each, by the
// hash of their content.
// Tested by tests/store/ledger_test.cpp.
#pragma once

#include <string>

#include "simulator/store/statements.h"

namespace simulate {

// Its hash. Within the caller's transaction. Throws SQLite::Exception.
std::string keep_text(Statements& statements, const std::string& body);

// Empty when there is none. Throws Fatal.
std::string text_with_hash(Statements& statements, const std::string& hash);

}  // namespace simulate
