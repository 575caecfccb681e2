#include "simulator/base/spool.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>

#include "simulator/base/error.h"

namespace simulate {

namespace {

constexpr size_t kBuffered = 1 << 20;

}  // namespace

// O_TMPFILE would do it in one call, but not on every file system.
Spool::Spool(const std::filesystem::path& folder)
    : folder_(folder.empty() ? "." : folder) {
  std::string name = (folder_ / ".simulate-XXXXXX").string();
  file_ = Descriptor(::mkostemp(name.data(), O_CLOEXEC));
  if (!file_) fail();
  ::unlink(name.c_str());
}

void Spool::append(std::string_view bytes) {
  buffer_ += bytes;
  bytes_ += bytes.size();
  if (buffer_.size() >= kBuffered) flush();
}

std::filesystem::path Spool::path() {
  flush();
  return "/proc/self/fd/" + std::to_string(file_.number());
}

void Spool::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    ssize_t written = ::write(file_.number(), rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail();
    rest.remove_prefix(static_cast<size_t>(written));
  }
  buffer_.clear();
}

void Spool::fail() const {
  throw Fatal("cannot write into " + folder_.string() + ": " +
              disk_trouble(errno));
}

}  // namespace simulate
