// Embeddings that lie close together, by their cosines, for up to about 100,000
// of 1,024 numbers: all are compared, which takes the square of their number.
// All vectors of a call have the same length; one of zeros is like no other.
// Tested by tests/metrics/nearest_vectors_test.cpp.
#pragma once

#include <cstddef>
#include <vector>

namespace simulate {

struct VectorPair {
  size_t first = 0;
  size_t second = 0;  // the later one
  double cosine = 0;
};

// What NearDuplicates is for words: each vector that is like an earlier one
// that stays, with the likest of those, of equals the earliest; by `second`.
// `at_least` is above 0.
std::vector<VectorPair> like_vectors(
    const std::vector<std::vector<float>>& vectors, double at_least);

}  // namespace simulate
