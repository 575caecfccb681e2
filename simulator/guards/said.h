// What a guard looks at: a reply as it was read, and the conversation that it
// is a reply to. Values; whoever asks a model makes them, and so does whoever
// reads old conversations.
// Tested by tests/guards/guards_test.cpp.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "simulator/calls/tool.h"
#include "simulator/transcript/transcript.h"

namespace simulate::guards {

struct Said {
  Speaker speaker = Speaker::assistant;
  std::string words = {};     // a tester's: as read_end leaves them
  std::string thinking = {};  // the assistant's
  std::vector<ToolCall> calls = {};
  bool leaves = false;                   // the tester's last message
  bool may_call = true;                  // the assistant has rounds left
  std::vector<std::string> faults = {};  // of reading the calls
};

struct Scene {
  const Transcript& before;  // up to the message that the reply answers
  std::string language;      // that the two talk in: "de", "de-AT"
  std::string person;        // the name that the tester plays
  std::string companion = "Ada";
  int turn = 1;   // of the tester's message; an answer has its message's
  int turns = 1;  // that the plan wants; 0: any number
  // Whether a text repeats what its speaker was instructed; may be empty.
  std::function<bool(const std::string&)> leaks = {};
};

}  // namespace simulate::guards
