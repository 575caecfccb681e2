#include "simulator/export/show.h"

#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr size_t kWidth = 78;

class Page {
 public:
  explicit Page(bool colour) : colour_(colour) {}

  void paragraph(Style style, const std::string& label,
                 const std::string& text) {
    std::string indent(label.empty() ? 4 : 0, ' ');
    std::string head = label.empty() ? "" : label + ": ";
    std::string body = wrapped(head + text, indent);
    shown_ += colour_ ? Shown(style, body) : Shown(body);
    blank();
  }

  void blank() { shown_ += Shown("\n"); }
  Shown take() { return std::move(shown_); }

 private:
  static std::string wrapped(const std::string& text,
                             const std::string& indent) {
    std::string result;
    for (const std::string& line : split(text, '\n')) {
      if (!result.empty()) result += '\n';
      std::string row = indent;
      for (const std::string& word : split(line, ' ')) {
        if (row.size() + word.size() > kWidth && row.size() > indent.size()) {
          result += row + '\n';
          row = indent;
        }
        row += (row.size() > indent.size() ? " " : "") + word;
      }
      result += row;
    }
    return result;
  }

  bool colour_;
  Shown shown_;
};

void show_assistant(const Message& message, Page& page) {
  if (!message.thinking.empty()) {
    page.paragraph(Style::dim, "", "(" + message.thinking + ")");
  }
  if (!message.content.empty()) {
    page.paragraph(Style::plain, "Ada", message.content);
  }
  for (const ToolCall& call : message.calls) {
    page.paragraph(Style::dim, "",
                   "-> " + python_call(call.name, call.arguments));
  }
}

}  // namespace

Shown show_conversation(const Conversation& conversation, bool colour) {
  Page page(colour);
  const Slot& slot = conversation.slot;
  page.paragraph(Style::dim, "",
                 one_line(slot.persona) + ", session " +
                     std::to_string(slot.session) + ", " +
                     moment_text(slot.starts_at) + ", about " + slot.topic);
  page.blank();
  std::string person = split(one_line(slot.persona), ' ').front();
  for (const Message& message : conversation.transcript.messages) {
    switch (message.speaker) {
      case Speaker::system:
        break;
      case Speaker::tester:
        page.blank();
        page.paragraph(Style::bold, person, message.content);
        break;
      case Speaker::assistant:
        show_assistant(message, page);
        break;
      case Speaker::tool:
        page.paragraph(Style::dim, "", "<- " + to_text(message.result.body));
    }
  }
  page.blank();
  const Transcript& dialogue = conversation.transcript;
  page.paragraph(Style::dim, "",
                 std::string(ending_name(dialogue.ending)) + ", " +
                     std::to_string(dialogue.turns()) + " turns, " +
                     std::to_string(dialogue.tool_calls()) + " tool calls (" +
                     std::to_string(dialogue.tool_errors()) + " wrong), " +
                     conversation.assistant);
  return page.take();
}

}  // namespace simulate
