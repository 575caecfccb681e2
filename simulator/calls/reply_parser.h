// Reads an assistant's reply: what it thought, what it says, which tools it
// calls, what was put right and what could not be understood, in any of the
// ways in which models write tool calls (docs/tool-calls.md lists them). Pure,
// linear in the length of the text, never throws, never evaluates anything.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "simulator/base/json.h"
#include "simulator/calls/tool.h"

namespace simulate {

struct ParsedCall {
  std::string name;
  Json arguments = Json::object();  // always an object
};

struct ParsedReply {
  std::string thinking;  // inside <think>, without the tags, trimmed
  std::string content;   // what the tester may see, trimmed
  std::vector<ParsedCall> calls;
  // A sentence each, written for the model that must do better. A fault never
  // loses a good call beside it.
  std::vector<std::string> faults;
  // A few words each: slips that could only mean one thing.
  std::vector<std::string> repairs;
};

// `tools` are those that were offered. A call without tags is taken for one
// only when it names one of them, and syntaxes that do not write types take
// them from the schemas.
ParsedReply parse_reply(std::string_view text,
                        const std::vector<ToolSpec>& tools = {});

}  // namespace simulate
