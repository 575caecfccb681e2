// Mistral's instruct models with calls of their own (v3 tokenizer and later).
// The template writes a message with calls as the calls alone, wants ids of
// nine characters and roles that alternate, and shows the system message only
// where a question is last, so that no prompt is the beginning of its whole.
// Tested by tests/samples/family_test.cpp.
#include "simulator/samples/family.h"

namespace simulate {

namespace {

std::string reply(const Message& message, ToolSyntax) {
  std::string text = think_block(message.thinking) + message.content;
  const char* separator = "[TOOL_CALLS][";
  for (const ToolCall& call : message.calls) {
    std::string object = json_object_call(call, "arguments");
    object.pop_back();
    text += separator + object + ", \"id\": \"" + call.id + "\"}";
    separator = ", ";
  }
  return text + (message.calls.empty() ? "</s>" : "]</s>");
}

}  // namespace

const Family& mistral() {
  static const Family family = {
      .name = "mistral",
      .models = "Mistral's instruct models that call tools",
      .exact_messages = false,
      .llamafactory_template = "mistral",
      .bos = "<s>",
      .eos = "</s>",
      .reply = reply,
  };
  return family;
}

}  // namespace simulate
