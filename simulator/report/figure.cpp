#include "simulator/report/figure.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "simulator/base/text.h"

namespace simulate {

namespace {

// "1204" as "1,204".
std::string grouped(int64_t number) {
  std::string digits = std::to_string(std::abs(number));
  std::string text = number < 0 ? "-" : "";
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

std::string with_decimals(double value, int decimals) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  bool is_zero = std::string_view(text).find_first_of("123456789") ==
                 std::string_view::npos;
  return is_zero && text[0] == '-' ? text + 1 : text;
}

// Three digits that count, and cents at least.
std::string small_sum(double value) {
  int decimals = 2;
  for (double rest = std::abs(value); rest < 1 && decimals < 9; rest *= 10) {
    ++decimals;
  }
  std::string text = with_decimals(value, decimals);
  size_t cents = text.find('.') + 3;
  while (text.size() > cents && text.back() == '0') text.pop_back();
  return text;
}

std::vector<std::string> findings_of(const Section& section) {
  std::vector<std::string> findings;
  for (FigureVerdict verdict : {FigureVerdict::bad, FigureVerdict::look}) {
    for (const Figure& figure : section.figures) {
      if (figure.verdict != verdict) continue;
      findings.push_back(figure.finding.empty() ? figure.name : figure.finding);
    }
  }
  return findings;
}

}  // namespace

const char* verdict_name(FigureVerdict verdict) {
  switch (verdict) {
    case FigureVerdict::none:
      return "none";
    case FigureVerdict::good:
      return "good";
    case FigureVerdict::look:
      return "look";
    case FigureVerdict::bad:
      return "bad";
  }
  return "none";
}

FigureVerdict graver(FigureVerdict one, FigureVerdict other) {
  return std::max(one, other);
}

std::string figure_text(double value, Unit unit) {
  switch (unit) {
    case Unit::count:
      return grouped(std::llround(value));
    case Unit::share: {
      double percent = 100 * value;
      if (percent > 0 && percent < 0.05) return "<0.1 %";
      bool fine = std::abs(percent) < 9.95 && percent != 0;
      return with_decimals(percent, fine ? 1 : 0) + " %";
    }
    case Unit::number:
      return std::abs(value) >= 1000  ? grouped(std::llround(value))
             : std::abs(value) >= 100 ? with_decimals(value, 1)
                                      : with_decimals(value, 2);
    case Unit::money:
      if (value == 0) return "0";
      return std::abs(value) >= 1000 ? grouped(std::llround(value))
                                     : small_sum(value);
  }
  return "";
}

FigureVerdict Section::verdict() const {
  FigureVerdict gravest = FigureVerdict::none;
  for (const Figure& figure : figures) {
    gravest = graver(gravest, figure.verdict);
  }
  return gravest;
}

const Figure* DatasetReport::find(const std::string& section,
                                  const std::string& figure) const {
  for (const Section& one : sections) {
    if (one.key != section) continue;
    for (const Figure& its : one.figures) {
      if (its.key == figure) return &its;
    }
  }
  return nullptr;
}

std::string verdict_text(const DatasetReport& report) {
  int64_t judged = 0;
  std::vector<std::string> names;
  for (const Section& section : report.sections) {
    if (section.verdict() != FigureVerdict::none) ++judged;
    if (section.verdict() >= FigureVerdict::look) {
      names.push_back(lowered(section.title));
    }
  }
  if (judged == 0) return "There was nothing to judge.";
  std::string all = std::to_string(judged);
  if (names.empty()) return "All " + all + " parts are as they should be.";
  return std::to_string(names.size()) + " of " + counted(judged, "part") +
         (names.size() == 1 ? " needs a look: " : " need a look: ") +
         joined(names, ", ") + ".";
}

std::vector<Remark> remarks_of(const DatasetReport& report) {
  std::vector<Remark> remarks;
  for (const Section& section : report.sections) {
    if (section.verdict() < FigureVerdict::look) continue;
    remarks.push_back(
        {section.verdict(), section.key, section.title, findings_of(section)});
  }
  std::stable_sort(remarks.begin(), remarks.end(),
                   [](const Remark& one, const Remark& other) {
                     return one.verdict > other.verdict;
                   });
  return remarks;
}

FigureVerdict small_is_good(double value, double look, double bad) {
  if (value > bad) return FigureVerdict::bad;
  return value > look ? FigureVerdict::look : FigureVerdict::good;
}

FigureVerdict large_is_good(double value, double look, double bad) {
  return small_is_good(-value, -look, -bad);
}

}  // namespace simulate
