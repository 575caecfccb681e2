// A page of HTML that stands alone: what reports and comparisons are shown in.
// Model text is data: whatever stands in it is shown, and never obeyed. Pure.
// Tested by tests/report/page_test.cpp.
#pragma once

#include <string>
#include <string_view>

#include "simulator/report/figure.h"

namespace simulate {

// For element content and quoted attributes; without what hides or turns text
// around.
std::string html_text(std::string_view text);

// The same on one line.
std::string html_line(std::string_view text);

// A whole document, with its styles.
std::string html_page(const std::string& title, const std::string& body);

// What is said on top, large; a long text a little smaller.
std::string html_verdict(const std::string& text);

// "Needs a look", in its colour; of no verdict nothing.
std::string html_badge(FigureVerdict verdict);

// A figure: name, value, what is good, plot, table, examples.
std::string html_figure(const Figure& figure);

std::string html_table(const Table& table);

}  // namespace simulate
