// How a message of the canonical transcript reads as text, the one way there
// is: in what the assistant is sent, in what the rewriter is shown, and in
// every record.
// Tested by tests/models/text_messages_test.cpp and export/record_test.cpp.
#pragma once

#include <string>

#include "simulator/calls/call_syntax.h"
#include "simulator/transcript/transcript.h"

namespace simulate {

enum class Thinking { shown, hidden };

// An assistant's message: thinking in <think> tags (when it is shown and there
// is any), words, calls. A tool's: its result in its tag. Others: their words.
std::string message_text(const Message& message, ToolSyntax syntax,
                         Thinking thinking);

}  // namespace simulate
