// Reads an assistant's reply: what it thought, what it says, which tools it
// calls, what was put right and what could not be understood, in any of the
// ways in which models write tool calls (docs/tool-calls.md lists them). Pure,
// linear in the length of the text, never throws, never evaluates anything.
#pragma once

#include <string_view>
#include <vector>

#include "simulator/calls/parsed_reply.h"
#include "simulator/calls/tool.h"

namespace simulate {

// `tools` are those that were offered. A call without tags is taken for one
// only when it names one of them, and syntaxes that do not write types take
// them from the schemas.
ParsedReply parse_reply(std::string_view text,
                        const std::vector<ToolSpec>& tools = {});

}  // namespace simulate
