// One process per run: an advisory lock on a file beside the ledger that the
// kernel frees when the process dies, however it dies.
// Tested by tests/store/ledger_test.cpp.
#pragma once

#include <filesystem>

#include "simulator/base/file.h"

namespace simulate {

class RunLock {
 public:
  // Throws Fatal with ExitCode::run_is_busy, naming the other process.
  explicit RunLock(const std::filesystem::path& ledger);

  // The file that is locked.
  static std::filesystem::path path_of(const std::filesystem::path& ledger);

  // Throws what the constructor would, and changes nothing.
  static void refuse_if_held(const std::filesystem::path& ledger);

  // Whether a process has it now.
  static bool is_held(const std::filesystem::path& ledger);

 private:
  Descriptor file_;
};

}  // namespace simulate
