// A report as a page.
// Tested by tests/report/page_test.cpp.
#include "simulator/base/text.h"
#include "simulator/report/page.h"
#include "simulator/report/report.h"

namespace simulate {

namespace {

std::string class_of(FigureVerdict verdict) {
  return verdict == FigureVerdict::good ? "good-verdict"
                                        : verdict_name(verdict);
}

std::string remarks(const DatasetReport& report) {
  std::string html = "<ul class=\"remarks\">";
  for (const Remark& remark : remarks_of(report)) {
    html += std::string("<li class=\"") + verdict_name(remark.verdict) +
            "\"><a href=\"#" + remark.key + "\"><b>" +
            html_line(remark.section) + "</b></a>";
    for (const std::string& finding : remark.findings) {
      html += "<span>" + html_line(finding) + "</span>";
    }
    html += "</li>";
  }
  return html + "</ul>\n";
}

std::string links(const DatasetReport& report) {
  std::string html = "<nav aria-label=\"Parts\">";
  for (const Section& section : report.sections) {
    html += "<a class=\"" + class_of(section.verdict()) + "\" href=\"#" +
            section.key + "\">" + html_line(section.title) + "</a>";
  }
  return html + "</nav>\n";
}

std::string html_section(const Section& section) {
  std::string html = "<section id=\"" + section.key + "\"><h2>" +
                     html_line(section.title) + html_badge(section.verdict()) +
                     "</h2><p class=\"about\">" + html_line(section.about) +
                     "</p><div class=\"figures\">\n";
  for (const Figure& figure : section.figures) html += html_figure(figure);
  return html + "</div></section>\n";
}

}  // namespace

std::string report_html(const DatasetReport& report) {
  std::string body =
      "<h1>" + html_line(report.title) + ": " +
      figure_text(static_cast<double>(report.conversations), Unit::count) +
      " conversations</h1>\n" + html_verdict(verdict_text(report));
  if (!remarks_of(report).empty()) body += remarks(report);
  body += links(report);
  for (const Section& section : report.sections) {
    body += html_section(section);
  }
  return html_page("Report on " + report.title, body);
}

}  // namespace simulate
