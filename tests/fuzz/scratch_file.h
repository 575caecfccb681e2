// Bytes as a file, in memory where that is possible: what is fuzzed takes a
// path. Each process has its own folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "simulator/base/file.h"
#include "tests/scratch.h"

namespace simulate {

inline const Scratch& scratch() {
  static const Scratch folder(std::filesystem::exists("/dev/shm")
                                  ? std::filesystem::path("/dev/shm")
                                  : std::filesystem::temp_directory_path());
  return folder;
}

inline std::filesystem::path file_with(const std::string& name,
                                       std::string_view bytes) {
  write_file(scratch() / name, bytes, 0600);
  return scratch() / name;
}

inline std::string_view bytes_of(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace simulate
