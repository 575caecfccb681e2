// The files of words/ as they were when the program was built: CMake writes
// their texts into a source of the build tree, so the program needs no file.
// Tested by tests/guards/words_test.cpp.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace simulate::guards {

// The text of words/<language>.json, by language.
const std::map<std::string, std::string_view>& word_texts();

}  // namespace simulate::guards
