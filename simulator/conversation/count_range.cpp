#include "simulator/conversation/count_range.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>
#include <string>

namespace simulate {

namespace {

// How often each count comes, from 1 on; what is above is as rare as the last.
constexpr std::array kTurns = {9, 16, 20, 15, 11, 8, 6, 5, 5, 3, 1, 1};
constexpr std::array kSessions = {6, 8, 11, 14, 18, 16, 14, 13};

using Weights = std::span<const int>;

int weight_of(Weights weights, int count) {
  auto last = static_cast<int>(weights.size());
  return weights[static_cast<size_t>(std::min(count, last) - 1)];
}

int64_t weight_of(Weights weights, CountRange range) {
  int64_t all = 0;
  for (int count = range.fewest; count <= range.most; ++count) {
    all += weight_of(weights, count);
  }
  return all;
}

// The count that stands at `weight`, of the range's whole weight.
int count_at(Weights weights, CountRange range, int64_t weight) {
  int count = range.fewest;
  while ((weight -= weight_of(weights, count)) >= 0) ++count;
  return count;
}

double mean(Weights weights, CountRange range) {
  double sum = 0;
  for (int count = range.fewest; count <= range.most; ++count) {
    sum += static_cast<double>(count) * weight_of(weights, count);
  }
  return sum / static_cast<double>(weight_of(weights, range));
}

}  // namespace

int drawn_turns(CountRange range, Random& random) {
  auto all = static_cast<uint64_t>(weight_of(kTurns, range));
  return count_at(kTurns, range, static_cast<int64_t>(random.below(all)));
}

int drawn_sessions(CountRange range, uint64_t seed, int64_t nth) {
  std::array<int64_t, kSessionCards> cards;
  std::iota(cards.begin(), cards.end(), int64_t{0});
  Random random(seed_for(seed, "deck " + std::to_string(nth / kSessionCards)));
  shuffle(cards, random);
  int64_t card = cards[static_cast<size_t>(nth % kSessionCards)];
  // The middle of its share of the whole.
  int64_t at =
      weight_of(kSessions, range) * (2 * card + 1) / (2 * kSessionCards);
  return count_at(kSessions, range, at);
}

double mean_turns(CountRange range) { return mean(kTurns, range); }

double mean_sessions(CountRange range) { return mean(kSessions, range); }

}  // namespace simulate
