// The tester plays the persona and writes the user's turns. It sees its own
// side of the talk: never thinking, tool tags or results.
// Tested by tests/conversation/converse_test.cpp.
#pragma once

#include <string>

#include "simulator/conversation/dialogue.h"

namespace simulate {

struct Speech {
  std::string text;
  bool leaves = false;  // it closed with [END]: answer this, then end
};

// The next message of the tester. Throws AttemptFailure.
asio::awaitable<Speech> speak(DialogueState& dialogue);

}  // namespace simulate
