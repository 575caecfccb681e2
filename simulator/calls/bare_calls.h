// Calls that stand in a reply without any tag: as JSON, as name(key=value) in
// a line of its own or in a list, perhaps in a code fence. Only what names a
// tool that was offered is one. Owned by the reply parser;
// tests/calls/reply_table_test.cpp has them in all their shapes.
// Tested by tests/calls/reply_table_test.cpp and dialects_test.cpp.
#pragma once

#include <string_view>
#include <vector>

#include "simulator/calls/call_reader.h"
#include "simulator/calls/control_tokens.h"

namespace simulate {

// One call, or a list of them, of which some may be faults.
struct BareCalls {
  size_t begin = 0;  // of all that belongs to them, fences and lists included
  size_t end = 0;
  FoundCalls found;
};

// Those that begin between `begin` and `end`, in their order. The last may end
// behind `end`: what looks like a tag there is in one of its texts.
std::vector<BareCalls> find_bare_calls(std::string_view text, size_t begin,
                                       size_t end, const ControlTokens& tokens,
                                       const std::vector<ToolSpec>& tools,
                                       CallReader& reader);

}  // namespace simulate
