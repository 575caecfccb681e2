// Calls that stand in a reply without any tag: as JSON, as name(key=value) in
// a line of its own, perhaps in a code fence. Only what names a tool that was
// offered is one.
#pragma once

#include <string_view>
#include <vector>

#include "simulator/calls/call_reader.h"

namespace simulate {

struct BareCall {
  size_t begin = 0;  // of all that belongs to it, fences and lists included
  size_t end = 0;
  ParsedCall call;
  RemarkList repairs;
};

// Those that begin between `begin` and `end`, in their order. The last may end
// behind `end`: what looks like a tag there is in one of its texts.
std::vector<BareCall> find_bare_calls(std::string_view text, size_t begin,
                                      size_t end,
                                      const std::vector<ToolSpec>& tools,
                                      CallReader& reader);

}  // namespace simulate
