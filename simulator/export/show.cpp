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

void show_assistant(const Message& message, const ShowWhat& what, Page& page) {
  bool rewritten = what.rewriting && !message.original_thinking.empty();
  if (rewritten) {
    page.paragraph(Style::dim, "", "- (" + message.original_thinking + ")");
  }
  if (!message.thinking.empty()) {
    page.paragraph(Style::dim, "",
                   (rewritten ? "+ (" : "(") + message.thinking + ")");
  }
  if (!message.content.empty()) {
    page.paragraph(Style::plain, what.assistant, message.content);
  }
  for (const ToolCall& call : message.calls) {
    page.paragraph(Style::dim, "",
                   "-> " + python_call(call.name, call.arguments));
  }
}

// What was drawn for it.
void show_head(const Conversation& conversation, Page& page) {
  const Slot& slot = conversation.slot;
  Outcome outcome = conversation.outcome();
  page.paragraph(Style::dim, "",
                 conversation_id(slot.number) + ": " + one_line(slot.persona) +
                     ", session " + std::to_string(slot.session) + ", " +
                     moment_text(slot.starts_at) + ", about " + slot.topic);
  std::string drawn = outcome.situation;
  drawn += outcome.took_place ? "" : " (did not take place)";
  for (const std::string& axis : axis_names()) {
    const std::string& value = slot.*axis_member(axis);
    if (!value.empty()) drawn += "; " + axis + ": " + value;
  }
  page.paragraph(Style::dim, "", one_line(drawn));
  page.blank();
}

}  // namespace

Shown show_conversation(const Conversation& conversation, ShowWhat what) {
  Page page(what.colour);
  const Slot& slot = conversation.slot;
  show_head(conversation, page);
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
        show_assistant(message, what, page);
        break;
      case Speaker::tool:
        page.paragraph(Style::dim, "", "<- " + to_text(message.result.body));
    }
  }
  page.blank();
  const Transcript& dialogue = conversation.transcript;
  page.paragraph(Style::dim, "",
                 std::string(ending_name(dialogue.ending)) + ", " +
                     counted(dialogue.turns(), "turn") + ", " +
                     counted(dialogue.tool_calls(), "tool call") + " (" +
                     std::to_string(dialogue.tool_errors()) + " wrong), " +
                     conversation.assistant);
  return page.take();
}

}  // namespace simulate
