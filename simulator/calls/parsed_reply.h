// What a reply turned out to hold. Values, at the bottom of this folder: those
// who read a single call and those who read whole replies share them, and
// parse_reply hands them on to whoever asked.
// Tested by tests/calls/reply_table_test.cpp and dialects_test.cpp.
#pragma once

#include <string>
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
  // A few words each: slips that could only mean one thing.
  std::vector<std::string> repairs;
};

}  // namespace simulate
