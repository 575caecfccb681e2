// A conversation for a person to read on a terminal.
// Tested by tests/export/record_test.cpp.
#pragma once

#include "simulator/base/screen.h"
#include "simulator/conversation/converse.h"

namespace simulate {

Shown show_conversation(const Conversation& conversation, bool colour);

}  // namespace simulate
