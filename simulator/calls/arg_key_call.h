// GLM's calls, whose arguments stand in pairs of tags behind the name:
//   f<arg_key>a</arg_key><arg_value>1</arg_value>
// Values are literal text; the schemas give them their types. The rows are in
// tests/calls/replies/glm*.txt.
// Tested by tests/calls/reply_table_test.cpp and dialects_test.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "simulator/calls/call_reading.h"
#include "simulator/calls/tool.h"

namespace simulate {

bool begins_arg_key(std::string_view text, size_t at);  // after blanks

// The arguments of `name`, from its first <arg_key> at `at` on.
CallReading read_arg_keys(std::string_view text, size_t at,
                          const std::string& name,
                          const std::vector<ToolSpec>& tools);

}  // namespace simulate
