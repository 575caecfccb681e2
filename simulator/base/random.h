// Random numbers that are the same on every machine and library: the standard
// distributions are not, and a run is replayed from its seed.
// Tested by tests/base/base_test.cpp.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "simulator/base/hash.h"

namespace simulate {

// SplitMix64 (Steele, Lea and Flood, 2014). A value; copy it to fork it.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t next() {
    uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }

  // 0 <= result < bound; bound > 0. The bias is below 2^-32 for our bounds.
  uint64_t below(uint64_t bound) { return next() % bound; }

  // low <= result <= high.
  int between(int low, int high) {
    return low + static_cast<int>(below(static_cast<uint64_t>(high - low) + 1));
  }

  // 0 <= result < 1.
  double fraction() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

  bool chance(double probability) { return fraction() < probability; }

  template <class Container>
  const auto& pick(const Container& choices) {
    return choices[below(choices.size())];
  }

 private:
  uint64_t state_;
};

// Every order of the items is as likely.
template <class Container>
void shuffle(Container& items, Random& random) {
  for (size_t i = items.size(); i > 1; --i) {
    std::swap(items[i - 1], items[random.below(i)]);
  }
}

// A new seed for a named part of something seeded.
inline uint64_t seed_for(uint64_t seed, std::string_view part) {
  return Random(seed ^ quick_hash(part)).next();
}

}  // namespace simulate
