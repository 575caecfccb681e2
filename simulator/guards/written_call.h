// A call that stands in words, where only people's language belongs. Pure.
// Tested by tests/guards/written_call_test.cpp.
#pragma once

#include <string>

#include "simulator/transcript/transcript.h"

namespace simulate::guards {

// A tool of the conversation is named as in code ("add_memory(...)",
// "[add_memory: ...]", or alone when its name is no plain word), or JSON has
// the shape of a call.
bool writes_a_call(const std::string& text, const Transcript& transcript);

}  // namespace simulate::guards
