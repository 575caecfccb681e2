// Hermes 2 Pro and Hermes 3. Its template writes a message with calls as the
// calls alone.
// Tested by tests/samples/family_test.cpp.
#include "simulator/samples/family.h"

namespace simulate {

namespace {

std::string reply(const Message& message, ToolSyntax) {
  std::string text = think_block(message.thinking) + message.content;
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

const Family& hermes() {
  static const Family family = {
      .name = "hermes",
      .models = "Hermes 2 Pro, Hermes 3",
      .keeps_thoughts = true,
      .bos = "<|begin_of_text|>",
      .eos = "<|im_end|>",
      .reply = reply,
  };
  return family;
}

}  // namespace simulate
