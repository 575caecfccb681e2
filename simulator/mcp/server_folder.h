// Where the MCP servers of one process have their folders: under the system's
// folder for temporary files, for us alone, gone when we are. What a process
// that was killed left behind is removed by the next one that comes.
#pragma once

#include <filesystem>

#include "simulator/base/file.h"

namespace simulate {

class ServerFolder {
 public:
  // Throws Fatal when it cannot be made.
  explicit ServerFolder(const std::filesystem::path& parent =
                            std::filesystem::temp_directory_path());
  ServerFolder(const ServerFolder&) = delete;
  ~ServerFolder();

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  Descriptor lock_;  // held while we live
};

}  // namespace simulate
