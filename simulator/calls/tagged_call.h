// Calls whose arguments stand in tags of their own: <function=name> with
// <parameter=key> (Qwen), <invoke name="..."> with <parameter name="...">
// (MiniMax, Step, DeepSeek), <arg_key> and <arg_value> (GLM). Values are
// literal text; the schemas give them their types.
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

// The arguments of `name`, from its first <arg_key> at `at` on.
CallReading read_arg_keys(std::string_view text, size_t at,
                          const std::string& name,
                          const std::vector<ToolSpec>& tools);
bool begins_arg_key(std::string_view text, size_t at);  // after blanks

}  // namespace simulate
