// One round of tool calls: ours are run at once, those of servers are waited
// for.
// Tested by tests/conversation/converse_test.cpp.
#pragma once

#include "simulator/conversation/dialogue.h"

namespace simulate {

// Adds `message`, which calls, and its results to the transcript, and moves
// the tool state. A message with a call that was refused is not to be
// imitated; one with a call that failed by plan may be. Throws AttemptFailure.
asio::awaitable<void> run_calls(DialogueState& dialogue, Message message);

}  // namespace simulate
