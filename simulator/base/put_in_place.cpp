#include "simulator/base/put_in_place.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "simulator/base/error.h"
#include "simulator/base/file.h"

namespace simulate {

namespace {

[[noreturn]] void fail(const char* what, const std::filesystem::path& path) {
  throw Fatal(std::string("cannot ") + what + " " + path.string() + ": " +
              disk_trouble(errno));
}

void sync(const std::filesystem::path& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file || ::fsync(file.number()) != 0) fail("sync", path);
}

}  // namespace

void put_in_place(const std::filesystem::path& beside,
                  const std::filesystem::path& path) {
  sync(beside);
  if (::rename(beside.c_str(), path.c_str()) != 0) fail("rename", beside);
  std::filesystem::path folder = path.parent_path();
  sync(folder.empty() ? "." : folder);
}

}  // namespace simulate
