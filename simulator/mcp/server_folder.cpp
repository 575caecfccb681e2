#include "simulator/mcp/server_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "simulator/base/error.h"
#include "simulator/base/screen.h"
#include "simulator/mcp/folder_state.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

constexpr const char* kPrefix = "simulate-servers-";

// The lock of a folder is the folder itself. Nothing when another has it, or
// it is not ours.
Descriptor locked(const fs::path& folder) {
  Descriptor lock(
      ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  struct stat found = {};
  bool ours = lock && ::fstat(lock.number(), &found) == 0 &&
              found.st_uid == ::geteuid() &&
              ::flock(lock.number(), LOCK_EX | LOCK_NB) == 0;
  return ours ? std::move(lock) : Descriptor();
}

void remove_abandoned(const fs::path& parent) {
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(parent, none)) {
    fs::path folder = entry.path();
    if (!folder.filename().string().starts_with(kPrefix)) continue;
    Descriptor lock = locked(folder);
    if (lock) remove_folder(folder);
  }
}

}  // namespace

ServerFolder::ServerFolder(const fs::path& parent) {
  remove_abandoned(parent);
  // Until it is locked, another process may take it for abandoned.
  while (!lock_ || !fs::exists(path_)) {
    std::string name = (parent / kPrefix).string() + "XXXXXX";
    if (!::mkdtemp(name.data())) {
      throw Fatal("cannot make a folder for MCP servers in " + parent.string() +
                  ": " + disk_trouble(errno) +
                  "; or set TMPDIR to a folder that you may write to");
    }
    path_ = name;
    lock_ = locked(path_);
  }
}

ServerFolder::~ServerFolder() {
  std::error_code failed = remove_folder(path_);
  if (!failed) return;
  say(stderr, "What MCP servers left in " + path_.string() +
                  " could not be removed: " + failed.message() +
                  "; remove it yourself");
}

}  // namespace simulate
