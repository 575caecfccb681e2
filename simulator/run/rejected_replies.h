// What the assistant of a saved conversation said before it was asked again.
// Tested by tests/run/rejected_replies_test.cpp.
#pragma once

#include "simulator/conversation/converse.h"
#include "simulator/models/recorded.h"
#include "simulator/samples/source.h"

namespace simulate {

// From the replies of its attempt, in order. Those that could not be read, and
// those with tags or special tokens in their words, are left out: no template
// takes them.
std::vector<RejectedReply> rejected_replies(
    const Conversation& conversation,
    const std::vector<RecordedReply>& replies);

}  // namespace simulate
