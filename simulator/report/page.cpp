#include "simulator/report/page.h"

#include "simulator/base/text.h"
#include "simulator/report/page_style.h"
#include "simulator/report/plots.h"

namespace simulate {

namespace {

// A class of the styles; "good" is what the sentence of a figure has.
std::string class_of(FigureVerdict verdict) {
  return verdict == FigureVerdict::good ? "good-verdict"
                                        : verdict_name(verdict);
}

std::string value_of(const Figure& figure) {
  if (!figure.value) return "";
  std::string html = "<p class=\"value";
  if (figure.verdict >= FigureVerdict::look) {
    html += std::string(" ") + verdict_name(figure.verdict);
  }
  html += "\">" + figure_text(*figure.value, figure.unit);
  std::string of = figure.of;
  if (figure.low && figure.high) {
    if (!of.empty()) of += "; ";
    of += "95 %: " + figure_text(*figure.low, figure.unit) + " to " +
          figure_text(*figure.high, figure.unit);
  }
  if (!of.empty()) html += " <small>" + html_line(of) + "</small>";
  return html + "</p>";
}

std::string plot_of(const Figure& figure) {
  if (figure.bars.empty()) return "";
  return figure.is_histogram ? svg_histogram(figure.name, figure.bars)
                             : html_bars(figure.bars, figure.unit);
}

std::string examples_of(const Figure& figure) {
  if (figure.examples.empty()) return "";
  std::string html =
      "<details><summary>" +
      counted(static_cast<int64_t>(figure.examples.size()), "example") +
      "</summary><ul class=\"examples\">";
  for (const Quote& one : figure.examples) {
    html += "<li>";
    if (!one.conversation.empty()) {
      html += "<code>" + html_line(one.conversation) + "</code>";
    }
    html += html_line(one.text) + "</li>";
  }
  return html + "</ul></details>";
}

}  // namespace

std::string html_text(std::string_view text) {
  std::string html;
  for (char c : printable(text)) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

std::string html_line(std::string_view text) {
  return html_text(one_line(text));
}

std::string html_page(const std::string& title, const std::string& body) {
  return "<!doctype html>\n<html lang=\"en\">\n<head>\n"
         "<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, "
         "initial-scale=1\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
         "'none'; style-src 'unsafe-inline'\">\n"
         "<title>" +
         html_line(title) + "</title>\n<style>" + kPageStyle +
         "</style>\n</head>\n<body>\n<main>\n" + body +
         "</main>\n</body>\n</html>\n";
}

std::string html_verdict(const std::string& text) {
  constexpr size_t kLong = 90;  // bytes
  const char* name = text.size() > kLong ? "verdict long" : "verdict";
  return std::string("<p class=\"") + name + "\">" + html_line(text) + "</p>\n";
}

std::string html_badge(FigureVerdict verdict) {
  if (verdict == FigureVerdict::none) return "";
  const char* words = verdict == FigureVerdict::good   ? "as it should be"
                      : verdict == FigureVerdict::look ? "needs a look"
                                                       : "bad";
  return "<span class=\"badge " + class_of(verdict) + "\">" + words + "</span>";
}

std::string html_table(const Table& table) {
  std::string html = "<div class=\"scroll\"><table><thead><tr><th>" +
                     html_line(table.of) + "</th>";
  for (const Table::Column& column : table.columns) {
    html += "<th>" + html_line(column.name) + "</th>";
  }
  html += "</tr></thead><tbody>";
  for (const Table::Row& row : table.rows) {
    bool marked = row.verdict >= FigureVerdict::look;
    html += marked ? "<tr class=\"" + class_of(row.verdict) + "\">" : "<tr>";
    html += "<td>" + html_line(row.label) + "</td>";
    for (size_t i = 0; i < row.values.size(); ++i) {
      html +=
          "<td>" +
          (row.values[i] ? figure_text(*row.values[i], table.columns[i].unit)
                         : std::string("–")) +
          "</td>";
    }
    html += "</tr>";
  }
  return html + "</tbody></table></div>";
}

std::string html_figure(const Figure& figure) {
  bool wide = figure.table.columns.size() > 4;
  std::string html =
      wide ? "<div class=\"figure wide\">" : "<div class=\"figure\">";
  html += "<div class=\"head\"><h3>" + html_line(figure.name) + "</h3>" +
          html_badge(figure.verdict) + "</div>" + value_of(figure);
  if (!figure.good.empty()) {
    html += "<p class=\"good\">" + html_line(figure.good) + "</p>";
  }
  html += plot_of(figure);
  if (!figure.table.rows.empty()) html += html_table(figure.table);
  return html + examples_of(figure) + "</div>\n";
}

}  // namespace simulate
