// The last look at a transcript before it may be kept. Pure.
// Tested by tests/conversation/validate_test.cpp and converse_test.cpp.
#pragma once

#include <string>

#include "simulator/transcript/transcript.h"

namespace simulate {

// Empty when the transcript may be recorded; else what is wrong, a clause.
std::string transcript_fault(const Transcript& transcript);

// The same of what one message says.
std::string message_fault(const Message& message);

}  // namespace simulate
