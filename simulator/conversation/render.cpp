#include "simulator/conversation/render.h"

namespace simulate {

std::string render_assistant(const Message& message, ToolSyntax syntax,
                             bool with_thinking) {
  std::string text;
  if (with_thinking && !message.thinking.empty()) {
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

}  // namespace simulate
