// A library to preload into the built program: it stands between the program
// and the disk, writes down what happens to the files of one folder, and makes
// calls fail. It knows nothing of the program but the calls of libc. What it
// does comes from the environment, read once:
//
//   DISK_FOLDER=path             the folder; absolute, without links
//   DISK_LOG=path                append every operation to this file, and
//                                every write to stdout (disk_log.h)
//   DISK_COUNT=path              keep DiskCounts in this file
//   DISK_FAIL=write:17:ENOSPC    the 17th write fails; also sync and open,
//                                EIO, EDQUOT, EROFS; 17+ for all from there
//                                on; :short at the end: the 17th writes half
//   DISK_KILL=500                SIGKILL right after the 500th operation
//   DISK_ROOMY=1                 statvfs finds plenty of room
//   ALLOC_FAIL=1000              the 1000th malloc gives nothing; 1000+
//   LIMIT_FSIZE, LIMIT_NOFILE    resource limits
//
// Truncating counts as writing. What SQLite has in its -shm file does not
// outlive a power cut and is not logged; writing it can fail all the same.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>

#include "tests/durability/disk_log.h"

namespace {

using simulate::DiskCounts;
using simulate::DiskLogHeader;
using simulate::DiskOp;

template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

struct Real {
  int (*open)(const char*, int, ...) = real<int(const char*, int, ...)>("open");
  int (*openat)(int, const char*, int,
                ...) = real<int(int, const char*, int, ...)>("openat");
  int (*close)(int) = real<int(int)>("close");
  ssize_t (*write)(int, const void*,
                   size_t) = real<ssize_t(int, const void*, size_t)>("write");
  ssize_t (*pwrite)(int, const void*, size_t, off_t) =
      real<ssize_t(int, const void*, size_t, off_t)>("pwrite");
  int (*fsync)(int) = real<int(int)>("fsync");
  int (*fdatasync)(int) = real<int(int)>("fdatasync");
  int (*ftruncate)(int, off_t) = real<int(int, off_t)>("ftruncate");
  int (*rename)(const char*,
                const char*) = real<int(const char*, const char*)>("rename");
  int (*unlink)(const char*) = real<int(const char*)>("unlink");
  int (*statvfs)(const char*, struct statvfs*) =
      real<int(const char*, struct statvfs*)>("statvfs");
  int (*fstatvfs)(int, struct statvfs*) =
      real<int(int, struct statvfs*)>("fstatvfs");
};

// "17" or "17+": which call fails.
struct Which {
  uint64_t first = 0;  // from 1; 0 for none
  bool later = false;

  static Which parse(const char* text) {
    if (!text) return {};
    return {std::strtoull(text, nullptr, 10),
            std::strchr(text, '+') != nullptr};
  }
  bool matches(uint64_t number) const {
    return first != 0 && (number == first || (later && number > first));
  }
};

struct Failure {
  std::string kind;
  Which which;
  int error = EIO;
  bool is_short = false;

  static Failure parse(const char* text) {
    Failure failure;
    if (!text) return failure;
    std::array<std::string, 4> words;
    std::string_view rest = text;
    for (std::string& word : words) {
      size_t end = std::min(rest.find(':'), rest.size());
      word = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    failure.kind = words[0];
    failure.which = Which::parse(words[1].c_str());
    if (words[2] == "ENOSPC") failure.error = ENOSPC;
    if (words[2] == "EDQUOT") failure.error = EDQUOT;
    if (words[2] == "EROFS") failure.error = EROFS;
    failure.is_short = words[3] == "short";
    return failure;
  }
};

// What this library allocates itself is no allocation of the program's.
__thread int depth_of_own_code = 0;
struct OwnCode {
  OwnCode() { ++depth_of_own_code; }
  ~OwnCode() { --depth_of_own_code; }
};

DiskCounts* counts = nullptr;  // null until the program has started
Which failing_allocation;

uint64_t count(uint64_t DiskCounts::*what) {
  return ++std::atomic_ref<uint64_t>(counts->*what);
}

void set_limit(const char* name, __rlimit_resource resource) {
  const char* value = std::getenv(name);
  if (!value) return;
  rlim_t most = std::strtoull(value, nullptr, 10);
  rlimit limit = {most, most};
  ::setrlimit(resource, &limit);
}

class Disk {
 public:
  Disk() {
    if (const char* folder = std::getenv("DISK_FOLDER")) folder_ = folder;
    failure_ = Failure::parse(std::getenv("DISK_FAIL"));
    kill_at_ = Which::parse(std::getenv("DISK_KILL")).first;
    roomy_ = std::getenv("DISK_ROOMY") != nullptr;
    if (const char* path = std::getenv("DISK_LOG")) {
      int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
      log_ = real_.open(path, flags, 0600);
    }
    map_counts(std::getenv("DISK_COUNT"));
    failing_allocation = Which::parse(std::getenv("ALLOC_FAIL"));
    set_limit("LIMIT_FSIZE", RLIMIT_FSIZE);
    set_limit("LIMIT_NOFILE", RLIMIT_NOFILE);
  }

