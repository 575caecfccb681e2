// A random sample of texts that come one by one, of as many bytes as it may
// take: each is as likely to be in it, and the same ones are for the same texts
// in the same order.
// Tested by tests/metrics/text_sample_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/base/random.h"

namespace simulate {

class TextSample {
 public:
  // Of a text that is longer than this, the beginning is kept.
  static constexpr size_t kLongestText = 64 * 1024;

  explicit TextSample(size_t bytes) : bytes_(bytes) {}

  void add(std::string_view text);

  int64_t seen() const { return seen_; }

  // In random order; they are the sample's.
  std::vector<std::string_view> texts() const;

 private:
  struct Kept {
    uint64_t rank = 0;  // random; the lowest ones stay
    std::string text;
  };

  static bool ranks_lower(const Kept& one, const Kept& other) {
    return one.rank < other.rank;
  }
  static size_t size_of(const Kept& kept) {
    return sizeof(Kept) + kept.text.size();
  }
  void drop_highest();

  size_t bytes_;
  size_t held_ = 0;  // bytes
  int64_t seen_ = 0;
  uint64_t bound_ = UINT64_MAX;  // who ranks above it is not taken
  Random random_{1};
  std::vector<Kept> kept_;  // a heap, the highest rank on top
};

}  // namespace simulate
