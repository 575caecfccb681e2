// Calls whose arguments stand in tags of their own: <function=name> with
// <parameter=key> (Qwen), <invoke name="..."> with <parameter name="...">
// (MiniMax, Step, DeepSeek). Values are literal text; the schemas give them
// their types. The rows are in tests/calls/replies: qwen*, function_tags,
// closing_tags_in_values.
// Tested by tests/calls/reply_table_test.cpp and dialects_test.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "simulator/calls/call_reading.h"
#include "simulator/calls/tool.h"

namespace simulate {

// The call whose opening tag begins at `at`.
CallReading read_tagged_call(std::string_view text, size_t at,
                             const std::vector<ToolSpec>& tools);

}  // namespace simulate
