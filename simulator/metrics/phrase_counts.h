// In how many texts a run of words stands, for all runs of so many texts that
// not all can be counted: lossy counting (Manku and Motwani 2002, "Approximate
// Frequency Counts over Data Streams"). Memory is fixed. A count is never too
// high, and exact as long as the table was never full.
// Tested by tests/metrics/phrase_counts_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace simulate {

class PhraseCounts {
 public:
  // `bits`: of the number of places in the table, of which 3/4 can be taken.
  explicit PhraseCounts(int bits = 22);

  // The distinct runs of one text, by their hashes.
  void add(const std::vector<uint64_t>& runs);

  // 0 for one that is not counted any more, or never was.
  int64_t texts_with(uint64_t run) const;

  // No count is lower than the truth by more than this.
  int64_t missed_at_most() const { return dropped_; }

 private:
  struct Place {
    uint64_t run = 0;  // 0: free
    uint32_t texts = 0;
    uint32_t missed = 0;  // how many may have come before it was counted
  };

  size_t place_of(uint64_t run) const;
  void make_room();

  std::vector<Place> places_;
  size_t taken_ = 0;
  uint32_t dropped_ = 0;
};

}  // namespace simulate
