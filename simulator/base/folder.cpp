#include "simulator/base/folder.h"

#include "simulator/base/error.h"
#include "simulator/base/file.h"

namespace simulate {

void make_folder(const std::filesystem::path& folder) {
  std::error_code failed;
  if (!folder.empty()) std::filesystem::create_directories(folder, failed);
  if (!failed) return;
  throw BadUsage("cannot make the folder " + folder.string() + ": " +
                 disk_trouble(failed.value()) +
                 "; or choose a place that you may write to");
}

}  // namespace simulate
