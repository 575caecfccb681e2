// What the HTTP benchmarks share: their words, and the figures they print.
//
//   NAME URL IN_FLIGHT CALLS [BODIES]
//
// BODIES holds request bodies, a line each; they are sent in turn.
#pragma once

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace bench {

constexpr std::chrono::seconds kLongest{120};

struct Task {
  std::string url;
  size_t in_flight = 1;
  size_t calls = 1;
  std::vector<std::string> bodies;

  const std::string& body(size_t number) const {
    return bodies[number % bodies.size()];
  }
};

inline Task task_from(int count, char** words) {
  if (count < 4) {
    std::fprintf(stderr, "usage: %s URL IN_FLIGHT CALLS [BODIES]\n", words[0]);
    std::exit(2);
  }
  Task task{words[1],
            std::strtoul(words[2], nullptr, 10),
            std::min(std::strtoul(words[3], nullptr, 10), 1'000'000ul),
            {}};
  if (count > 4) {
    std::ifstream file(words[4], std::ios::binary);
    for (std::string line; std::getline(file, line);) {
      task.bodies.push_back(line);
    }
  }
  if (task.bodies.empty()) {
    task.bodies.push_back(
        R"({"model":"bench","messages":[{"role":"user","content":")" +
        std::string(4000, 'x') + R"("}]})");
  }
  return task;
}

inline double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  auto seconds = [](timeval time) {
    return static_cast<double>(time.tv_sec) +
           1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

class Measure {
 public:
  bool is_over() const { return clock::now() - start_ > kLongest; }

  void print(size_t calls, size_t failed) const {
    std::chrono::duration<double> span = clock::now() - start_;
    double cpu = cpu_seconds() - cpu_at_start_;
    auto made = static_cast<double>(std::max<size_t>(calls, 1));
    std::printf(
        "{\"calls\":%zu,\"failed\":%zu,\"seconds\":%.3f,"
        "\"calls_per_second\":%.1f,\"cpu_seconds_per_1000\":%.4f}\n",
        calls, failed, span.count(), made / span.count(), cpu * 1000 / made);
  }

 private:
  using clock = std::chrono::steady_clock;
  clock::time_point start_ = clock::now();
  double cpu_at_start_ = cpu_seconds();
};

}  // namespace bench
