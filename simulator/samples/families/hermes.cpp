// Hermes 2 Pro and Hermes 3. Its template writes a message with calls as the
// calls alone, and a line break less behind results that are last.
// Tested by tests/samples/family_test.cpp.
#include "simulator/samples/family.h"

namespace simulate {

namespace {

std::string reply(const Message& message, ToolSyntax) {
  return think_block(message.thinking) + tagged_reply(message) + "<|im_end|>";
}

}  // namespace

const Family& hermes() {
  static const Family family = {
      .name = "hermes",
      .models = "Hermes 2 Pro, Hermes 3",
      .exact_messages = false,
      .llamafactory_template = "chatml",
      .tagged_results = true,
      .bos = "<|begin_of_text|>",
      .eos = "<|im_end|>",
      .reply = reply,
  };
  return family;
}

}  // namespace simulate
