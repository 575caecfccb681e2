#include "simulator/samples/family.h"

namespace simulate {

const std::vector<const Family*>& all_families() {
  static const std::vector<const Family*> families = {
      &qwen3(), &hermes(), &llama3(), &mistral(), &deepseek_r1(), &gpt_oss()};
  return families;
}

const Family& no_family() {
  static const Family family = {.thought = ThoughtPlace::reasoning_content,
                                .keeps_thoughts = true,
                                .words_beside_calls = true,
                                .eos = "<|im_end|>",
                                .reply = hermes().reply};
  return family;
}

const Family* family_named(const std::string& name) {
  for (const Family* family : all_families()) {
    if (name == family->name) return family;
  }
  return nullptr;
}

bool Family::loses_words(const Message& message) const {
  if (message.calls.empty() || words_beside_calls) return false;
  bool words = !message.content.empty();
  bool thought = !message.thinking.empty();
  return this->thought == ThoughtPlace::thinking ? words && thought
                                                 : words || thought;
}

std::string think_block(const std::string& thought) {
  return thought.empty() ? "" : "<think>\n" + thought + "\n</think>\n\n";
}

std::string tagged_reply(const Message& message) {
  std::string text = message.content;
  const char* separator = text.empty() ? "" : "\n";
  for (const ToolCall& call : message.calls) {
    text += separator;
    text += "<tool_call>\n" + json_object_call(call, "arguments") +
            "\n</tool_call>";
    separator = "\n";
  }
  return text;
}

std::string json_object_call(const ToolCall& call, const char* key) {
  return "{\"name\": " + to_text(call.name) + ", \"" + key +
         "\": " + python_json(call.arguments) + "}";
}

std::string python_json(const Json& value) {
  std::string text;
  const char* separator = "";
  if (value.is_array()) {
    for (const Json& item : value) {
      text += separator + python_json(item);
      separator = ", ";
    }
    return "[" + text + "]";
  }
  if (!value.is_object()) return to_text(value);
  for (const auto& [name, item] : value.items()) {
    text += separator + to_text(name) + ": " + python_json(item);
    separator = ", ";
  }
  return "{" + text + "}";
}

}  // namespace simulate
