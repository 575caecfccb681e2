// A conversation for a person to read on a terminal. Model text is stripped of
// control characters.
// Tested by tests/export/record_test.cpp.
#pragma once

#include <string>

#include "simulator/conversation/converse.h"

namespace simulate {

std::string show_conversation(const Conversation& conversation, bool colour);

}  // namespace simulate
