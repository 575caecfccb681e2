// A comparison as text, JSON and page.
// Tested by tests/report/comparison_test.cpp.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "simulator/base/text.h"
#include "simulator/report/comparison.h"
#include "simulator/report/layout.h"
#include "simulator/report/page.h"
#include "simulator/report/plots.h"

namespace simulate {

namespace {

constexpr size_t kMargin = 4;
constexpr size_t kWidestGap = 3;
constexpr size_t kLeastLabel = 14;

const char* outcome_name(Difference outcome) {
  switch (outcome) {
    case Difference::none:
      return "none";
    case Difference::better:
      return "better";
    case Difference::worse:
      return "worse";
    case Difference::differs:
      return "differs";
  }
  return "none";
}

const char* outcome_words(Difference outcome) {
  return outcome == Difference::none ? "no difference can be told"
                                     : outcome_name(outcome);
}

FigureVerdict verdict_of(Difference outcome) {
  switch (outcome) {
    case Difference::better:
      return FigureVerdict::good;
    case Difference::worse:
      return FigureVerdict::bad;
    case Difference::differs:
    case Difference::none:
      return FigureVerdict::none;
  }
  return FigureVerdict::none;
}

std::string p_text(double p) {
  if (p < 0.001) return "<0.001";
  char text[16];
  std::snprintf(text, sizeof text, "%.3f", p);
  return text;
}

std::string signed_text(double value, Unit unit) {
  std::string text = figure_text(value, unit);
  bool is_zero = text.find_first_of("123456789") == text.npos;
  return (value > 0 && !is_zero ? "+" : "") + text;
}

// Differences of counts are fractions.
Unit fine(Unit unit) { return unit == Unit::count ? Unit::number : unit; }

std::string interval_text(const ComparedNumber& one) {
  Unit unit = fine(one.number->unit);
  return signed_text(one.low, unit) + " to " + signed_text(one.high, unit);
}

std::string head_text(const Comparison& comparison) {
  std::string text = comparison.name_a + " (" +
                     counted(comparison.conversations_a, "conversation") +
                     ") and " + comparison.name_b + " (" +
                     std::to_string(comparison.conversations_b) + "), ";
  if (comparison.pairs == 0) {
    return text + "none of them of the same slot: compared as two heaps";
  }
  return text + counted(comparison.pairs, "pair") + " of the same slot";
}

SideNames names_of(const Comparison& comparison) {
  return {comparison.name_a, comparison.name_b};
}

// A row of the table, its label first.
using Cells = std::array<std::string, 6>;

struct Columns {
  std::array<size_t, 6> widths = {};
  size_t gap = 1;

