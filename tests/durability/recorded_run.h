// A real run of the built program with everything it did to its files, killed
// and continued on the way, and the records that it ended with.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/durability/disk_model.h"
#include "tests/program/program.h"
#include "tests/scratch.h"

namespace simulate {

// What it takes to put the unreliable disk under a program whose files are in
// `folder`.
std::vector<std::pair<std::string, std::string>> unreliable_disk(
    const std::filesystem::path& folder);

// Where files are written fast, if the machine has such a place.
std::filesystem::path memory_folder();

class RecordedRun {
 public:
  // Runs to `target` conversations in disk/<output>, with a SIGKILL after so
  // many operations of each start but the last.
  RecordedRun(const std::string& output, int target,
              const std::vector<int>& kills);

  const std::string& output() const { return output_; }
  std::vector<std::string> command() const;
  const std::vector<DiskOperation>& operations() const { return operations_; }
  const std::vector<std::string>& records() const { return records_; }

  // The training file when the first `kept` conversations are saved.
  std::string file_with(size_t kept) const;
  // How many are saved at least when the conversation `id` is.
  size_t saved_with(const std::string& id) const { return numbers_.at(id); }

 private:
  void start(const std::vector<int>& kills);
  void note_end(int expected, const Ended& ended);
  void read_records();
  void expect_complete_log();

  Scratch scratch_;
  std::string output_;
  int target_;
  std::string announced_;  // what all starts wrote to stdout
  std::string log_;
  std::vector<DiskOperation> operations_;
  std::vector<std::string> records_;
  std::map<std::string, size_t> numbers_;  // from 1, by id
};

}  // namespace simulate
