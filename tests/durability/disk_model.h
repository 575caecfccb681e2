// What a disk holds when the power goes: a model of the files of one folder,
// fed with the operations that a program was seen to do.
//
// Synced is safe. Of what was written since a file's last sync, each sector of
// 512 bytes is as some of those writes left it or as it was before: so writes
// are lost, torn, or outlive earlier ones. Sectors that a file has gained and
// that were never written read as zeros. A file is there from its own sync or
// its folder's, the rest of what happened to names from the folder's; of
// later changes to names the first ones may have happened.
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/durability/disk_log.h"

namespace simulate {

struct DiskOperation {
  DiskOp op;
  std::string_view path;
  int64_t offset = 0;
  std::string_view data;
};

// The operations in a log, which must outlive them.
std::vector<DiskOperation> operations_in(std::string_view log);

using FileContents = std::map<std::string, std::string>;  // by path

// A disk that does nothing when asked to sync is what synchronous=OFF makes of
// a good one; one that skips SQLite's log, what NORMAL makes of it.
enum class Syncs { work, skip_the_log, do_nothing };

class DiskModel {
 public:
  explicit DiskModel(Syncs syncs) : syncs_(syncs) {}

  // The operation, and what its views refer to, must outlive the model.
  void perform(const DiskOperation& operation);

  // What may be found after a power cut at this moment.
  FileContents cut(std::mt19937_64& random) const;

  // What the program itself would find.
  FileContents intact() const;

 private:
  using Names = std::map<std::string, size_t, std::less<>>;  // to files_

  struct File {
    std::string synced;
    std::vector<const DiskOperation*> since;  // writes and truncations
  };
  struct NameChange {
    const DiskOperation* operation;
    size_t file;
  };

  size_t file_named(std::string_view name) const;
  bool heeds(const DiskOperation& sync) const;
  void change_names(const DiskOperation& operation);
  void sync_names(size_t changes);
  void sync(std::string_view path);
  static void apply(const NameChange& change, Names& names);

  Syncs syncs_;
  std::vector<File> files_;
  Names names_;
  Names synced_names_;
  std::vector<NameChange> unsynced_names_;
};

}  // namespace simulate