  size_t total() const {
    return std::accumulate(widths.begin(), widths.end(),
                           kMargin + gap * (widths.size() - 1));
  }
};

Cells cells_of(const ComparedNumber& one) {
  Unit unit = one.number->unit;
  return {one.number->name,
          figure_text(one.mean_a, unit),
          figure_text(one.mean_b, unit),
          signed_text(one.difference, fine(unit)),
          interval_text(one),
          p_text(one.corrected_p)};
}

Cells head_cells(const std::string& a, const std::string& b) {
  return {"mean of a conversation", a, b, "diff.", "95 % interval", "p"};
}

void widen(Columns& columns, const Cells& row) {
  for (size_t i = 0; i < row.size(); ++i) {
    columns.widths[i] = std::max(columns.widths[i], width_of(row[i]));
  }
}

// As wide as what stands in them. Where the names of both do not fit above
// their columns, letters do.
Columns columns_for(const Comparison& comparison, size_t width, Cells& head) {
  Columns values;
  for (const ComparedNumber& one : comparison.numbers) {
    widen(values, cells_of(one));
  }
  Columns columns = values;
  head = head_cells(comparison.name_a, comparison.name_b);
  widen(columns, head);
  if (columns.total() > width) {
    columns = values;
    head = head_cells("A", "B");
    widen(columns, head);
  }
  while (columns.gap < kWidestGap &&
         columns.total() + columns.widths.size() - 1 <= width) {
    ++columns.gap;
  }
  size_t& label = columns.widths[0];
  size_t most = width - std::min(width, columns.total() - label);
  label = std::min(label, std::max(kLeastLabel, most));
  return columns;
}

std::string row_line(const std::string& margin, const Cells& row,
                     const Columns& columns) {
  std::string line = margin + fitted(row[0], columns.widths[0]);
  for (size_t i = 1; i < row.size(); ++i) {
    line += std::string(columns.gap, ' ');
    line += fitted_right(row[i], columns.widths[i]);
  }
  return line;
}

std::string margin_of(Difference outcome) {
  if (outcome == Difference::worse) return "  ! ";
  return outcome == Difference::better ? "  ✓ " : "    ";
}

std::string pairs_text(const Comparison& comparison) {
  if (comparison.pairs == 0) {
    return "None of them is of the same slot: compared as two heaps.";
  }
  return counted(comparison.pairs, "pair") + " of the same slot.";
}

std::vector<std::string> head_lines(const Comparison& comparison) {
  return {"A  " + comparison.name_a + ", " +
              counted(comparison.conversations_a, "conversation"),
          "B  " + comparison.name_b + ", " +
              counted(comparison.conversations_b, "conversation"),
          pairs_text(comparison) + ' ' + outcome_text(comparison)};
}

std::string words_of(const std::optional<ComparedCost>& cost,
                     const std::string& name) {
  if (!cost) return "nobody knows what in " + name;
  return figure_text(cost->each, Unit::money) + " " + cost->currency + ", in " +
         name;
}

Json cost_json(const std::optional<ComparedCost>& cost) {
  if (!cost) return Json();
  return {{"conversation", cost->each}, {"currency", cost->currency}};
}

Json interval_json(const ComparedNumber& one) {
  return Json::array({one.low, one.high});
}

std::string html_row(const ComparedNumber& one) {
  Unit unit = one.number->unit;
  double most = std::max({std::abs(one.low), std::abs(one.high), 1e-12});
  std::string interval = interval_text(one);
  std::string name = one.outcome == Difference::worse ? "bad" : "";
  return "<tr class=\"" + name + "\"><td>" + html_line(one.number->name) +
         "</td><td>" + figure_text(one.mean_a, unit) + "</td><td>" +
         figure_text(one.mean_b, unit) + "</td><td>" +
         signed_text(one.difference, fine(unit)) + "</td><td>" +
         svg_interval(one.difference / most, one.low / most, one.high / most,
                      std::string(one.number->name) + ": " + interval) +
         "</td><td>" + interval + "</td><td>" + p_text(one.corrected_p) +
         "</td><td class=\"words\">" +
         (verdict_of(one.outcome) == FigureVerdict::none
              ? outcome_words(one.outcome)
              : "<span class=\"badge " +
                    std::string(one.outcome == Difference::worse
                                    ? "bad"
                                    : "good-verdict") +
                    "\">" + outcome_words(one.outcome) + "</span>") +
         "</td></tr>\n";
}

std::string html_numbers(const Comparison& comparison) {
  std::string html =
      "<section><h2>Means of a conversation</h2><p class=\"about\">With 95 % "
      "intervals of the difference, and p corrected for how many there are. "
      "Each line is drawn to its own scale, 0 in its middle.</p>"
      "<div class=\"scroll\"><table><thead><tr><th>figure</th><th>" +
      html_line(comparison.name_a) + "</th><th>" +
      html_line(comparison.name_b) +
      "</th><th>difference</th><th></th><th>interval</th><th>p</th><th "
      "class=\"words\">" +
      html_line(comparison.name_b) + " is</th></tr></thead><tbody>\n";
  for (const ComparedNumber& one : comparison.numbers) html += html_row(one);
  return html + "</tbody></table></div></section>\n";
}

}  // namespace

std::string cost_text(const Comparison& comparison) {
  if (!comparison.cost_a && !comparison.cost_b) return "";
  return "A kept conversation cost " +
         words_of(comparison.cost_a, comparison.name_a) + "; " +
         words_of(comparison.cost_b, comparison.name_b) + ".";
}

Shown comparison_text(const Comparison& comparison, bool colour, size_t width) {
  Shown text;
  auto line = [&](Style style, const std::string& words) {
    text += Shown(colour ? style : Style::plain, words + "\n");
  };
  for (const std::string& words : head_lines(comparison)) {
    for (const std::string& one : wrapped(words, width)) line(Style::bold, one);
  }
  line(Style::plain, "");
  Cells head;
  Columns columns = columns_for(comparison, width, head);
  line(Style::dim, row_line("    ", head, columns));
  for (const ComparedNumber& one : comparison.numbers) {
    line(Style::plain,
         row_line(margin_of(one.outcome), cells_of(one), columns));
  }
  line(Style::dim, "    - p is Holm's, over all figures; below 0.05 B differs");
  for (const std::string& one : wrapped(cost_text(comparison), width - 4)) {
    line(Style::plain, "    " + one);
  }
  for (const SidePair& pair : comparison.shown) {
    line(Style::plain, "");
    text += side_by_side(pair, names_of(comparison), colour, width);
  }
  return text;
}

Json comparison_json(const Comparison& comparison) {
  Json numbers = Json::array();
  for (const ComparedNumber& one : comparison.numbers) {
    numbers.push_back({{"key", one.number->key},
                       {"name", one.number->name},
                       {"pairs", one.pairs},
                       {"a", one.mean_a},
                       {"b", one.mean_b},
                       {"difference", one.difference},
                       {"interval", interval_json(one)},
                       {"p", one.p},
                       {"corrected_p", one.corrected_p},
                       {"b_is", outcome_name(one.outcome)}});
  }
  Json shown = Json::array();
  for (const SidePair& pair : comparison.shown) {
    shown.push_back({{"a", pair.a.id}, {"b", pair.b.id}});
  }
  return {{"type", "comparison"},
          {"a", comparison.name_a},
          {"b", comparison.name_b},
          {"conversations_a", comparison.conversations_a},
          {"conversations_b", comparison.conversations_b},
          {"pairs", comparison.pairs},
          {"outcome", outcome_text(comparison)},
          {"numbers", numbers},
          {"cost_a", cost_json(comparison.cost_a)},
          {"cost_b", cost_json(comparison.cost_b)},
          {"shown", shown}};
}

std::string comparison_html(const Comparison& comparison) {
  std::string body = "<h1>" + html_line(head_text(comparison)) + "</h1>\n" +
                     html_verdict(outcome_text(comparison)) +
                     html_numbers(comparison);
  std::string cost = cost_text(comparison);
  if (!cost.empty()) body += "<p>" + html_line(cost) + "</p>\n";
  for (const SidePair& pair : comparison.shown) {
    body += "<section><h2>" + html_line(pair.a.id) + "</h2>" +
            side_by_side_html(pair, names_of(comparison)) + "</section>\n";
  }
  return html_page(comparison.name_a + " and " + comparison.name_b, body);
}

}  // namespace simulate
