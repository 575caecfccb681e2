// How wide the terminal is that somebody looks at.
// Tested by tests/base/terminal_test.cpp.
#pragma once

#include <cstddef>
#include <cstdio>

namespace simulate {

// Columns; 80 where it is no terminal, or one that does not say.
size_t columns_of(std::FILE* out);

}  // namespace simulate
