#include "simulator/export/show.h"

#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr size_t kWidth = 78;

class Page {
 public:
  explicit Page(bool colour) : colour_(colour) {}

  void paragraph(const char* style, const std::string& label,
                 const std::string& text) {
    std::string indent(label.empty() ? 4 : 0, ' ');
    std::string head = label.empty() ? "" : label + ": ";
    std::string body = wrapped(head + printable(text), indent);
    text_ += colour_ ? std::string(style) + body + "\x1b[0m\n" : body + "\n";
  }

  void blank() { text_ += "\n"; }
  std::string take() { return std::move(text_); }

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
  std::string text_;
};

constexpr const char* kBold = "\x1b[1m";
constexpr const char* kDim = "\x1b[2m";
constexpr const char* kPlain = "";

void show_assistant(const Message& message, Page& page) {
  if (!message.thinking.empty()) {
    page.paragraph(kDim, "", "(" + message.thinking + ")");
  }
  if (!message.content.empty()) {
    page.paragraph(kPlain, "Ada", message.content);
  }
  for (const ToolCall& call : message.calls) {
    page.paragraph(kDim, "", "-> " + python_call(call.name, call.arguments));
  }
}

}  // namespace

std::string show_conversation(const Conversation& conversation, bool colour) {
  Page page(colour);
  const Slot& slot = conversation.slot;
  page.paragraph(kDim, "",
                 slot.persona + ", session " + std::to_string(slot.session) +
                     ", " + moment_text(slot.starts_at) + ", about " +
                     slot.topic);
  page.blank();
  std::string person = split(slot.persona, ' ').front();
  for (const Message& message : conversation.transcript.messages) {
    switch (message.speaker) {
      case Speaker::system:
        break;
      case Speaker::tester:
        page.blank();
        page.paragraph(kBold, person, message.content);
        break;
      case Speaker::assistant:
        show_assistant(message, page);
        break;
      case Speaker::tool:
        page.paragraph(kDim, "", "<- " + to_text(message.result.body));
    }
  }
  page.blank();
  const Transcript& dialogue = conversation.transcript;
  page.paragraph(kDim, "",
                 std::string(ending_name(dialogue.ending)) + ", " +
                     std::to_string(dialogue.turns()) + " turns, " +
                     std::to_string(dialogue.tool_calls()) + " tool calls (" +
                     std::to_string(dialogue.tool_errors()) + " wrong), " +
                     conversation.assistant);
  return page.take();
}

}  // namespace simulate
