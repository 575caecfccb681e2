// Bytes that wait on disk until somebody reads them all: a file without a name,
// so that no crash leaves it behind. Not synced, since nobody reads it after
// one. A resource; throws Fatal when the disk does not take them.
// Tested by tests/tables/parquet_writer_test.cpp.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "simulator/base/file.h"

namespace simulate {

class Spool {
 public:
  // On the disk that `folder` is on.
  explicit Spool(const std::filesystem::path& folder);
  Spool(const Spool&) = delete;

  void append(std::string_view bytes);

  // Under which this process, and no other, opens what was appended so far.
  std::filesystem::path path();

  size_t bytes() const { return bytes_; }

 private:
  void flush();
  [[noreturn]] void fail() const;

  std::filesystem::path folder_;
  Descriptor file_;
  std::string buffer_;
  size_t bytes_ = 0;
};

}  // namespace simulate
