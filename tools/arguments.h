// Checks the arguments of a call against the tool's JSON Schema: the subset
// that our tools use (type, required, enum, items, minItems, and nothing that
// is not listed under properties).
#pragma once

#include <optional>
#include <string>

#include "tools/tool.h"

namespace simulate {

// Nothing when the call may run; then `arguments` holds exactly the types that
// the schema asks for: what can only mean one thing ("1" for 1, a text for a
// list of one text, null for an absent argument) has been put right. Else a
// sentence for the model.
std::optional<std::string> check_arguments(const ToolSpec& spec,
                                           Json& arguments);

}  // namespace simulate
