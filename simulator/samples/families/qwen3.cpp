// Qwen3 and what is distilled with its template. A thought stands in
// reasoning_content; those before the last message of the user are dropped, as
// they are when it is served.
// Tested by tests/samples/family_test.cpp.
#include "simulator/samples/family.h"

namespace simulate {

namespace {

// A last message without a thought gets an empty one, by its template, too.
std::string reply(const Message& message, ToolSyntax) {
  std::string text = "<think>\n" + message.thinking + "\n</think>\n\n";
  text += message.content;
  const char* separator = message.content.empty() ? "" : "\n";
  for (const ToolCall& call : message.calls) {
    text += separator;
    text += "<tool_call>\n" + json_object_call(call, "arguments") +
            "\n</tool_call>";
    separator = "\n";
  }
  return text + "<|im_end|>";
}

}  // namespace

const Family& qwen3() {
  static const Family family = {
      .name = "qwen3",
      .models = "Qwen3 and its distillations",
      .thought = ThoughtPlace::reasoning_content,
      .words_beside_calls = true,
      .eos = "<|im_end|>",
      .reply = reply,
  };
  return family;
}

}  // namespace simulate
