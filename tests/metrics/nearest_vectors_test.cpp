#include "simulator/metrics/nearest_vectors.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "simulator/base/random.h"
#include "simulator/base/text.h"

namespace simulate {
namespace {

using Vectors = std::vector<std::vector<float>>;

std::string told(const std::vector<VectorPair>& pairs) {
  std::vector<std::string> parts;
  for (const VectorPair& pair : pairs) {
    parts.push_back(std::to_string(pair.first) + "<" +
                    std::to_string(pair.second) + " " +
                    std::to_string(pair.cosine).substr(0, 6));
  }
  return joined(parts, ", ");
}

TEST(NearestVectors, AreLikeByTheirDirection) {
  EXPECT_EQ(told(like_vectors({{1, 0}, {0, 2}, {5, 0}, {1, 1}, {-1, 0}}, 0.9)),
            "0<2 1.0000");
  EXPECT_EQ(told(like_vectors({{1, 0}, {0, 2}, {3, 4}}, 0.6)), "1<2 0.8000");
  // Of equals the earliest; a cosine that is just as asked for is enough.
  EXPECT_EQ(told(like_vectors({{1, 0}, {0, 1}, {1, 1}}, 0.7)), "0<2 0.7071");
  EXPECT_EQ(told(like_vectors({{3, 4}, {1, 0}}, 0.6)), "0<1 0.6000");
}

TEST(NearestVectors, OfNoneOneAndZeros) {
  EXPECT_EQ(told(like_vectors({}, 0.9)), "");
  EXPECT_EQ(told(like_vectors({{1, 2}}, 0.9)), "");
  EXPECT_EQ(told(like_vectors({{}, {}}, 0.9)), "");
  EXPECT_EQ(told(like_vectors({{0, 0}, {0, 0}, {1, 0}}, 0.001)), "");
  EXPECT_EQ(told(like_vectors({{NAN, 1}, {NAN, 1}, {1, 1}}, 0.5)), "");
}

Vectors random_vectors(size_t count, size_t size) {
  Random random(4);
  Vectors vectors;
  while (vectors.size() < count) {
    std::vector<float> vector(size);
    for (float& x : vector) x = static_cast<float>(random.fraction() - 0.5);
    if (!vectors.empty() && random.chance(0.4)) {
      const std::vector<float>& other = random.pick(vectors);
      for (size_t i = 0; i < size; ++i) vector[i] = other[i] + 0.4f * vector[i];
    }
    vectors.push_back(vector);
  }
  return vectors;
}

double cosine(const std::vector<float>& one, const std::vector<float>& other) {
  double sum = 0, a = 0, b = 0;
  for (size_t i = 0; i < one.size(); ++i) {
    sum += double(one[i]) * double(other[i]);
    a += double(one[i]) * double(one[i]);
    b += double(other[i]) * double(other[i]);
  }
  return sum / (std::sqrt(a) * std::sqrt(b));
}

TEST(NearestVectors, AreThoseThatComparingAllFinds) {
  for (size_t size : {3u, 37u, 64u}) {
    Vectors vectors = random_vectors(500, size);
    std::vector<VectorPair> expected;
    std::vector<bool> gone(vectors.size());
    for (size_t i = 0; i < vectors.size(); ++i) {
      VectorPair best;
      for (size_t j = 0; j < i; ++j) {
        double is = gone[j] ? 0 : cosine(vectors[i], vectors[j]);
        if (is >= 0.92 && is > best.cosine) best = {j, i, is};
      }
      gone[i] = best.cosine > 0;
      if (gone[i]) expected.push_back(best);
    }
    EXPECT_GT(expected.size(), 50u);
    EXPECT_EQ(told(like_vectors(vectors, 0.92)), told(expected));
  }
}

}  // namespace
}  // namespace simulate
