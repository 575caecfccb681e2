// Reads an assistant's reply: what it thought, what it says, which tools it
// calls, and what of it could not be understood. Pure, linear in the length of
// the text, never throws, never evaluates anything.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "simulator/base/json.h"

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
};

ParsedReply parse_reply(std::string_view text);

}  // namespace simulate
