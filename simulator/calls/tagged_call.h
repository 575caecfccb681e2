// Calls whose arguments stand in tags of their own: <function=name> with
// <parameter=key> (Qwen), <invoke name="..."> with <parameter name="...">
// (MiniMax, Step, DeepSeek), <arg_key> and <arg_value> (GLM). Values are
// literal text; the schemas give them their types.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/calls/notes.h"
#include "simulator/calls/reply_parser.h"

namespace simulate {

struct ReadCall {
  std::optional<ParsedCall> call;
  std::string problem;  // when there is no call
  size_t end = 0;       // behind the call, or where reading it stopped
  bool whole = false;   // its end is known, even if it is not a good call
  Notes repairs;
};

// The call whose opening tag begins at `at`.
ReadCall read_tagged_call(std::string_view text, size_t at,
                          const std::vector<ToolSpec>& tools);

// The arguments of `name`, from its first <arg_key> at `at` on.
ReadCall read_arg_keys(std::string_view text, size_t at,
                       const std::string& name,
                       const std::vector<ToolSpec>& tools);
bool begins_arg_key(std::string_view text, size_t at);  // after blanks

}  // namespace simulate
