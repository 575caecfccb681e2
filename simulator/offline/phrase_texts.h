// The files of phrases/ as they were when the program was built: CMake writes
// their text into a source of the build tree, so the program needs no file.
// Tested by tests/offline/phrasebook_test.cpp.
#pragma once

#include <string>
#include <string_view>

namespace simulate::offline {

// The text of phrases/<name>.json; `name` must be one of CMakeLists.txt's.
std::string_view phrase_text(const std::string& name);

}  // namespace simulate::offline
