#include "simulator/base/file.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>

#include "simulator/base/error.h"

namespace simulate {

namespace {

std::string reason() {
  if (errno == EACCES || errno == EPERM) {
    return "reading is not permitted; look at its owner and mode";
  }
  return disk_trouble(errno);
}

void sync_folder_of(const std::filesystem::path& path) {
  std::filesystem::path folder = path.parent_path();
  if (folder.empty()) folder = ".";
  Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_CLOEXEC));
  if (descriptor) ::fsync(descriptor.number());
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    if (number_ >= 0) ::close(number_);
    number_ = other.release();
  }
  return *this;
}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

int Descriptor::release() { return std::exchange(number_, -1); }

std::string bytes_text(size_t bytes) {
  constexpr size_t kKibi = 1 << 10;
  if (bytes < kKibi || bytes % kKibi != 0) {
    return std::to_string(bytes) + " bytes";
  }
  bool mebi = bytes % (kKibi * kKibi) == 0;
  return mebi ? std::to_string(bytes / kKibi / kKibi) + " MiB"
              : std::to_string(bytes / kKibi) + " KiB";
}

// Not waiting for somebody who writes into a pipe, until it is known for one.
Descriptor opened_file(const std::filesystem::path& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat found = {};
  if (!file || ::fstat(file.number(), &found) != 0) {
    throw BadUsage("cannot read " + path.string() + ": " + reason());
  }
  if (S_ISREG(found.st_mode) || S_ISDIR(found.st_mode)) return file;
  if (!path.string().starts_with("/dev/")) {
    throw BadUsage("cannot read " + path.string() +
                   ": it is no file but a pipe or a device");
  }
  return Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
}

void refuse_unless_file(const std::filesystem::path& path) {
  namespace fs = std::filesystem;
  std::error_code none;
  fs::file_status found = fs::status(path, none);
  bool nowhere = !fs::exists(found) && fs::is_symlink(path, none);
  if (fs::is_regular_file(found) || (!fs::exists(found) && !nowhere)) return;
  throw BadUsage(path.string() +
                 (nowhere ? " is a link that leads nowhere"
                          : " is no file but something else") +
                 "; look at it, and move it away or name another file");
}

std::string read_file(const std::filesystem::path& path, size_t most_bytes) {
  Descriptor file = opened_file(path);
  std::string content;
  char part[64 * 1024];
  while (true) {
    ssize_t got = ::read(file.number(), part, sizeof part);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      throw BadUsage("cannot read " + path.string() + ": " + reason());
    }
    if (got == 0) return content;
    content.append(part, static_cast<size_t>(got));
    if (content.size() <= most_bytes) continue;
    throw BadUsage(path.string() + " has more than " + bytes_text(most_bytes) +
                   ", which is more than such a file may have");
  }
}

void write_file(const std::filesystem::path& path, std::string_view content,
                unsigned mode) {
  WholeFile file(path, mode);
  file.append(content);
  file.finish();
}

std::string disk_trouble(int error) {
  switch (error) {
    case ENOSPC:
      return "the disk is full; make room";
    case EDQUOT:
      return "your disk quota is used up; make room";
    case EFBIG:
      return "the file would grow beyond the size that is allowed (ulimit -f); "
             "raise it";
    case EROFS:
      return "the disk is read-only; mount it for writing";
    case EIO:
      return "the disk reports an input/output error; look at the system's "
             "log, and move the folder to a good disk if it goes on";
    case EACCES:
    case EPERM:
      return "writing is not permitted; look at the owner and mode of the file "
             "and its folder";
    case EMFILE:
    case ENFILE:
      return "too many files are open (ulimit -n); raise the limit";
    default:
      return std::strerror(error);
  }
}

void remove_file(const std::filesystem::path& path) {
  std::error_code none;
  if (std::filesystem::remove(path, none)) sync_folder_of(path);
}

bool is_plain_file(const std::filesystem::path& path) {
  struct stat found = {};
  if (::lstat(path.c_str(), &found) != 0) return errno == ENOENT;
  return S_ISREG(found.st_mode) && found.st_nlink == 1;
}

int64_t free_bytes(const std::filesystem::path& path) {
  struct statvfs volume = {};
  if (::statvfs(path.c_str(), &volume) != 0) {
    return std::numeric_limits<int64_t>::max();
  }
  return static_cast<int64_t>(volume.f_bavail) *
         static_cast<int64_t>(volume.f_frsize);
}

// Numbers from linux/magic.h and the kernel's sources of those that it lacks.
std::string network_file_system(const std::filesystem::path& path) {
  constexpr int64_t kCifs = 0xFF534D42;
  constexpr int64_t kSmb2 = 0xFE534D42;
  constexpr int64_t kCeph = 0x00C36400;
  constexpr int64_t kLustre = 0x0BD00BD0;
  struct statfs found = {};
  if (::statfs(path.c_str(), &found) != 0) return "";
  switch (static_cast<int64_t>(found.f_type) & 0xFFFFFFFF) {
    case NFS_SUPER_MAGIC:
      return "NFS";
    case SMB_SUPER_MAGIC:
    case kCifs:
    case kSmb2:
      return "SMB";
    case V9FS_MAGIC:
      return "9P";
    case AFS_SUPER_MAGIC:
      return "AFS";
    case kCeph:
      return "Ceph";
    case kLustre:
      return "Lustre";
    default:
      return "";
  }
}

// What is there under its name is of a process that died, or somebody's trap:
// it goes, and if it is a link, what it points to stays.
WholeFile::WholeFile(std::filesystem::path path, unsigned mode)
    : path_(std::move(path)), beside_(path_) {
  beside_ += ".new";
  ::unlink(beside_.c_str());
  descriptor_ = ::open(beside_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                       static_cast<mode_t>(mode));
  if (descriptor_ < 0) fail("write");
}

WholeFile::~WholeFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(beside_.c_str());
}

void WholeFile::append(std::string_view bytes) {
  constexpr size_t kBuffered = 1 << 20;
  buffer_ += bytes;
  if (buffer_.size() >= kBuffered) flush();
}

void WholeFile::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write");
    rest.remove_prefix(static_cast<size_t>(written));
  }
  buffer_.clear();
}

void WholeFile::finish() {
  flush();
  if (::fsync(descriptor_) != 0) fail("sync");
  if (::rename(beside_.c_str(), path_.c_str()) != 0) fail("rename");
  ::close(std::exchange(descriptor_, -1));
  sync_folder_of(path_);
}

void WholeFile::fail(const std::string& what) const {
  throw Fatal("cannot " + what + " " + beside_.string() + ": " +
              disk_trouble(errno));
}

}  // namespace simulate
