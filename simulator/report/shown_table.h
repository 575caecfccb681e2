// Tables and bars as lines of a terminal, for reports and comparisons. Pure.
// Tested by tests/report/report_text_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/report/figure.h"

namespace simulate {

constexpr size_t kTerminalWidth = 80;

// With a line of names; columns that do not fit are in further tables below.
std::vector<std::string> table_lines(const Table& table, size_t width);

// "  label   12 %  ████", and what is wished where it is known.
std::vector<std::string> bar_lines(const std::vector<Bar>& bars, Unit unit,
                                   size_t width);

}  // namespace simulate
