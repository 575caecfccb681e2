// One round of tool calls: ours are run at once, those of servers are waited
// for.
#pragma once

#include "simulator/conversation/talk.h"

namespace simulate {

// Adds `message`, which calls, and its results to the transcript, and moves
// the tool state. A message with a call that was refused is not to be
// imitated; one with a call that failed by plan may be. Throws Setback.
asio::awaitable<void> run_calls(Talk& talk, Message message);

}  // namespace simulate
