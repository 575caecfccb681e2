// A comparison as text, JSON and page.
// Tested by tests/report/comparison_test.cpp.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "simulator/base/text.h"
#include "simulator/report/comparison.h"
#include "simulator/report/layout.h"
#include "simulator/report/page.h"
#include "simulator/report/plots.h"
#include "simulator/report/shown_table.h"

namespace simulate {

namespace {

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

std::string number_line(const ComparedNumber& one) {
  Unit unit = one.number->unit;
  std::string line = one.outcome == Difference::worse    ? "  ! "
                     : one.outcome == Difference::better ? "  ✓ "
                                                         : "    ";
  line += fitted(one.number->name, 22);
  line += fitted_right(figure_text(one.mean_a, unit), 8);
  line += fitted_right(figure_text(one.mean_b, unit), 8);
  line += fitted_right(signed_text(one.difference, fine(unit)), 9);
  line += fitted_right(interval_text(one), 20);
  return line + fitted_right(p_text(one.corrected_p), 8);
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

Shown comparison_text(const Comparison& comparison, bool colour) {
  Shown text;
  auto line = [&](Style style, const std::string& words) {
    text += Shown(colour ? style : Style::plain, words + "\n");
  };
  for (const std::string& one : wrapped(head_text(comparison), 80)) {
    line(Style::bold, one);
  }
  for (const std::string& one : wrapped(outcome_text(comparison), 80)) {
    line(Style::bold, one);
  }
  line(Style::plain, "");
  line(Style::dim,
       "    " + fitted("mean of a conversation", 22) + ' ' +
           fitted_right(comparison.name_a, 7) + ' ' +
           fitted_right(comparison.name_b, 7) + fitted_right("diff.", 9) +
           fitted_right("95 % interval", 20) + fitted_right("p", 8));
  for (const ComparedNumber& one : comparison.numbers) {
    line(Style::plain, number_line(one));
  }
  line(Style::dim, "    - p is Holm's, over all figures; below 0.05 B differs");
  for (const std::string& one : wrapped(cost_text(comparison), 76)) {
    line(Style::plain, "    " + one);
  }
  for (const SidePair& pair : comparison.shown) {
    line(Style::plain, "");
    text += side_by_side(pair, names_of(comparison), colour);
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
