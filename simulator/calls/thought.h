// What an assistant thought: a text without tags, in which no call is run.
// Owned by the reply parser, which tells what is thinking from what is said.
#pragma once

#include <string>
#include <string_view>

#include "simulator/calls/call_reader.h"
#include "simulator/calls/control_tokens.h"

namespace simulate {

struct Thought {
  std::string text;
  bool calls = false;          // a call stands in it, as if it were to be run
  bool mentions_call = false;  // in backticks: who does that speaks of it
};

// What stands between `begin` and `end`. Tags around a call are cut out; a tag
// that is only spoken of stays as a word: "I use <tool_call> now" becomes "I
// use tool_call now".
Thought read_thought(std::string_view text, const ControlTokens& tokens,
                     size_t begin, size_t end, CallReader& reader);

}  // namespace simulate
