// gpt-oss, which writes harmony: thoughts in the channel analysis, words for
// the person in final, one call a message in commentary. Its template loses the
// thought of a call once an answer follows.
// Tested by tests/samples/family_test.cpp.
#include "simulator/samples/family.h"

namespace simulate {

namespace {

std::string part(const char* channel, const std::string& text) {
  return std::string("<|channel|>") + channel + "<|message|>" + text;
}

std::string reply(const Message& message, ToolSyntax) {
  constexpr const char* kNext = "<|end|><|start|>assistant";
  std::string text;
  if (!message.thinking.empty()) {
    text = part("analysis", message.thinking) + kNext;
  }
  if (message.calls.empty()) {
    return text + part("final", message.content) + "<|return|>";
  }
  if (!message.content.empty()) {
    text += part("commentary", message.content) + kNext;
  }
  const ToolCall& call = message.calls.front();
  return text + " to=functions." + call.name +
         "<|channel|>commentary json<|message|>" + python_json(call.arguments) +
         "<|call|>";
}

}  // namespace

const Family& gpt_oss() {
  static const Family family = {
      .name = "gpt-oss",
      .models = "gpt-oss-20b, gpt-oss-120b",
      .thought = ThoughtPlace::thinking,
      .parallel_calls = false,
      .exact_messages = false,
      .eos = "<|return|>",
      .call_end = "<|call|>",
      .reply = reply,
  };
  return family;
}

}  // namespace simulate
