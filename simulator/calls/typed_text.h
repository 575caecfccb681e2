// Values that were written without their types, as the syntaxes with tags do:
// the tool's schema says what they are. Pure; the rows are in
// tests/calls/replies: qwen3_coder, qwen_more, glm, function_tags.
// Tested by tests/calls/reply_table_test.cpp and dialects_test.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "simulator/calls/tool.h"

namespace simulate {

// The schema of an argument; null when nobody knows it.
const Json* schema_of_argument(const std::vector<ToolSpec>& tools,
                               const std::string& tool, const std::string& key);

// What `text` means where `schema` is asked for. What does not fit any other
// type is a string, also "seven" for an integer: the check of the arguments
// tells the model.
Json typed_text(std::string_view text, const Json& schema);

// Without a schema: a literal when the whole text is one, else a string.
Json guessed_text(std::string_view text);

}  // namespace simulate
