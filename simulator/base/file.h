// Files as whole values, opened as if somebody had prepared the folder. Every
// message names the path and what to do.
// Tested by tests/base/base_test.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>

namespace simulate {

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

// Of what people write by hand: prompts, tools, settings, keys.
constexpr size_t kMostWritten = 1 << 20;

// Throws BadUsage when the file cannot be read, or is larger than it may be.
std::string read_file(const std::filesystem::path& path,
                      size_t most_bytes = std::numeric_limits<size_t>::max());

// "256 KiB", for messages.
std::string bytes_text(size_t bytes);

// Writes beside `path`, syncs, renames over it and syncs the folder: a reader
// sees the old file or the new one, whole. Throws Fatal.
void write_file(const std::filesystem::path& path, std::string_view content,
                unsigned mode = 0644);

// What is wrong when a write fails with this errno, and what to do about it:
// "the disk is full; make room".
std::string disk_trouble(int error);

// To read from: a file, or what the shell hands over under /dev. Throws
// BadUsage for anything else, such as a pipe that somebody left in a folder.
Descriptor opened_file(const std::filesystem::path& path);

// So that it does not come back after a power cut. Nothing when it is not
// there.
void remove_file(const std::filesystem::path& path);

// Throws BadUsage when what is there is no file, or a link that leads nowhere:
// writing would make a file elsewhere.
void refuse_unless_file(const std::filesystem::path& path);

// Whether the file is a plain one under this name alone: no symbolic link, no
// second name of another file, no pipe. Where there is none it is.
bool is_plain_file(const std::filesystem::path& path);

// Bytes free for us where `path` lies; very many when nobody can tell.
int64_t free_bytes(const std::filesystem::path& path);

// The kind of network file system that `path` lies on, or nothing: there,
// locks and shared memory may not work as a ledger needs them.
std::string network_file_system(const std::filesystem::path& path);

// A file that is written from its beginning and appears under its name only
// when it is whole: beside `path` until finish(), which syncs, renames and
// syncs the folder. Throws Fatal. What is not finished leaves nothing behind.
class WholeFile {
 public:
  WholeFile(std::filesystem::path path, unsigned mode);
  WholeFile(const WholeFile&) = delete;
  ~WholeFile();

  void append(std::string_view bytes);
  void finish();

 private:
  void flush();
  [[noreturn]] void fail(const std::string& what) const;

  std::filesystem::path path_;
  std::filesystem::path beside_;
  int descriptor_ = -1;
  std::string buffer_;
};

}  // namespace simulate
