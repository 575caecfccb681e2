#include "simulator/base/watched_file.h"

#include <sys/stat.h>

#include <utility>

namespace simulate {

WatchedFile::WatchedFile(std::filesystem::path path) : path_(std::move(path)) {
  struct stat found = {};
  if (::stat(path_.c_str(), &found) != 0) return;
  device_ = found.st_dev;
  number_ = found.st_ino;
}

std::string WatchedFile::trouble() const {
  if (number_ == 0) return "";
  struct stat found = {};
  if (::stat(path_.c_str(), &found) != 0) return "was deleted";
  bool same = found.st_dev == device_ && found.st_ino == number_;
  return same ? "" : "was replaced by another file";
}

}  // namespace simulate
