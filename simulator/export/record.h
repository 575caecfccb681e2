// One conversation as it stands in a training file. Rendered from the
// canonical transcript alone: the same conversation gives the same bytes.
#pragma once

#include <string>

#include "simulator/conversation/converse.h"

namespace simulate {

// Raised when the bytes of a record change for the same conversation.
constexpr int kRecordVersion = 3;

// One line of JSON, without a line break at its end. The fields are described
// in docs/record.md.
std::string render_record(const Conversation& conversation, ToolSyntax syntax);

}  // namespace simulate
