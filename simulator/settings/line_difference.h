// Where two texts differ, for a person to read.
// Tested by tests/settings/settings_test.cpp.
#pragma once

#include <string>

namespace simulate {

// The lines in which two texts differ, as "- old" and "+ new", at most `most`
// of each. Of a long line that part is shown in which the two differ.
std::string line_difference(const std::string& before, const std::string& now,
                            size_t most);

}  // namespace simulate
