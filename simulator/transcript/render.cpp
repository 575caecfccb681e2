#include "simulator/transcript/render.h"

namespace simulate {

namespace {

std::string assistant_text(const Message& message, ToolSyntax syntax,
                           Thinking thinking) {
  std::string text;
  if (thinking == Thinking::shown && !message.thinking.empty()) {
    text = "<think>\n" + message.thinking + "\n</think>";
  }
  auto append = [&text](const std::string& part, const char* separator) {
    if (part.empty()) return;
    if (!text.empty()) text += separator;
    text += part;
  };
  append(message.content, "\n\n");
  const char* separator = "\n\n";
  for (const ToolCall& call : message.calls) {
    append(render_call(syntax, call.name, call.arguments), separator);
    separator = "\n";
  }
  return text;
}

}  // namespace

std::string message_text(const Message& message, ToolSyntax syntax,
                         Thinking thinking) {
  switch (message.speaker) {
    case Speaker::assistant:
      return assistant_text(message, syntax, thinking);
    case Speaker::tool:
      return render_result(message.result.body);
    default:
      return message.content;
  }
}

}  // namespace simulate
