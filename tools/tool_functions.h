// The functions that the SQL of tools may call beside SQLite's own: pure, so
// that a call gives the same answer in every replay. docs/tools.md tells users
// about them.
// Tested by tests/tools/tool_file_test.cpp.
#pragma once

#include <string_view>

struct sqlite3;

namespace simulate {

void add_tool_functions(sqlite3* database);

// Whether the SQL of a tool may call it: those above, and of SQLite's own those
// that depend on nothing but their arguments.
bool may_call_function(std::string_view name);

}  // namespace simulate
