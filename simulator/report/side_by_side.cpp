#include "simulator/report/side_by_side.h"

#include <algorithm>
#include <vector>

#include "simulator/base/text.h"
#include "simulator/report/layout.h"
#include "simulator/report/page.h"

namespace simulate {

namespace {

constexpr size_t kLongestResult = 300;  // bytes of it that are shown
constexpr const char* kBetween = " │ ";
constexpr size_t kBetweenWidth = 3;

// A part of a message: who speaks, and what; a class of the page's styles.
struct Part {
  std::string who;
  std::string text;
  const char* kind = "";
};

void add_reply(const Message& message, const std::string& name,
               std::vector<Part>& parts) {
  if (!message.thinking.empty()) {
    parts.push_back({name + " thinks", message.thinking, "thought"});
  }
  if (!message.content.empty()) parts.push_back({name, message.content});
  for (const ToolCall& call : message.calls) {
    parts.push_back(
        {name + " calls", call.name + " " + to_text(call.arguments), "tool"});
  }
  bool silent = message.content.empty() && message.calls.empty();
  if (silent) parts.push_back({name, "(nothing)"});
}

using Turn = std::vector<Part>;

// The system message is left out; a turn begins with the tester's message.
std::vector<Turn> turns_of(const FinishedConversation& talk,
                           const std::string& name) {
  std::vector<Turn> turns;
  for (const Message& message : talk.transcript.messages) {
    if (message.speaker == Speaker::system) continue;
    if (turns.empty() || message.speaker == Speaker::tester) {
      turns.emplace_back();
    }
    if (message.speaker == Speaker::tester) {
      turns.back().push_back({"User", message.content, "user"});
    } else if (message.speaker == Speaker::assistant) {
      add_reply(message, name, turns.back());
    } else {
      turns.back().push_back(
          {message.result.error ? "error" : "result",
           shortened(to_text(message.result.body), kLongestResult), "tool"});
    }
  }
  return turns;
}

struct Line {
  std::string text;
  Style style = Style::plain;
};

std::vector<Line> lines_of(const Turn& turn, size_t width) {
  std::vector<Line> lines;
  for (const Part& part : turn) {
    bool aside = std::string_view(part.kind) == "thought" ||
                 std::string_view(part.kind) == "tool";
    Style style = aside ? Style::dim : Style::plain;
    for (const std::string& line :
         wrapped(printable(part.who + ": " + part.text), width)) {
      lines.push_back({line, style});
    }
  }
  return lines;
}

class Columns {
 public:
  Columns(bool colour, size_t width)
      : colour_(colour), width_((width - kBetweenWidth) / 2) {}

  void row(const Line& a, const Line& b) {
    put(a.style, fitted(a.text, width_));
    put(Style::dim, kBetween);
    put(b.style, fitted(b.text, width_));
    shown_ += Shown("\n");
  }

  void turn(const Turn& a, const Turn& b) {
    std::vector<Line> left = lines_of(a, width_);
    std::vector<Line> right = lines_of(b, width_);
    for (size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
      row(i < left.size() ? left[i] : Line(),
          i < right.size() ? right[i] : Line());
    }
    row({}, {});
  }

  Shown take() { return std::move(shown_); }

 private:
  void put(Style style, const std::string& text) {
    shown_ += Shown(colour_ ? style : Style::plain, text);
  }

  bool colour_;
  size_t width_;
  Shown shown_;
};

// On a phone the columns lie below each other: each says whose it is.
std::string html_turn(const Turn& turn, const std::string& name) {
  std::string html = "<div>";
  if (!turn.empty()) {
    html += "<p class=\"whose\">" + html_line(name) + "</p>";
  }
  for (const Part& part : turn) {
    html += std::string("<div class=\"said ") + part.kind + "\"><b>" +
            html_line(part.who) + "</b>" + html_text(part.text) + "</div>";
  }
  return html + "</div>";
}

Turn turn_at(const std::vector<Turn>& turns, size_t at) {
  return at < turns.size() ? turns[at] : Turn();
}

std::string named(const std::string& name, const FinishedConversation& talk) {
  return name + ", " + talk.id;
}

}  // namespace

Shown side_by_side(const SidePair& pair, const SideNames& names, bool colour,
                   size_t width) {
  std::vector<Turn> a = turns_of(pair.a, names.assistant);
  std::vector<Turn> b = turns_of(pair.b, names.assistant);
  Columns columns(colour, width);
  columns.row({one_line(named(names.a, pair.a)), Style::bold},
              {one_line(named(names.b, pair.b)), Style::bold});
  for (size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    columns.turn(turn_at(a, i), turn_at(b, i));
  }
  return columns.take();
}

std::string side_by_side_html(const SidePair& pair, const SideNames& names) {
  std::vector<Turn> a = turns_of(pair.a, names.assistant);
  std::vector<Turn> b = turns_of(pair.b, names.assistant);
  std::string html = "<div class=\"pair\"><h3>" +
                     html_line(named(names.a, pair.a)) + "</h3><h3>" +
                     html_line(named(names.b, pair.b)) + "</h3>";
  for (size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    html +=
        html_turn(turn_at(a, i), names.a) + html_turn(turn_at(b, i), names.b);
  }
  return html + "</div>\n";
}

}  // namespace simulate
