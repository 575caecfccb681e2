// Reading is linear in the length of a reply, whatever is in it.
#include "tests/calls/rubbish.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <set>

#include "simulator/base/text.h"
#include "simulator/calls/reply_parser.h"
#include "tests/repetitions.h"

namespace simulate {
namespace {

struct Measured {
  Rubbish rubbish;
  double millis = 0;
};

void measure(Measured& one, size_t bytes) {
  static const auto offered = rubbish_tools();
  std::string text = written(one.rubbish, bytes);
  std::clock_t start = std::clock();  // of the processor: others may be busy
  ParsedReply reply = parse_reply(text, offered);
  one.millis = 1e3 * static_cast<double>(std::clock() - start) /
               static_cast<double>(CLOCKS_PER_SEC);
  EXPECT_LE(reply.faults.size(), 12u);
  EXPECT_FALSE(contains(reply.content, "<tool_call>"));
}

// Of those that repeat something a fifth: bench/parse_reply.cpp reads all.
std::vector<Measured> many_kinds(size_t bytes) {
  std::vector<Measured> all;
  size_t number = 0;
  for (Rubbish& rubbish : all_rubbish()) {
    if (++number % 5 == 0) all.push_back({std::move(rubbish)});
  }
  for (Rubbish& rubbish : random_rubbish(bytes)) {
    all.push_back({std::move(rubbish)});
  }
  return all;
}

// Measures all, the slowest first.
void measure_all(std::vector<Measured>& all, size_t bytes) {
  for (Measured& one : all) measure(one, bytes);
  std::sort(all.begin(), all.end(), [](const Measured& a, const Measured& b) {
    return a.millis > b.millis;
  });
}

// The first of those in which the same is repeated.
std::vector<Measured> distinct(const std::vector<Measured>& all, size_t most) {
  std::set<std::string> seen;
  std::vector<Measured> result;
  for (const Measured& one : all) {
    if (result.size() == most) break;
    if (seen.insert(one.rubbish.again).second) result.push_back(one);
  }
  return result;
}

// A sanitizer costs a factor of ten or so.
constexpr size_t kSmall = kSanitized ? 4 << 10 : 16 << 10;
constexpr double kMostMillis = kSanitized ? 30'000 : 5'000;

// Few can be read at full size in a second, so a small size chooses them.
// Quadratic reading of a MiB takes minutes, also on a fast machine.
TEST(Rubbish, OfEveryFamilyIsReadInLinearTime) {
  std::vector<Measured> all = many_kinds(kSmall);
  measure_all(all, kSmall);
  std::vector<Measured> slowest = distinct(all, 8);
  measure_all(slowest, 1 << 20);
  std::printf("%zu texts; the slowest MiB takes %.0f ms: %s\n", all.size(),
              slowest[0].millis, shown(slowest[0].rubbish).c_str());
  EXPECT_LT(slowest[0].millis, kMostMillis) << shown(slowest[0].rubbish);
}

}  // namespace
}  // namespace simulate
