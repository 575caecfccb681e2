// A file that has to stay what it is while a process works with it: folders are
// tidied while a run goes on overnight, and an open file does not notice.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace simulate {

class WatchedFile {
 public:
  // As it is now. One that is not there is never missed.
  explicit WatchedFile(std::filesystem::path path);

  // What has become of it since: "was deleted", "was replaced by another file",
  // or nothing.
  std::string trouble() const;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  dev_t device_ = 0;
  ino_t number_ = 0;  // 0: it was not there
};

}  // namespace simulate
