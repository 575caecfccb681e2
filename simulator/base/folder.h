// Folders that somebody named for what is to be written there: for whoever
// writes files. A message says what is in the way.
// Tested by tests/base/folder_test.cpp.
#pragma once

#include <filesystem>

namespace simulate {

// With the folders above it; nothing where it is there already, or is empty.
// Throws BadUsage.
void make_folder(const std::filesystem::path& folder);

}  // namespace simulate
