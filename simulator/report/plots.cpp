#include "simulator/report/plots.h"

#include <algorithm>
#include <cstdio>

#include "simulator/report/page.h"

namespace simulate {

namespace {

// Of a histogram, in units of its own.
constexpr double kWidth = 400;
constexpr double kHeight = 130;
constexpr double kTop = 18;
constexpr double kBottom = 18;
constexpr size_t kMostLabels = 7;

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

std::string rect(double x, double y, double width, double height,
                 const char* name) {
  return std::string("<rect class=\"") + name + "\" x=\"" + number(x) +
         "\" y=\"" + number(y) + "\" width=\"" + number(width) +
         "\" height=\"" + number(height) + "\"/>";
}

std::string label(double x, double y, const std::string& text) {
  return "<text x=\"" + number(x) + "\" y=\"" + number(y) +
         "\" text-anchor=\"middle\">" + html_line(text) + "</text>";
}

// Stretched to whatever room there is: it holds no text.
std::string svg_bar(const Bar& bar, double most, const std::string& text) {
  double part = most > 0 ? 100 * bar.value / most : 0;
  if (bar.value > 0) part = std::max(part, 0.5);
  const char* name =
      bar.verdict >= FigureVerdict::look ? "fill marked" : "fill";
  std::string svg =
      "<svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" role=\"img\">"
      "<title>" +
      html_line(bar.label) + ": " + text + "</title>" +
      rect(0, 0, 100, 10, "track") + rect(0, 0, part, 10, name);
  if (bar.wanted && most > 0) {
    double at = std::min(99.2, 100 * *bar.wanted / most);
    svg += rect(at, 0, 0.8, 10, "tick");
  }
  return svg + "</svg>";
}

std::string described(const std::vector<Bar>& bars) {
  std::string text;
  for (const Bar& bar : bars) {
    if (!text.empty()) text += ", ";
    text += bar.label + ": " + figure_text(bar.value, Unit::share);
  }
  return text;
}

}  // namespace

std::string html_bars(const std::vector<Bar>& bars, Unit unit) {
  double most = 0;
  bool wished = false;
  for (const Bar& bar : bars) {
    most = std::max({most, bar.value, bar.wanted.value_or(0)});
    wished = wished || bar.wanted;
  }
  std::string html = "<div class=\"bars\">";
  for (const Bar& bar : bars) {
    std::string text = figure_text(bar.value, unit);
    if (bar.wanted) text += " of " + figure_text(*bar.wanted, unit);
    html += "<span class=\"label\">" + html_line(bar.label) + "</span>" +
            svg_bar(bar, most, text) + "<span class=\"number\">" + text +
            "</span>";
  }
  html += "</div>";
  if (wished) html += "<p class=\"key\">The mark is what was wished for.</p>";
  return html;
}

std::string svg_histogram(const std::string& name,
                          const std::vector<Bar>& bars) {
  if (bars.empty()) return "";
  double most = 0;
  for (const Bar& bar : bars) most = std::max(most, bar.value);
  std::string svg = "<svg class=\"histogram\" viewBox=\"0 0 " + number(kWidth) +
                    " " + number(kHeight) + "\" role=\"img\"><title>" +
                    html_line(name) + "</title><desc>" +
                    html_line(described(bars)) + "</desc>";
  double step = kWidth / static_cast<double>(bars.size());
  double room = kHeight - kTop - kBottom;
  size_t each = (bars.size() + kMostLabels - 1) / kMostLabels;
  for (size_t i = 0; i < bars.size(); ++i) {
    double height = most > 0 ? room * bars[i].value / most : 0;
    double x = step * static_cast<double>(i);
    double y = kTop + room - height;
    svg += "<g><title>" + html_line(bars[i].label) + ": " +
           figure_text(bars[i].value, Unit::share) + "</title>" +
           rect(x + 1, y, step - 2, height, "fill") + "</g>";
    double middle = x + step / 2;
    if (bars[i].value == most) {
      svg += label(std::clamp(middle, 16.0, kWidth - 16), y - 5,
                   figure_text(bars[i].value, Unit::share));
    }
    bool room_for_it = i % each == 0;
    if (room_for_it) svg += label(middle, kHeight - 4, bars[i].label);
  }
  svg += rect(0, kTop + room, kWidth, 1, "axis");
  return svg + "</svg>";
}

std::string svg_interval(double at, double low, double high,
                         const std::string& description) {
  auto x = [](double value) { return 50 + 48 * std::clamp(value, -1.0, 1.0); };
  return "<svg class=\"interval\" viewBox=\"0 0 100 12\" role=\"img\"><title>" +
         html_line(description) + "</title>" + rect(49.8, 0, 0.4, 12, "axis") +
         rect(x(low), 5, std::max(0.6, x(high) - x(low)), 2, "fill") +
         "<circle class=\"fill\" cx=\"" + number(x(at)) +
         "\" cy=\"6\" r=\"3\"/></svg>";
}

}  // namespace simulate