  const Real& real() const { return real_; }
  bool roomy() const { return roomy_; }

  template <class Opening>
  int open(const char* path, int flags, Opening opening) {
    std::string name = name_of(path);
    if (name.empty()) return opening();
    std::lock_guard lock(mutex_);
    count(&DiskCounts::opens);
    if (fails("open", counts->opens)) return -1;
    bool existed = ::access(path, F_OK) == 0;
    int file = opening();
    if (file < 0 || file >= kMostFiles) return file;
    names_[file] = name;
    ours_[file] = true;
    if (!existed) log(DiskOp::create, name, 0, {});
    if (existed && (flags & O_TRUNC)) log(DiskOp::truncate, name, 0, {});
    return file;
  }

  // `writing` is told how much to write.
  template <class Writing>
  ssize_t write(int file, const void* data, size_t length, int64_t offset,
                Writing writing) {
    if (file == STDOUT_FILENO) return announce(data, length);
    if (!is_ours(file)) return writing(length);
    std::lock_guard lock(mutex_);
    count(&DiskCounts::writes);
    bool half = failure_.is_short && length > 1 &&
                failure_.which.first == counts->writes;
    if (half) {
      ++counts->failed;
      length /= 2;
    } else if (fails("write", counts->writes)) {
      return -1;
    }
    ssize_t written = writing(length);
    if (written <= 0) return written;
    // Where write() wrote is known once it has.
    if (offset < 0) offset = ::lseek(file, 0, SEEK_CUR) - written;
    auto text = std::string_view(static_cast<const char*>(data),
                                 static_cast<size_t>(written));
    log(DiskOp::write, names_[file], static_cast<uint64_t>(offset), text);
    return written;
  }

  int truncate(int file, off_t size) {
    if (!is_ours(file)) return real_.ftruncate(file, size);
    std::lock_guard lock(mutex_);
    count(&DiskCounts::writes);
    if (fails("write", counts->writes)) return -1;
    int result = real_.ftruncate(file, size);
    if (result == 0) {
      log(DiskOp::truncate, names_[file], static_cast<uint64_t>(size), {});
    }
    return result;
  }

  int sync(int file, int (*syncing)(int)) {
    if (!is_ours(file)) return syncing(file);
    std::lock_guard lock(mutex_);
    count(&DiskCounts::syncs);
    if (fails("sync", counts->syncs)) return -1;
    int result = syncing(file);
    bool folder = names_[file] == ".";
    if (result == 0) {
      log(folder ? DiskOp::sync_folder : DiskOp::sync, names_[file], 0, {});
    }
    return result;
  }

  int close(int file) {
    if (is_ours(file)) {
      std::lock_guard lock(mutex_);
      ours_[file] = false;
    }
    return real_.close(file);
  }

  int rename(const char* from, const char* to) {
    std::string name = name_of(from);
    std::lock_guard lock(mutex_);
    int result = real_.rename(from, to);
    if (result == 0 && !name.empty()) {
      log(DiskOp::rename, name, 0, name_of(to));
    }
    return result;
  }

  int unlink(const char* path) {
    std::string name = name_of(path);
    std::lock_guard lock(mutex_);
    int result = real_.unlink(path);
    if (result == 0 && !name.empty()) log(DiskOp::unlink, name, 0, {});
    return result;
  }

