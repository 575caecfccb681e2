// Whether two runs differ on the same tasks, and how sure a share is. Pure; the
// same numbers give the same answer.
// Tested by tests/metrics/paired_test_test.cpp.
#pragma once

#include <cstdint>
#include <vector>

namespace simulate {

struct PairedTest {
  int64_t pairs = 0;
  double mean_difference = 0;  // of b over a
  double low = 0;              // 95 % interval of the mean difference:
  double high = 0;             // percentiles of bootstrap samples
  double p = 1;                // two-sided
};

// Of as many a as b, in the same order. p is the share of all ways to swap
// pairs that give at least as large a mean difference: exact up to 16 pairs
// that differ, otherwise of random ways, with the one that was seen among them
// (Phipson and Smyth 2010, "Permutation P-values Should Never Be Zero"). There
// are 10,000 samples and ways, and of more than 10,000 pairs fewer, down to
// 1,000: 100,000 pairs take a second.
PairedTest paired_test(const std::vector<double>& a,
                       const std::vector<double>& b, uint64_t seed = 1);

struct Share {
  double value = 0;
  double low = 0;   // 95 % interval (Wilson 1927), which holds for few and for
  double high = 1;  // shares near 0 and 1, too
};

Share share_of(int64_t hits, int64_t all);

}  // namespace simulate
