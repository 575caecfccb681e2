#include "simulator/samples/message_json.h"

#include "simulator/base/text.h"
#include "simulator/conversation/metadata.h"

namespace simulate {

namespace {

std::string with_thought(const Message& message) {
  std::string text = think_block(message.thinking) + message.content;
  return std::string(trimmed(text));
}

void add_thought(const Message& message, const MessageForm& form,
                 Json& object) {
  if (message.thinking.empty()) return;
  switch (form.thought) {
    case ThoughtPlace::reasoning_content:
      object["reasoning_content"] = message.thinking;
      return;
    case ThoughtPlace::thinking:
      object["thinking"] = message.thinking;
      // One with calls has room for the one or the other.
      if (!message.calls.empty()) object["content"] = "";
      return;
    case ThoughtPlace::content:
      object["content"] = with_thought(message);
      return;
  }
}

}  // namespace

Json message_json(const Message& message, const MessageForm& form,
                  ToolSyntax syntax) {
  Json object = {{"role", record_role(message.speaker)},
                 {"content", message.content}};
  if (message.speaker == Speaker::tool) {
    object["content"] = result_text(message.result);
    object["tool_call_id"] = message.result.call_id;
    object["name"] = message.result.name;
    return object;
  }
  if (message.speaker != Speaker::assistant) return object;
  if (message.train && form.family && form.family->loses_words(message)) {
    object["content"] = reply_text(message, *form.family, syntax);
    return object;
  }
  add_thought(message, form, object);
  for (const ToolCall& call : message.calls) {
    object["tool_calls"].push_back(call_json(call, form.text_arguments));
  }
  return object;
}

Json call_json(const ToolCall& call, bool text_arguments) {
  Json arguments = call.arguments;
  if (text_arguments) arguments = to_text(call.arguments);
  return {{"id", call.id},
          {"type", "function"},
          {"function", {{"name", call.name}, {"arguments", arguments}}}};
}

Json messages_json(const Sample& sample, const MessageForm& form) {
  Json list = Json::array();
  for (const Message& message : sample.messages) {
    list.push_back(message_json(message, form, sample.syntax));
  }
  return list;
}

Json tools_json(const std::vector<ToolSpec>& tools) {
  Json list = Json::array();
  for (const ToolSpec& tool : tools) list.push_back(function_json(tool));
  return list;
}

std::string result_text(const ToolResult& result) {
  return result.body.is_string() ? result.body.get<std::string>()
                                 : to_text(result.body);
}

std::string reply_text(const Message& message, const Family& family,
                       ToolSyntax syntax) {
  std::string text = family.reply(message, syntax);
  for (std::string_view end : {family.eos, family.call_end}) {
    if (text.ends_with(end)) text.erase(text.size() - end.size());
  }
  return text;
}

}  // namespace simulate
