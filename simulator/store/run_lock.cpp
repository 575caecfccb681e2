#include "simulator/store/run_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "simulator/base/error.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

// Never waits either, should it be a pipe.
constexpr int kNoLink = O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;

std::string owner_in(const Descriptor& file) {
  char text[32] = {};
  ssize_t got = ::pread(file.number(), text, sizeof text - 1, 0);
  std::string owner(trimmed(std::string_view(text, got > 0 ? got : 0)));
  return owner.empty() ? "another process" : "process " + owner;
}

[[noreturn]] void refuse(const std::filesystem::path& ledger,
                         const Descriptor& file) {
  throw Fatal(ledger.string() + " is in use by " + owner_in(file) +
                  "; wait for it, or choose another --output",
              ExitCode::run_is_busy);
}

// It is written to: what it leads to would be lost.
void refuse_unless_plain(const std::filesystem::path& lock) {
  if (is_plain_file(lock)) return;
  throw BadUsage(lock.string() +
                 " is no plain file of this folder but leads elsewhere; look "
                 "where from it came, remove it, and run the same command "
                 "again");
}

}  // namespace

std::filesystem::path RunLock::path_of(const std::filesystem::path& ledger) {
  return std::filesystem::path(ledger).replace_extension(".lock");
}

void RunLock::refuse_if_held(const std::filesystem::path& ledger) {
  Descriptor file(::open(path_of(ledger).c_str(), kNoLink | O_RDONLY));
  if (file && ::flock(file.number(), LOCK_SH | LOCK_NB) != 0) {
    refuse(ledger, file);
  }
}

bool RunLock::is_held(const std::filesystem::path& ledger) {
  Descriptor file(::open(path_of(ledger).c_str(), kNoLink | O_RDONLY));
  return file && ::flock(file.number(), LOCK_SH | LOCK_NB) != 0;
}

RunLock::RunLock(const std::filesystem::path& ledger) {
  std::filesystem::path path = path_of(ledger);
  refuse_unless_plain(path);
  file_ = Descriptor(::open(path.c_str(), kNoLink | O_RDWR | O_CREAT, 0600));
  if (!file_) {
    throw BadUsage("cannot write " + path.string() + ": " +
                   disk_trouble(errno) +
                   "; or choose an --output in a folder that exists and that "
                   "you may write to");
  }
  if (::flock(file_.number(), LOCK_EX | LOCK_NB) != 0) {
    refuse(ledger, file_);
  }
  std::string owner = std::to_string(::getpid()) + "\n";
  if (::ftruncate(file_.number(), 0) != 0 ||
      ::pwrite(file_.number(), owner.data(), owner.size(), 0) < 0) {
    throw Fatal("cannot write " + path.string() + ": " + disk_trouble(errno) +
                "; then run the same command again");
  }
}

}  // namespace simulate
