#include "simulator/base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "simulator/base/error.h"

namespace simulate {

namespace {

std::string reason() { return std::strerror(errno); }

void write_all(int descriptor, std::string_view content,
               const std::filesystem::path& path) {
  while (!content.empty()) {
    ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      throw Fatal("cannot write " + path.string() + ": " + reason());
    }
    content.remove_prefix(static_cast<size_t>(written));
  }
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

std::string read_file(const std::filesystem::path& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) {
    throw BadUsage("cannot read " + path.string() + ": " + reason());
  }
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
  }
}

void write_file(const std::filesystem::path& path, std::string_view content,
                unsigned mode) {
  std::filesystem::path beside = path;
  beside += ".new";
  {
    Descriptor file(::open(beside.c_str(),
                           O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                           static_cast<mode_t>(mode)));
    if (!file) {
      throw Fatal("cannot write " + beside.string() + ": " + reason());
    }
    write_all(file.number(), content, beside);
    if (::fsync(file.number()) != 0) {
      throw Fatal("cannot sync " + beside.string() + ": " + reason());
    }
  }
  if (::rename(beside.c_str(), path.c_str()) != 0) {
    throw Fatal("cannot write " + path.string() + ": " + reason());
  }
  sync_folder_of(path);
}

}  // namespace simulate
