// Tool calls in fields of their own, as chat-completions servers write and want
// them: from a message of the transcript, and from a server's.
// Tested by tests/models/native_calls_test.cpp.
#pragma once

#include <string>

#include "simulator/models/chat.h"
#include "simulator/models/provider.h"

namespace simulate {

// The field "tool_calls" of a message that calls.
Json calls_in_fields(const WireDialect& dialect, const Message& message);

// Those of a server's message join the reply's text, in tags, where the one
// parser of calls finds them, whatever their arguments look like; ids and
// signatures go to its `wire`. Older servers' "function_call" is one, too.
void read_calls_in_fields(const Json& message, ChatReply& reply);

}  // namespace simulate
