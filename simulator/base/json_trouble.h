// Why a text that somebody wrote by hand is no JSON.
// Tested by tests/base/base_test.cpp and tools/tool_file_test.cpp.
#pragma once

#include <string>
#include <string_view>

namespace simulate {

// "line 4: ...", or that a number is too large; without a word of the text,
// which may hold keys. Nothing when the text is JSON.
std::string json_trouble(std::string_view text);

}  // namespace simulate
