// The distillations of DeepSeek-R1. Their template cuts every thought, also
// that of the last message, and shows no tools: these stay in the prompt, and
// calls and results are text.
// Tested by tests/samples/family_test.cpp.
#include "simulator/samples/family.h"
#include "simulator/transcript/render.h"

namespace simulate {

namespace {

std::string reply(const Message& message, ToolSyntax syntax) {
  return think_block(message.thinking) +
         message_text(message, syntax, Thinking::hidden) +
         "<｜end▁of▁sentence｜>";
}

}  // namespace

const Family& deepseek_r1() {
  static const Family family = {
      .name = "deepseek-r1",
      .models = "DeepSeek-R1-Distill",
      .shows_tools = false,
      .exact_messages = false,
      .llamafactory_template = "deepseekr1",
      .bos = "<｜begin▁of▁sentence｜>",
      .eos = "<｜end▁of▁sentence｜>",
      .reply = reply,
  };
  return family;
}

}  // namespace simulate
