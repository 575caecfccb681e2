// How messages of the canonical transcript read as text: in what the assistant
// is sent, in what the rewriter is shown, and in every record.
#pragma once

#include <string>

#include "simulator/calls/call_syntax.h"
#include "simulator/conversation/transcript.h"

namespace simulate {

// Thinking in <think> tags (when wanted and there is any), words, calls.
std::string render_assistant(const Message& message, ToolSyntax syntax,
                             bool with_thinking);

}  // namespace simulate