 private:
  static constexpr int kMostFiles = 4096;

  void map_counts(const char* path) {
    int flags = MAP_SHARED | MAP_ANONYMOUS;
    int file = -1;
    if (path) {
      file = real_.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
      if (real_.ftruncate(file, sizeof(DiskCounts)) != 0) std::abort();
      flags = MAP_SHARED;
    }
    void* memory = ::mmap(nullptr, sizeof(DiskCounts), PROT_READ | PROT_WRITE,
                          flags, file, 0);
    if (memory == MAP_FAILED) std::abort();
    if (file >= 0) real_.close(file);
    counts = static_cast<DiskCounts*>(memory);
  }

  // Relative to the folder, "." for the folder itself, empty for others.
  std::string name_of(const char* path) const {
    if (folder_.empty()) return {};
    auto whole = std::filesystem::absolute(path).lexically_normal().string();
    if (whole == folder_) return ".";
    if (!whole.starts_with(folder_ + "/")) return {};
    return whole.substr(folder_.size() + 1);
  }

  bool is_ours(int file) const {
    return file >= 0 && file < kMostFiles && ours_[file];
  }

  bool fails(const char* kind, uint64_t number) {
    if (failure_.kind != kind || !failure_.which.matches(number)) return false;
    ++counts->failed;
    errno = failure_.error;
    return true;
  }

  ssize_t announce(const void* data, size_t length) {
    std::lock_guard lock(mutex_);
    ssize_t written = real_.write(STDOUT_FILENO, data, length);
    if (written > 0) {
      auto text = std::string_view(static_cast<const char*>(data),
                                   static_cast<size_t>(written));
      log(DiskOp::announce, "stdout", 0, text);
    }
    return written;
  }

  // The kill comes here, where what was done and what was written down agree.
  void log(DiskOp op, const std::string& name, uint64_t offset,
           std::string_view data) {
    if (log_ < 0 || name.ends_with("-shm")) return;
    int before = errno;
    DiskLogHeader header = {op, static_cast<uint32_t>(name.size()), offset,
                            data.size()};
    std::array<iovec, 3> parts = {
        iovec{&header, sizeof header},
        iovec{const_cast<char*>(name.data()), name.size()},
        iovec{const_cast<char*>(data.data()), data.size()}};
    auto bytes =
        static_cast<ssize_t>(sizeof header + name.size() + data.size());
    // A log with a hole would prove anything.
    if (::writev(log_, parts.data(), parts.size()) != bytes) std::abort();
    if (++logged_ == kill_at_) ::raise(SIGKILL);
    errno = before;
  }

