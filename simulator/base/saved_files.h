// What is saved under some folders, again and again: for what is to be done
// anew whenever somebody edits a file. Looks, and waits for nothing.
// Tested by tests/base/saved_files_test.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace simulate {

class SavedFiles {
 public:
  // Files, and folders with all that is in them; one that is not there may
  // come. Nothing has changed yet.
  explicit SavedFiles(std::vector<std::filesystem::path> roots);

  // Those that were made, written or deleted since it was asked last. What
  // editors leave beside a file (hidden ones, and those that end in ~) is none.
  std::vector<std::filesystem::path> changed();

 private:
  using Stamp = std::pair<int64_t, uintmax_t>;  // when written, bytes
  using Stamps = std::map<std::filesystem::path, Stamp>;
  Stamps stamps() const;

  std::vector<std::filesystem::path> roots_;
  Stamps seen_;
};

}  // namespace simulate
