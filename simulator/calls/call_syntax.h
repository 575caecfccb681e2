// How we write tool calls and results ourselves: in the prompt, in the history
// and in the training file. parse_reply reads back what is written here, also
// when a text holds our own tags.
#pragma once

#include <string>
#include <vector>

#include "simulator/calls/tool.h"

namespace simulate {

enum class ToolSyntax { python, json };

// The whole tag. A name or key that Python could not spell is written as JSON
// in either syntax.
std::string render_call(ToolSyntax syntax, const std::string& name,
                        const Json& arguments);

// add_memory(input_text=["..."]), without tags: for messages and the prompt.
std::string python_call(const std::string& name, const Json& arguments);

std::string render_result(const Json& body);

// add_reminder(text: string, due: string (optional)), and
// shop(items: list of {name: string}) where there are objects.
std::string signature(const ToolSpec& spec);

// What a JSON Schema asks for, in words: "list of strings", "integer".
std::string type_in_words(const Json& schema);

// What the prompt says about writing calls and reading results, with a call of
// one of the tools.
std::string explain_syntax(ToolSyntax syntax,
                           const std::vector<ToolSpec>& tools);

}  // namespace simulate