  Real real_;
  std::string folder_;
  Failure failure_;
  uint64_t kill_at_ = 0;
  bool roomy_ = false;
  int log_ = -1;
  uint64_t logged_ = 0;
  // One operation at a time, so that the log has them as they happened.
  std::mutex mutex_;
  std::array<std::string, kMostFiles> names_;
  std::array<std::atomic<bool>, kMostFiles> ours_ = {};
};

// Never destroyed: files are closed after the last destructor has run.
Disk& disk() {
  static Disk* const disk = new Disk;
  return *disk;
}

__attribute__((constructor)) void begin() {
  OwnCode own;
  disk();
}

int open_file(const char* path, int flags, mode_t mode) {
  OwnCode own;
  return disk().open(path, flags,
                     [&] { return disk().real().open(path, flags, mode); });
}

int open_file_at(int folder, const char* path, int flags, mode_t mode) {
  OwnCode own;
  auto opening = [&] {
    return disk().real().openat(folder, path, flags, mode);
  };
  if (folder != AT_FDCWD && path[0] != '/') return opening();
  return disk().open(path, flags, opening);
}

ssize_t write_at(int file, const void* data, size_t length, off_t offset) {
  OwnCode own;
  return disk().write(file, data, length, offset, [&](size_t amount) {
    return disk().real().pwrite(file, data, amount, offset);
  });
}

mode_t mode_in(int flags, va_list& arguments) {
  return flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
}

void furnish(struct statvfs& result) {
  if (!disk().roomy()) return;
  result.f_blocks = result.f_bfree = result.f_bavail = 1u << 30;
  result.f_files = result.f_ffree = result.f_favail = 1u << 30;
}

[[maybe_unused]] bool allocation_fails() {
  if (!counts || depth_of_own_code > 0) return false;
  uint64_t number = count(&DiskCounts::allocations);
  if (!failing_allocation.matches(number)) return false;
  count(&DiskCounts::failed);
  errno = ENOMEM;
  return true;
}

}  // namespace

#pragma GCC visibility push(default)
extern "C" {

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = mode_in(flags, arguments);
  va_end(arguments);
  return open_file(path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = mode_in(flags, arguments);
  va_end(arguments);
  return open_file(path, flags, mode);
}

int openat(int folder, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = mode_in(flags, arguments);
  va_end(arguments);
  return open_file_at(folder, path, flags, mode);
}

int openat64(int folder, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = mode_in(flags, arguments);
  va_end(arguments);
  return open_file_at(folder, path, flags, mode);
}

// What open becomes where the compiler checks its arguments.
int __open_2(const char* path, int flags) { return open_file(path, flags, 0); }
int __open64_2(const char* path, int flags) {
  return open_file(path, flags, 0);
}

int creat(const char* path, mode_t mode) {
  return open_file(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}
int creat64(const char* path, mode_t mode) { return creat(path, mode); }

int close(int file) {
  OwnCode own;
  return disk().close(file);
}

ssize_t write(int file, const void* data, size_t length) {
  OwnCode own;
  return disk().write(file, data, length, -1, [&](size_t amount) {
    return disk().real().write(file, data, amount);
  });
}

ssize_t pwrite(int file, const void* data, size_t length, off_t offset) {
  return write_at(file, data, length, offset);
}
ssize_t pwrite64(int file, const void* data, size_t length, off64_t offset) {
  return write_at(file, data, length, offset);
}

int fsync(int file) {
  OwnCode own;
  return disk().sync(file, disk().real().fsync);
}
int fdatasync(int file) {
  OwnCode own;
  return disk().sync(file, disk().real().fdatasync);
}

int ftruncate(int file, off_t size) noexcept {
  OwnCode own;
  return disk().truncate(file, size);
}
int ftruncate64(int file, off64_t size) noexcept {
  return ftruncate(file, size);
}

int rename(const char* from, const char* to) noexcept {
  OwnCode own;
  return disk().rename(from, to);
}

int unlink(const char* path) noexcept {
  OwnCode own;
  return disk().unlink(path);
}
// What std::filesystem calls. Inside libc it would not come by here.
int remove(const char* path) noexcept {
  struct stat found = {};
  bool folder = ::lstat(path, &found) == 0 && S_ISDIR(found.st_mode);
  return folder ? ::rmdir(path) : unlink(path);
}

int statvfs(const char* path, struct statvfs* result) noexcept {
  OwnCode own;
  int status = disk().real().statvfs(path, result);
  if (status == 0) furnish(*result);
  return status;
}
int statvfs64(const char* path, struct statvfs64* result) noexcept {
  return statvfs(path, reinterpret_cast<struct statvfs*>(result));
}
int fstatvfs(int file, struct statvfs* result) noexcept {
  OwnCode own;
  int status = disk().real().fstatvfs(file, result);
  if (status == 0) furnish(*result);
  return status;
}
int fstatvfs64(int file, struct statvfs64* result) noexcept {
  return fstatvfs(file, reinterpret_cast<struct statvfs*>(result));
}

// AddressSanitizer has an allocator of its own.
#ifndef UNRELIABLE_DISK_KEEPS_MALLOC
void* __libc_malloc(size_t size);
void* __libc_calloc(size_t number, size_t size);
void* __libc_realloc(void* old, size_t size);

void* malloc(size_t size) noexcept {
  return allocation_fails() ? nullptr : __libc_malloc(size);
}
void* calloc(size_t number, size_t size) noexcept {
  return allocation_fails() ? nullptr : __libc_calloc(number, size);
}
void* realloc(void* old, size_t size) noexcept {
  return allocation_fails() ? nullptr : __libc_realloc(old, size);
}
#endif

}  // extern "C"
#pragma GCC visibility pop
