// One string as models write it: in either quote or three of them, with
// escapes, and with what neither notation allows inside. Pure; read by the
// literal scanner, whose test has its strings.
// Tested by tests/calls/literal_scanner_test.cpp.
#pragma once

#include <string>
#include <string_view>

#include "simulator/calls/remark_list.h"

namespace simulate {

struct StringLiteral {
  std::string text;
  size_t end = 0;  // behind the closing quote
  bool closed = false;
  bool escapes_apostrophe = false;  // \', which JSON has not
  RemarkList repairs;
};

// The string whose quote stands at `at`. Leniently, a quote that cannot be the
// end of the string is a part of it: "say "hi" now".
StringLiteral string_at(std::string_view text, size_t at, bool lenient);

}  // namespace simulate
