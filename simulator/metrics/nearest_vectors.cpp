#include "simulator/metrics/nearest_vectors.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>

namespace simulate {

namespace {

using Vectors = std::vector<std::vector<float>>;

// Four numbers in one register of any machine of the last twenty years; g++ and
// clang both know this notation. Plain loops over sums are not vectorised,
// since the order of additions would change.
using Four = float __attribute__((vector_size(16)));

// Sums of floats are near enough to tell which pairs to look at; those are
// computed again in doubles.
constexpr double kFloatError = 1e-4;

constexpr size_t kPanel = 8;  // vectors that lie side by side, number by number
constexpr size_t kGroup = 4;  // vectors that are compared with a panel at once
constexpr size_t kBlock = 64;  // vectors that fit the second cache

std::vector<double> lengths_of(const Vectors& vectors) {
  std::vector<double> lengths;
  for (const std::vector<float>& vector : vectors) {
    double sum = 0;
    for (float x : vector) sum += double(x) * double(x);
    lengths.push_back(std::sqrt(sum));
  }
  return lengths;
}

// Of length 1; zeros stay zeros.
void write_unit(const std::vector<float>& vector, double length, float* to,
                size_t step) {
  double scale = length > 0 ? 1 / length : 0;
  for (size_t i = 0; i < vector.size(); ++i) {
    to[i * step] = static_cast<float>(vector[i] * scale);
  }
}

Four four_at(const float* from) {
  Four four;
  std::memcpy(&four, from, sizeof four);
  return four;
}

struct Scores {
  float of[kGroup][kPanel];
};

// The sums of one of a group: a value of its own, so that it stays in
// registers.
struct RowSums {
  Four low = {}, high = {};

  void add(Four a, Four b, float x) {
    low += a * x;
    high += b * x;
  }

  void write(float* to) const {
    std::memcpy(to, &low, sizeof low);
    std::memcpy(to + 4, &high, sizeof high);
  }
};

// Each of a group, whose vectors lie one behind the other, with each of a
// panel.
Scores compare(const float* group, const float* panel, size_t size) {
  static_assert(kGroup == 4 && kPanel == 8);
  RowSums first, second, third, fourth;
  for (size_t i = 0; i < size; ++i) {
    Four a = four_at(panel + i * kPanel);
    Four b = four_at(panel + i * kPanel + 4);
    first.add(a, b, group[i]);
    second.add(a, b, group[size + i]);
    third.add(a, b, group[2 * size + i]);
    fourth.add(a, b, group[3 * size + i]);
  }
  Scores scores;
  first.write(scores.of[0]);
  second.write(scores.of[1]);
  third.write(scores.of[2]);
  fourth.write(scores.of[3]);
  return scores;
}

// The vectors go through in blocks: each block is compared with those that stay
// of all blocks before it, then its vectors one by one with those that stay of
// itself.
class Search {
 public:
  Search(const Vectors& vectors, double at_least)
      : vectors_(vectors),
        lengths_(lengths_of(vectors)),
        size_(vectors.empty() ? 0 : vectors[0].size()),
        at_least_(at_least),
        likest_(vectors.size()) {}

  std::vector<VectorPair> pairs() {
    for (size_t begin = 0; begin < vectors_.size(); begin += kBlock) {
      size_t end = std::min(begin + kBlock, vectors_.size());
      compare_with_earlier_blocks(begin, end);
      size_t earlier = kept_.size();
      for (size_t i = begin; i < end; ++i) {
        for (size_t k = earlier; k < kept_.size(); ++k) look_at(kept_[k], i);
        if (likest_[i].cosine == 0) keep(i);
      }
    }
    std::vector<VectorPair> pairs;
    for (const VectorPair& pair : likest_) {
      if (pair.cosine > 0) pairs.push_back(pair);
    }
    return pairs;
  }

 private:
  void compare_with_earlier_blocks(size_t begin, size_t end) {
    std::vector<float> block(kBlock * size_);  // zeros behind the last
    for (size_t i = begin; i < end; ++i) {
      write_unit(vectors_[i], lengths_[i], block.data() + (i - begin) * size_,
                 1);
    }
    for (size_t panel = 0; panel * kPanel < kept_.size(); ++panel) {
      const float* numbers = panels_[panel].data();
      for (size_t group = begin; group < end; group += kGroup) {
        Scores scores =
            compare(block.data() + (group - begin) * size_, numbers, size_);
        look_at_likely(scores, group, panel);
      }
    }
  }

  void look_at_likely(const Scores& scores, size_t group, size_t panel) {
    auto likely = static_cast<float>(at_least_ - kFloatError);
    for (size_t row = 0; row < kGroup; ++row) {
      for (size_t column = 0; column < kPanel; ++column) {
        if (!(scores.of[row][column] >= likely)) continue;
        size_t kept = panel * kPanel + column;
        if (kept < kept_.size()) look_at(kept_[kept], group + row);
      }
    }
  }

  void look_at(size_t first, size_t second) {
    if (second >= vectors_.size()) return;
    double length = lengths_[first] * lengths_[second];
    if (length == 0) return;
    double sum = 0;
    for (size_t i = 0; i < size_; ++i) {
      sum += double(vectors_[first][i]) * double(vectors_[second][i]);
    }
    double cosine = sum / length;
    bool likest = cosine >= at_least_ && cosine > likest_[second].cosine;
    if (likest) likest_[second] = {first, second, cosine};
  }

  void keep(size_t i) {
    size_t place = kept_.size() % kPanel;
    if (place == 0) panels_.emplace_back(kPanel * size_);
    write_unit(vectors_[i], lengths_[i], panels_.back().data() + place, kPanel);
    kept_.push_back(i);
  }

  const Vectors& vectors_;
  std::vector<double> lengths_;
  size_t size_;
  double at_least_;
  std::vector<VectorPair> likest_;  // with a cosine of 0: none
  std::vector<size_t> kept_;
  std::vector<std::vector<float>> panels_;  // of those that are kept
};

bool have_one_size(const Vectors& vectors) {
  return std::all_of(vectors.begin(), vectors.end(), [&](const auto& vector) {
    return vector.size() == vectors[0].size();
  });
}

}  // namespace

std::vector<VectorPair> like_vectors(const Vectors& vectors, double at_least) {
  assert(have_one_size(vectors) && at_least > 0);
  if (vectors.empty() || vectors[0].empty()) return {};
  return Search(vectors, at_least).pairs();
}

}  // namespace simulate
