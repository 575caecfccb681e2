// A message as a JSON object with role and content, as most formats and every
// chat template have it: thoughts, calls and results where the reader looks for
// them. Pure.
// Tested by tests/samples/message_json_test.cpp.
#pragma once

#include "simulator/samples/sample.h"

namespace simulate {

struct MessageForm {
  ThoughtPlace thought = ThoughtPlace::reasoning_content;
  bool text_arguments = false;
  const Family* family = nullptr;
};

// What its family's template drops of a message that is learnt, such as the
// words beside calls, stands in its content, written as the model writes it.
Json message_json(const Message& message, const MessageForm& form,
                  ToolSyntax syntax);

Json messages_json(const Sample& sample, const MessageForm& form);

// {"id", "type": "function", "function": {"name", "arguments"}}
Json call_json(const ToolCall& call, bool text_arguments);

// What a tool answered, as a model reads it: JSON, or the text alone.
std::string result_text(const ToolResult& result);

Json tools_json(const std::vector<ToolSpec>& tools);

// What the family's model writes, without the token that ends it.
std::string reply_text(const Message& message, const Family& family,
                       ToolSyntax syntax);

}  // namespace simulate
