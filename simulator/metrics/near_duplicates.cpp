#include "simulator/metrics/near_duplicates.h"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "simulator/metrics/measured_words.h"
#include "simulator/metrics/word_runs.h"

namespace simulate {

namespace {

std::vector<uint64_t> runs_of(std::string_view text) {
  std::vector<uint64_t> words = word_hashes(measured_words(text));
  return run_hashes(words, std::min(words.size(), NearDuplicates::kShingle));
}

using Hashes = std::vector<std::array<uint64_t, 2>>;

// For each the number of the first one of the same hashes.
std::vector<uint32_t> first_of_the_same(const Hashes& hashes) {
  std::vector<uint32_t> order(hashes.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](uint32_t one, uint32_t other) {
    return hashes[one] == hashes[other] ? one < other
                                        : hashes[one] < hashes[other];
  });
  std::vector<uint32_t> first(hashes.size());
  for (size_t i = 0; i < order.size(); ++i) {
    bool same = i > 0 && hashes[order[i]] == hashes[order[i - 1]];
    first[order[i]] = same ? first[order[i - 1]] : order[i];
  }
  return first;
}

}  // namespace

NearDuplicates::NearDuplicates(double at_least) : at_least_(at_least) {
  assert(at_least > 0 && at_least <= 1);
}

void NearDuplicates::add(int64_t number, std::string_view text) {
  assert(numbers_.empty() || numbers_.back() < number);
  numbers_.push_back(number);
  bytes_.push_back({text_hash(text, 1), text_hash(text, 2)});
  sets_.add(runs_of(text));
}

std::vector<DuplicatePair> NearDuplicates::pairs() const {
  std::vector<uint32_t> first = first_of_the_same(bytes_);
  std::vector<bool> exact(first.size());
  for (uint32_t i = 0; i < first.size(); ++i) exact[i] = first[i] != i;
  std::vector<LikeSet> like = sets_.like_earlier(at_least_, exact);
  std::vector<DuplicatePair> pairs;
  for (uint32_t i = 0; i < first.size(); ++i) {
    if (exact[i]) {
      pairs.push_back({numbers_[first[i]], numbers_[i], 1, true});
    } else if (like[i].set != kNoSet) {
      pairs.push_back(
          {numbers_[like[i].set], numbers_[i], like[i].likeness, false});
    }
  }
  return pairs;
}

}  // namespace simulate
