// A text cut into its sentences. Pure.
// Tested by tests/base/sentences_test.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace simulate {

// Each with its marks at the end, without blanks around it; a line break ends
// one, too. "Dr." and "U.S." end none, nor does "9.30".
std::vector<std::string> sentences_of(std::string_view text);

}  // namespace simulate
