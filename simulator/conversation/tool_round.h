// One round of tool calls: ours are run at once, those of servers are waited
// for.
// Tested by tests/conversation/converse_test.cpp.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "simulator/conversation/dialogue.h"

namespace simulate {

// What the assistant has to know beside the results of its calls; may be empty.
using Remark = std::function<std::string(const std::vector<ToolCall>&,
                                         const std::vector<ToolResult>&)>;

// Adds `message`, which calls, and its results to the transcript, and moves
// the tool state. A message with a call that was refused is not to be
// imitated; one with a call that failed by plan may be. What is remarked is a
// part of the last result, so that the record shows whatever the assistant was
// told. Throws AttemptFailure.
asio::awaitable<void> run_calls(DialogueState& dialogue, Message message,
                                Remark remark);

}  // namespace simulate
