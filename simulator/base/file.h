// Files as whole values. Every message names the path and what to do.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace simulate {

// Throws BadUsage when the file cannot be read.
std::string read_file(const std::filesystem::path& path);

// Writes beside `path`, syncs, renames over it and syncs the folder: a reader
// sees the old file or the new one, whole. Throws Fatal.
void write_file(const std::filesystem::path& path, std::string_view content,
                unsigned mode = 0644);

// A file descriptor that closes itself. Movable, not copied.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();

  int number() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }
  int release();

 private:
  int number_;
};

}  // namespace simulate
