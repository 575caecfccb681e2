#include "tests/durability/recorded_run.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <sstream>

#include "simulator/base/file.h"
#include "tests/repetitions.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

bool is_json(const std::string& output) { return output.ends_with(".json"); }

}  // namespace

std::vector<std::pair<std::string, std::string>> unreliable_disk(
    const fs::path& folder) {
  std::vector<std::pair<std::string, std::string>> variables = {
      {"LD_PRELOAD", SIMULATE_UNRELIABLE_DISK},
      {"DISK_FOLDER", fs::canonical(folder).string()}};
  if (kSanitized) {
    variables.emplace_back("ASAN_OPTIONS", "verify_asan_link_order=0");
  }
  return variables;
}

fs::path memory_folder() {
  const char* memory = "/dev/shm";
  if (::access(memory, W_OK | X_OK) == 0) return memory;
  return fs::temp_directory_path();
}

RecordedRun::RecordedRun(const std::string& output, int target,
                         const std::vector<int>& kills)
    : scratch_(memory_folder()), output_(output), target_(target) {
  fs::create_directory(scratch_ / "disk");
  start(kills);
  log_ = read_file(scratch_ / "log");
  operations_ = operations_in(log_);
  read_records();
  expect_complete_log();
}

std::vector<std::string> RecordedRun::command() const {
  std::string target = std::to_string(target_);
  return {"--providers",     "offline",       "--target", target,  "--output",
          "disk/" + output_, "--concurrency", "8",        "--json"};
}

void RecordedRun::start(const std::vector<int>& kills) {
  Program program(scratch_);
  auto variables = unreliable_disk(scratch_ / "disk");
  variables.emplace_back("DISK_LOG", (scratch_ / "log").string());
  for (int kill : kills) {
    auto with_kill = variables;
    with_kill.emplace_back("DISK_KILL", std::to_string(kill));
    program.set_environment(with_kill);
    note_end(128 + SIGKILL, program.run(command()));
  }
  program.set_environment(variables);
  note_end(0, program.run(command()));
}

void RecordedRun::note_end(int expected, const Ended& ended) {
  EXPECT_EQ(ended.status, expected) << ended.err;
  announced_ += ended.out;
}

void RecordedRun::read_records() {
  std::istringstream lines(read_file(scratch_ / ("disk/" + output_)));
  for (std::string line; std::getline(lines, line);) {
    if (line == "[" || line == "]") continue;
    if (is_json(output_) && line.ends_with(",")) line.pop_back();
    records_.push_back(line);
    numbers_[parse_json(line).value().at("id")] = records_.size();
  }
  EXPECT_EQ(numbers_.size(), static_cast<size_t>(target_));
}

// The log has everything if it leads to the files that are there and to what
// was announced.
void RecordedRun::expect_complete_log() {
  DiskModel disk(Syncs::work);
  std::string announced;
  for (const DiskOperation& operation : operations_) {
    disk.perform(operation);
    if (operation.op == DiskOp::announce) announced += operation.data;
  }
  EXPECT_FALSE(announced.empty());
  EXPECT_TRUE(announced == announced_) << "stdout is not in the log";
  FileContents intact = disk.intact();
  size_t files = 0;
  for (const auto& entry : fs::directory_iterator(scratch_ / "disk")) {
    std::string name = entry.path().filename().string();
    EXPECT_TRUE(intact[name] == read_file(entry.path())) << name;
    ++files;
  }
  EXPECT_EQ(files, intact.size());
}

std::string RecordedRun::file_with(size_t kept) const {
  bool json = is_json(output_);
  std::string file = json ? "[\n" : "";
  for (size_t i = 0; i < kept; ++i) {
    file += records_.at(i);
    file += json && i + 1 < kept ? ",\n" : "\n";
  }
  return json ? file + "]\n" : file;
}

}  // namespace simulate
