// A request's messages as a chat-completions server takes them, with calls and
// results in tags, which every server takes, or in fields of their own. Both
// are orders that every provider accepts: system first, then user and
// assistant in turn, results right behind their calls, a user or a result at
// the end. Pure.
// Tested by tests/models/wire_messages_test.cpp.
#pragma once

#include "simulator/models/chat.h"
#include "simulator/models/provider.h"

namespace simulate {

Json messages_in_tags(const WireDialect& dialect, const ChatRequest& request);

// For a request with an offer. The ids are the transcript's, which are as
// Mistral's validator demands them: nine letters and digits.
Json messages_in_fields(const WireDialect& dialect, const ChatRequest& request);

// The tools of a request, as its field "tools" has them.
Json tools_in_fields(const Offer& offer);

}  // namespace simulate
