// What this process has told the disk to keep. Every fsync and fdatasync of the
// code under test comes through here on its way, so that a test of one unit
// sees it without a program and a disk of its own.
#pragma once

#include <filesystem>

namespace simulate {

class ObservedSyncs {
 public:
  // Of the file of this name, from now on.
  explicit ObservedSyncs(std::filesystem::path path);

  int times() const;
  // Waits for the first one, however slow the machine; false when none came.
  bool come() const;

 private:
  std::filesystem::path path_;
  int before_;
};

}  // namespace simulate
