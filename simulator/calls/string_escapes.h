// Backslashes in strings, as Python and JSON mean them, in either notation.
// Pure; read by the literal scanner, whose test has them all.
// Tested by tests/calls/literal_scanner_test.cpp.
#pragma once

#include <string>
#include <string_view>

namespace simulate {

// Appends what the escape means whose backslash stands at `at`, and returns
// where the string goes on. Half a surrogate pair means U+FFFD. An escape that
// neither language knows stays as it was written.
size_t append_escape(std::string_view text, size_t at, std::string& result);

}  // namespace simulate
