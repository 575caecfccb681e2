#include "simulator/report/shown_table.h"

#include <algorithm>

#include "simulator/base/text.h"
#include "simulator/report/layout.h"

namespace simulate {

namespace {

constexpr size_t kLeastLabel = 14;
constexpr size_t kMostLabel = 34;
constexpr size_t kMostName = 16;  // of a column

std::string cell(const std::optional<double>& value, Unit unit) {
  return value ? figure_text(*value, unit) : "-";
}

size_t column_width(const Table& table, size_t at) {
  size_t width = std::min(kMostName, width_of(table.columns[at].name));
  for (const Table::Row& row : table.rows) {
    if (at >= row.values.size()) continue;
    width =
        std::max(width, width_of(cell(row.values[at], table.columns[at].unit)));
  }
  return width + 2;
}

size_t label_width(const std::vector<std::string>& labels, size_t most) {
  size_t width = kLeastLabel;
  for (const std::string& label : labels) {
    width = std::max(width, width_of(one_line(label)));
  }
  return std::min(width, most);
}

// Columns [begin, end) of it.
void add_block(const Table& table, size_t begin, size_t end, size_t label,
               std::vector<std::string>& lines) {
  std::string head = "    " + fitted(table.of, label);
  for (size_t i = begin; i < end; ++i) {
    size_t width = column_width(table, i);
    head += "  " + fitted_right(table.columns[i].name, width - 2);
  }
  lines.push_back(head);
  for (const Table::Row& row : table.rows) {
    bool marked = row.verdict >= FigureVerdict::look;
    std::string line =
        (marked ? "  ! " : "    ") + fitted(one_line(row.label), label);
    for (size_t i = begin; i < end && i < row.values.size(); ++i) {
      line += fitted_right(cell(row.values[i], table.columns[i].unit),
                           column_width(table, i));
    }
    lines.push_back(line);
  }
}

}  // namespace

std::vector<std::string> table_lines(const Table& table, size_t width) {
  std::vector<std::string> labels;
  for (const Table::Row& row : table.rows) labels.push_back(row.label);
  size_t columns = 0;
  for (size_t i = 0; i < table.columns.size(); ++i) {
    columns += column_width(table, i);
  }
  size_t room = width - 4;
  size_t most = columns + kMostLabel <= room ? room - columns : kMostLabel;
  size_t label = label_width(labels, std::max(kLeastLabel, most));
  std::vector<std::string> lines;
  for (size_t begin = 0; begin < table.columns.size();) {
    size_t used = label + column_width(table, begin);
    size_t end = begin + 1;
    while (end < table.columns.size() &&
           used + column_width(table, end) <= room) {
      used += column_width(table, end++);
    }
    add_block(table, begin, end, label, lines);
    begin = end;
  }
  return lines;
}

std::vector<std::string> bar_lines(const std::vector<Bar>& bars, Unit unit,
                                   size_t width) {
  std::vector<std::string> labels;
  double most = 0;
  bool wished = false;
  for (const Bar& bar : bars) {
    labels.push_back(bar.label);
    most = std::max({most, bar.value, bar.wanted.value_or(0)});
    wished = wished || bar.wanted;
  }
  size_t label = label_width(labels, wished ? 30 : 40);
  size_t value = wished ? 20 : 8;
  size_t room = width - std::min(width, 4 + label + value + 2);
  std::vector<std::string> lines;
  for (const Bar& bar : bars) {
    std::string line = bar.verdict >= FigureVerdict::look ? "  ! " : "    ";
    line += fitted(one_line(bar.label), label);
    std::string text = figure_text(bar.value, unit);
    if (bar.wanted) text += " of " + figure_text(*bar.wanted, unit);
    line += fitted_right(text, value) + "  ";
    lines.push_back(line + bar_of(most > 0 ? bar.value / most : 0, room));
  }
  return lines;
}

}  // namespace simulate
