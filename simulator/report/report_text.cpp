// A report for a terminal.
// Tested by tests/report/report_text_test.cpp.
#include "simulator/base/text.h"
#include "simulator/report/layout.h"
#include "simulator/report/report.h"
#include "simulator/report/shown_table.h"

namespace simulate {

namespace {

constexpr size_t kMostBars = 15;

const char* mark_of(FigureVerdict verdict) {
  switch (verdict) {
    case FigureVerdict::none:
      return "  ";
    case FigureVerdict::good:
      return "✓ ";
    case FigureVerdict::look:
      return "! ";
    case FigureVerdict::bad:
      return "✗ ";
  }
  return "  ";
}

class Writer {
 public:
  explicit Writer(bool colour) : colour_(colour) {}

  void line(Style style, const std::string& text) {
    shown_ += Shown(colour_ ? style : Style::plain, text);
    shown_ += Shown("\n");
  }

  // Broken at blanks, every line as far in as the first.
  void paragraph(Style style, const std::string& text, size_t indent) {
    std::string blanks(indent, ' ');
    for (const std::string& one : wrapped(text, kTerminalWidth - indent)) {
      line(style, blanks + one);
    }
  }

  void report(const DatasetReport& report) {
    line(Style::bold, one_line(report.title) + ": " +
                          counted(report.conversations, "conversation"));
    line(Style::bold, verdict_text(report));
    for (const Remark& remark : remarks_of(report)) {
      hanging(Style::plain, mark_of(remark.verdict) + remark.section + ": " +
                                joined(remark.findings, "; "));
    }
    for (const Section& one : report.sections) section(one);
  }

  Shown take() { return std::move(shown_); }

 private:
  // Further lines below the first word, not below the mark.
  void hanging(Style style, const std::string& text) {
    std::vector<std::string> lines =
        wrapped(one_line(text), kTerminalWidth - 4);
    for (size_t i = 0; i < lines.size(); ++i) {
      line(style, (i == 0 ? "  " : "    ") + lines[i]);
    }
  }

  void section(const Section& section) {
    line(Style::plain, "");
    line(Style::bold, mark_of(section.verdict()) + section.title);
    paragraph(Style::dim, section.about, 2);
    for (const Figure& one : section.figures) figure(one);
  }

  void figure(const Figure& figure) {
    std::string head = mark_of(figure.verdict) + figure.name;
    if (figure.value) {
      head += ": " + figure_text(*figure.value, figure.unit);
      if (!figure.of.empty()) head += " " + figure.of;
    }
    line(Style::plain, "");
    hanging(Style::plain, head);
    if (!figure.good.empty()) paragraph(Style::dim, "- " + figure.good, 4);
    if (figure.is_histogram) {
      histogram(figure.bars);
    } else {
      bars(figure);
    }
    if (!figure.table.rows.empty()) {
      lines(table_lines(figure.table, kTerminalWidth));
    }
    for (const Quote& example : figure.examples) show_example(example);
  }

  void bars(const Figure& figure) {
    std::vector<Bar> shown = figure.bars;
    if (shown.size() > kMostBars) shown.resize(kMostBars);
    lines(bar_lines(shown, figure.unit, kTerminalWidth));
    if (shown.size() == figure.bars.size()) return;
    line(Style::dim, "    and " +
                         std::to_string(figure.bars.size() - kMostBars) +
                         " more, which --json and --html have");
  }

  // In a line, from its first label to its last.
  void histogram(const std::vector<Bar>& bars) {
    if (bars.empty()) return;
    std::vector<double> values;
    for (const Bar& bar : bars) values.push_back(bar.value);
    line(Style::plain, "    " + bars.front().label + " " +
                           columns_of_heights(values) + " " +
                           bars.back().label);
  }

  void lines(const std::vector<std::string>& all) {
    for (const std::string& one : all) line(Style::plain, one);
  }

  void show_example(const Quote& example) {
    std::string text = example.conversation.empty()
                           ? example.text
                           : example.conversation + "  " + example.text;
    line(Style::dim, "    " + fitted(one_line(text), kTerminalWidth - 4));
  }

  bool colour_;
  Shown shown_;
};

}  // namespace

Shown report_text(const DatasetReport& report, bool colour) {
  Writer writer(colour);
  writer.report(report);
  return writer.take();
}

}  // namespace simulate
