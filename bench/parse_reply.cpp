// How long texts that no model means take to be read, of every kind we know.
//
//   parse_reply_bench [MIB] [LINES]
//
// Reads each kind once at MIB mebibytes (1), then the slowest LINES (10) five
// times each, and prints their medians.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "simulator/calls/reply_parser.h"
#include "tests/calls/rubbish.h"

namespace {

using simulate::Rubbish;

struct Measured {
  Rubbish rubbish;
  double millis = 0;
};

// Of the processor: others may be busy.
double millis_for(const std::string& text) {
  static const auto tools = simulate::rubbish_tools();
  std::clock_t start = std::clock();
  simulate::parse_reply(text, tools);
  return 1e3 * static_cast<double>(std::clock() - start) /
         static_cast<double>(CLOCKS_PER_SEC);
}

double median(const std::string& text, size_t rounds) {
  std::vector<double> all;
  for (size_t i = 0; i < rounds; ++i) all.push_back(millis_for(text));
  std::sort(all.begin(), all.end());
  return all[rounds / 2];
}

// The slowest first.
void measure(std::vector<Measured>& all, size_t bytes, size_t rounds) {
  for (Measured& one : all) {
    one.millis = median(written(one.rubbish, bytes), rounds);
  }
  std::sort(all.begin(), all.end(), [](const Measured& a, const Measured& b) {
    return a.millis > b.millis;
  });
}

std::vector<Measured> every_kind(size_t bytes) {
  std::vector<Measured> all;
  for (Rubbish& rubbish : simulate::all_rubbish()) {
    all.push_back({std::move(rubbish)});
  }
  for (Rubbish& rubbish : simulate::random_rubbish(bytes)) {
    all.push_back({std::move(rubbish)});
  }
  return all;
}

}  // namespace

int main(int count, char** words) {
  double mib = count > 1 ? std::atof(words[1]) : 1;
  size_t lines = count > 2 ? std::strtoul(words[2], nullptr, 10) : 10;
  auto bytes = static_cast<size_t>(mib * (1 << 20));
  std::vector<Measured> all = every_kind(bytes);
  size_t kinds = all.size();
  measure(all, bytes, 1);
  std::printf("%zu kinds of %.2f MiB, half of them below %.1f ms\n", kinds, mib,
              all[kinds / 2].millis);
  all.resize(std::min(lines, kinds));
  measure(all, bytes, 5);
  for (const Measured& one : all) {
    std::printf("%8.1f ms  %s\n", one.millis, shown(one.rubbish).c_str());
  }
}
