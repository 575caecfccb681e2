// Qwen3 and what is distilled with its template. A thought stands in
// reasoning_content; those before the last message of the user are dropped, as
// they are when it is served.
// Tested by tests/samples/family_test.cpp.
#include "simulator/samples/family.h"

namespace simulate {

namespace {

// A last message without a thought gets an empty one, by its template, too.
std::string reply(const Message& message, ToolSyntax) {
  return "<think>\n" + message.thinking + "\n</think>\n\n" +
         tagged_reply(message) + "<|im_end|>";
}

}  // namespace

const Family& qwen3() {
  static const Family family = {
      .name = "qwen3",
      .models = "Qwen3 and its distillations",
      .thought = ThoughtPlace::reasoning_content,
      .words_beside_calls = true,
      .llamafactory_template = "qwen3_nothink",
      .tagged_results = true,
      .eos = "<|im_end|>",
      .reply = reply,
  };
  return family;
}

}  // namespace simulate
