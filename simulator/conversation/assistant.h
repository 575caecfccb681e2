// The assistant's part: it answers a message of the tester, with as many
// rounds of tool calls as it needs and may have. It sees the whole true
// history, with thinking only from the turn under way.
// Tested by tests/conversation/converse_test.cpp.
#pragma once

#include "simulator/conversation/dialogue.h"

namespace simulate {

// Tool rounds within one turn.
constexpr int kMostToolRounds = 4;

// Adds the system message that is recorded: what the assistant is told, for
// good, and the tools that it is offered.
void brief_assistant(DialogueState& dialogue);

// Adds the messages of one turn to the transcript, up to and including the
// final answer, and moves the tool state. Throws AttemptFailure.
asio::awaitable<void> answer(DialogueState& dialogue);

}  // namespace simulate
