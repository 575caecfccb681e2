// Llama 3.1 to 3.3. Its template refuses a message with two calls, and writes
// one with a call as the call alone.
// Tested by tests/samples/family_test.cpp.
#include "simulator/samples/family.h"

namespace simulate {

namespace {

std::string reply(const Message& message, ToolSyntax) {
  std::string text = think_block(message.thinking) + message.content;
  const char* separator = message.content.empty() ? "" : "\n\n";
  for (const ToolCall& call : message.calls) {
    text += separator + json_object_call(call, "parameters");
    separator = "\n";
  }
  return text + "<|eot_id|>";
}

}  // namespace

const Family& llama3() {
  static const Family family = {
      .name = "llama3",
      .models = "Llama 3.1, 3.2, 3.3",
      .parallel_calls = false,
      .llamafactory_template = "llama3",
      .bos = "<|begin_of_text|>",
      .eos = "<|eot_id|>",
      .reply = reply,
  };
  return family;
}

}  // namespace simulate
