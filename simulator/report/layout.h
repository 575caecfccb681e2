// Text in columns of a terminal: how wide a text is, and texts that are made to
// fit. Pure.
// Tested by tests/report/layout_test.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace simulate {

// Characters, of which East Asian ones and emoji take two columns, and marks
// that hang on others none.
size_t width_of(std::string_view text);

// Exactly `width` columns of it: filled with blanks, or cut with "…".
std::string fitted(std::string_view text, size_t width);
std::string fitted_right(std::string_view text, size_t width);

// Lines of at most `width` columns, broken at blanks where there are any.
std::vector<std::string> wrapped(std::string_view text, size_t width);

// A bar of blocks, an eighth of a column fine; `part` is 0 to 1.
std::string bar_of(double part, size_t width);

// A column for each, as high as it is large: "▁▃█▅▂".
std::string columns_of_heights(const std::vector<double>& values);

}  // namespace simulate
