// How long Parquet takes, and in how much memory.
//
//   parquet_bench ROWS.jsonl HOW_MANY FILE.parquet TRAINER
//   parquet_bench FILE.parquet
//
// repeats the rows with their number put before each text that begins with
// "conv_", writes them, reads them back and compares a checksum of every row.
// Of a file alone, reads it, so that the memory is that of reading.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "simulator/base/error.h"
#include "simulator/base/hash.h"
#include "simulator/samples/row_columns.h"
#include "simulator/samples/trainer.h"
#include "simulator/tables/parquet_file.h"
#include "simulator/tables/parquet_writer.h"

namespace simulate {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Of this process, at its highest so far.
long peak_mebibytes() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss / 1024;
}

std::vector<std::string> lines_of(const char* path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

// Another conversation: no two rows have the same text.
std::string numbered(const std::string& row, long number) {
  size_t at = row.find("conv_");
  if (at == row.npos) at = row.find("You are");
  std::string copy = row;
  if (at != row.npos) copy.insert(at, "n" + std::to_string(number) + " ");
  return copy;
}

// A sum over rows, and how long summing took.
struct Checksum {
  uint64_t sum = 0;
  double seconds = 0;

  // Whatever the order of keys: columns have the one in which they were seen.
  void add(const std::string& row) {
    Clock::time_point start = Clock::now();
    sum += quick_hash(nlohmann::json::parse(row).dump());
    seconds += seconds_since(start);
  }
};

uint64_t write(const std::vector<std::string>& rows, long count,
               const char* path, const Trainer* trainer) {
  Clock::time_point start = Clock::now();
  ColumnPlan plan = row_columns(trainer);
  ParquetWriter writer(path, plan);
  size_t bytes = 0;
  Checksum sum;
  for (long number = 0; number < count; ++number) {
    std::string row =
        numbered(rows[static_cast<size_t>(number) % rows.size()], number);
    bytes += row.size();
    sum.add(row);
    writer.add(row);
  }
  double added = seconds_since(start) - sum.seconds;
  long peak = peak_mebibytes();
  writer.finish();
  std::printf(
      "{\"rows\":%ld,\"megabytes\":%.0f,\"added_seconds\":%.1f,"
      "\"added_peak_mebibytes\":%ld,\"seconds\":%.1f,\"peak_mebibytes\":%ld,"
      "\"file_megabytes\":%.1f}\n",
      count, static_cast<double>(bytes) / 1e6, added, peak,
      seconds_since(start) - sum.seconds, peak_mebibytes(),
      static_cast<double>(std::filesystem::file_size(path)) / 1e6);
  return sum.sum;
}

uint64_t read(const char* path) {
  Clock::time_point start = Clock::now();
  ParquetFile file(path);
  Checksum sum;
  while (std::optional<Json> row = file.next()) sum.add(to_text(*row));
  std::printf("{\"read_rows\":%ld,\"seconds\":%.1f,\"peak_mebibytes\":%ld}\n",
              static_cast<long>(file.row()), seconds_since(start) - sum.seconds,
              peak_mebibytes());
  return sum.sum;
}

int run(char** words) {
  std::vector<std::string> rows = lines_of(words[1]);
  const Trainer* trainer = trainer_named(words[4]);
  uint64_t written = write(rows, std::atol(words[2]), words[3], trainer);
  bool same = read(words[3]) == written;
  std::printf("{\"rows_are_the_same\":%s}\n", same ? "true" : "false");
  return same ? 0 : 1;
}

}  // namespace
}  // namespace simulate

int main(int count, char** words) {
  if (count != 5 && count != 2) {
    std::fprintf(stderr,
                 "usage: %s ROWS.jsonl HOW_MANY FILE.parquet TRAINER\n"
                 "       %s FILE.parquet\n",
                 words[0], words[0]);
    return 2;
  }
  try {
    if (count == 2) return simulate::read(words[1]), 0;
    return simulate::run(words);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
