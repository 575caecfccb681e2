// Plots as SVG inside a page, coloured by its styles, each with a title and a
// description for who cannot see it. Pure.
// Tested by tests/report/page_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/report/figure.h"

namespace simulate {

// A row for each: label, bar, value; a tick where it ought to end.
std::string html_bars(const std::vector<Bar>& bars, Unit unit);

// Bars side by side, which are shares of all.
std::string svg_histogram(const std::string& name,
                          const std::vector<Bar>& bars);

// A dot with its interval on a line with 0 in the middle, of -1 to 1.
std::string svg_interval(double at, double low, double high,
                         const std::string& description);

}  // namespace simulate
