#include "tests/durability/observed_syncs.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>

namespace simulate {

namespace {

std::mutex mutex;  // the writer syncs on a thread of its own

std::map<std::string, int>& syncs() {
  static std::map<std::string, int> syncs;
  return syncs;
}

void note_sync(int file) {
  std::error_code none;
  auto path = std::filesystem::read_symlink(
      "/proc/self/fd/" + std::to_string(file), none);
  std::lock_guard lock(mutex);
  ++syncs()[path.string()];
}

int syncs_of(const std::filesystem::path& path) {
  std::lock_guard lock(mutex);
  return syncs()[path.string()];
}

}  // namespace

ObservedSyncs::ObservedSyncs(std::filesystem::path path)
    : path_(std::filesystem::weakly_canonical(path)),
      before_(syncs_of(path_)) {}

int ObservedSyncs::times() const { return syncs_of(path_) - before_; }

bool ObservedSyncs::come() const {
  for (int tries = 0; tries < 2'000; ++tries) {
    if (times() > 0) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return false;
}

}  // namespace simulate

extern "C" {

int fsync(int file) {
  simulate::note_sync(file);
  return static_cast<int>(::syscall(SYS_fsync, file));
}

int fdatasync(int file) {
  simulate::note_sync(file);
  return static_cast<int>(::syscall(SYS_fdatasync, file));
}
}
