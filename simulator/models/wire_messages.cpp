#include "simulator/models/wire_messages.h"

#include "simulator/models/native_calls.h"
#include "simulator/models/text_messages.h"
#include "simulator/transcript/render.h"

namespace simulate {

namespace {

const char* wire_role(TextMessage::From from) {
  switch (from) {
    case TextMessage::From::system:
      return "system";
    case TextMessage::From::user:
      return "user";
    case TextMessage::From::assistant:
      return "assistant";
  }
  return "user";
}

bool speaks(const Json& message, const char* role) {
  return message["role"] == role;
}

// Neighbours with one role are merged, and a talk that would begin with the
// assistant gets a user before it: hosted open models demand strict turns.
// What somebody says right behind a result joins that, since older servers
// take no user there.
void add_in_turn(Json& messages, const char* role, std::string content) {
  bool first = messages.empty();
  bool joins = !first && (speaks(messages.back(), role) ||
                          (speaks(messages.back(), "tool") &&
                           role != std::string_view("assistant")));
  if (joins && messages.back()["content"].is_string()) {
    messages.back()["content"].get_ref<std::string&>() += "\n\n" + content;
    return;
  }
  if (role == std::string_view("assistant") &&
      (first || speaks(messages.back(), "system"))) {
    add_in_turn(messages, "user", "(The talk begins.)");
  }
  Json& added = messages.emplace_back(Json::object());
  added["role"] = role;
  added["content"] = std::move(content);
}

std::string system_in_fields(const ChatRequest& request) {
  std::string text = request.messages.front().content;
  const ToolsInWords& told = request.tools_in_words;
  if (told.size == 0 || told.begin > text.size()) return text;
  return text.replace(told.begin, told.size, told.in_fields);
}

// Servers that see thoughts in a field of their own get those of a message
// there; the others in its words, as the models wrote them.
std::string words_of(const WireDialect& dialect, const Message& message) {
  Message words = {Speaker::assistant, message.content};
  if (dialect.thinking_field.empty()) words.thinking = message.thinking;
  return message_text(words, ToolSyntax::json, Thinking::shown);
}

void add_calling(const WireDialect& dialect, const Message& message,
                 Json& messages) {
  add_in_turn(messages, "assistant", words_of(dialect, message));
  Json& added = messages.back();
  if (!dialect.thinking_field.empty()) {
    added[dialect.thinking_field] = message.thinking;
  }
  if (message.calls.empty()) return;
  if (added["content"] == "") added["content"] = nullptr;
  added["tool_calls"] = calls_in_fields(dialect, message);
}

Json result_in_fields(const WireDialect& dialect, const ToolResult& result) {
  Json message = {{"role", "tool"}, {"tool_call_id", result.call_id}};
  if (dialect.names_results) message["name"] = result.name;
  message["content"] = to_text(result.body);
  return message;
}

}  // namespace

Json messages_in_tags(const WireDialect& dialect, const ChatRequest& request) {
  Json messages = Json::array();
  for (TextMessage& message : text_messages(request)) {
    const char* role = wire_role(message.from);
    add_in_turn(messages, role, std::move(message.content));
    bool is_own = message.from == TextMessage::From::assistant;
    if (is_own && !dialect.thinking_field.empty()) {
      messages.back()[dialect.thinking_field] = "";
    }
  }
  return messages;
}

Json messages_in_fields(const WireDialect& dialect,
                        const ChatRequest& request) {
  Json messages = Json::array();
  for (size_t i = 0; i < request.messages.size(); ++i) {
    const Message& message = request.messages[i];
    switch (message.speaker) {
      case Speaker::system:
        add_in_turn(messages, "system",
                    i == 0 ? system_in_fields(request) : message.content);
        break;
      case Speaker::tester:
        add_in_turn(messages, "user", message.content);
        break;
      case Speaker::assistant:
        add_calling(dialect, message, messages);
        break;
      case Speaker::tool:
        messages.push_back(result_in_fields(dialect, message.result));
        break;
    }
  }
  return messages;
}

Json tools_in_fields(const Offer& offer) {
  Json tools = Json::array();
  for (const ToolSpec& tool : offer.tools) tools.push_back(function_json(tool));
  return tools;
}

}  // namespace simulate
