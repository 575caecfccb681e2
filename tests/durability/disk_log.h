// The log in which unreliable_disk.cpp writes down what a program does to the
// files of one folder: headers of fixed size, each followed by a path and by
// data. Both sides are of one build, so it is the machine's own layout.
#pragma once

#include <cstdint>

namespace simulate {

enum class DiskOp : uint32_t {
  create,       // of a file that was not there
  write,        // `data` at `offset`
  truncate,     // to `offset` bytes
  sync,         // of a file
  sync_folder,  // of the folder that holds them
  rename,       // to the path in `data`
  unlink,
  announce,  // `data` was written to stdout
};

// The path is relative to the folder.
struct DiskLogHeader {
  DiskOp op;
  uint32_t path_bytes;
  uint64_t offset;
  uint64_t data_bytes;
};

// How often the program called, whether or not the call failed. The shared
// library keeps it in the file DISK_COUNT, mapped, so that it outlives a kill.
struct DiskCounts {
  uint64_t writes;
  uint64_t syncs;
  uint64_t opens;
  uint64_t allocations;
  uint64_t failed;  // on purpose
};

}  // namespace simulate
