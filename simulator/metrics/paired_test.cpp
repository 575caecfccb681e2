#include "simulator/metrics/paired_test.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

#include "simulator/base/random.h"

namespace simulate {

namespace {

constexpr size_t kExactPairs = 16;

size_t repetitions(size_t pairs) {
  constexpr size_t kDraws = 100'000'000;
  return std::clamp<size_t>(kDraws / pairs, 1'000, 10'000);
}

double sum_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

void set_interval(PairedTest& test, const std::vector<double>& differences,
                  Random random) {
  size_t count = differences.size();
  std::vector<double> means(repetitions(count));
  for (double& mean : means) {
    double sum = 0;
    for (size_t i = 0; i < count; ++i) sum += differences[random.below(count)];
    mean = sum / static_cast<double>(count);
  }
  std::sort(means.begin(), means.end());
  size_t tail = means.size() / 40;  // 2.5 %
  test.low = means[tail];
  test.high = means[means.size() - 1 - tail];
}

// Those whose bit is set change their sign.
double flipped_sum(const double* differences, size_t count, uint64_t signs) {
  double sum = 0;
  for (size_t i = 0; i < count; ++i) {
    sum += (signs >> i) & 1 ? -differences[i] : differences[i];
  }
  return sum;
}

double exact_p(const std::vector<double>& differences, double at_least) {
  uint64_t all = uint64_t{1} << differences.size();
  uint64_t as_large = 0;
  for (uint64_t signs = 0; signs < all; ++signs) {
    double sum = flipped_sum(differences.data(), differences.size(), signs);
    as_large += std::abs(sum) >= at_least;
  }
  return static_cast<double>(as_large) / static_cast<double>(all);
}

double random_p(const std::vector<double>& differences, double at_least,
                Random random) {
  size_t ways = repetitions(differences.size());
  size_t as_large = 1;
  for (size_t i = 0; i < ways; ++i) {
    double sum = 0;
    for (size_t begin = 0; begin < differences.size(); begin += 64) {
      size_t count = std::min<size_t>(64, differences.size() - begin);
      sum += flipped_sum(&differences[begin], count, random.next());
    }
    as_large += std::abs(sum) >= at_least;
  }
  return static_cast<double>(as_large) / static_cast<double>(ways + 1);
}

double p_of(std::vector<double> differences, Random random) {
  std::erase(differences, 0);
  double all = 0;
  for (double difference : differences) all += std::abs(difference);
  // The same numbers added in another order differ in their last digits.
  double at_least = std::abs(sum_of(differences)) - 1e-9 * all;
  return differences.size() <= kExactPairs
             ? exact_p(differences, at_least)
             : random_p(differences, at_least, random);
}

}  // namespace

PairedTest paired_test(const std::vector<double>& a,
                       const std::vector<double>& b, uint64_t seed) {
  assert(a.size() == b.size());
  PairedTest test;
  if (a.empty()) return test;
  std::vector<double> differences(a.size());
  for (size_t i = 0; i < a.size(); ++i) differences[i] = b[i] - a[i];
  test.pairs = static_cast<int64_t>(a.size());
  test.mean_difference = sum_of(differences) / static_cast<double>(a.size());
  set_interval(test, differences, Random(seed_for(seed, "interval")));
  test.p = p_of(std::move(differences), Random(seed_for(seed, "p")));
  return test;
}

Share share_of(int64_t hits, int64_t all) {
  if (all <= 0) return {};
  constexpr double z = 1.959963984540054;
  double n = static_cast<double>(all);
  double value = static_cast<double>(hits) / n;
  double middle = (value + z * z / (2 * n)) / (1 + z * z / n);
  double reach = z / (1 + z * z / n) *
                 std::sqrt(value * (1 - value) / n + z * z / (4 * n * n));
  return {value, hits == 0 ? 0 : middle - reach,
          hits == all ? 1 : middle + reach};
}

}  // namespace simulate
