#include "simulator/metrics/run_sets.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <deque>
#include <utility>

namespace simulate {

namespace {

// Floating point must not cost a pair that is exactly as like as is asked.
constexpr double kRounding = 1e-9;

size_t rounded_up(double value) {
  return static_cast<size_t>(std::ceil(value - kRounding));
}

constexpr size_t kMostCounters = size_t{1} << 28;  // a quarter of a GiB

// In how many sets a run is, up to 255: what is rare is to be told apart, and
// any order of the others will do. A few runs share a counter, which makes them
// look less rare and does no other harm.
class Rarity {
 public:
  explicit Rarity(size_t runs)
      : counts_(std::bit_ceil(std::min(2 * runs + 1, kMostCounters))) {}

  void count(const RunSet& set) {
    for (uint32_t i = 0; i < set.size; ++i) {
      uint8_t& count = counts_[set.begin[i] & (counts_.size() - 1)];
      if (count != UINT8_MAX) ++count;
    }
  }

  uint8_t of(uint64_t run) const { return counts_[run & (counts_.size() - 1)]; }

 private:
  std::vector<uint8_t> counts_;
};

// Sets of about the same size, within a hundredth, are of one class.
uint32_t size_class(double size) {
  return size < 1 ? 0 : static_cast<uint32_t>(std::log2(size) * 64);
}

// Where a run is among the rare ones of the sets that stay, by the class of
// their size: whole classes need not be looked at, which matters when many
// texts are of one template.
class PrefixIndex {
 public:
  struct Place {
    uint64_t key = 0;
    uint32_t set = 0;
    uint32_t position = 0;  // in the order of rarity
    uint32_t next = 0;
  };

  explicit PrefixIndex(size_t runs)
      : heads_(std::bit_ceil(runs / 4 + 1), kNoSet) {}

  void add(uint64_t run, uint32_t size_class, uint32_t set, uint32_t position) {
    uint64_t key = key_of(run, size_class);
    uint32_t& head = head_of(key);
    places_.push_back({key, set, position, head});
    head = static_cast<uint32_t>(places_.size() - 1);
  }

  template <class Visit>
  void visit(uint64_t run, uint32_t size_class, Visit visit) {
    uint64_t key = key_of(run, size_class);
    for (uint32_t at = head_of(key); at != kNoSet;) {
      const Place& place = places_[at];
      if (place.key == key) visit(place);
      at = place.next;
    }
  }

 private:
  static uint64_t key_of(uint64_t run, uint32_t size_class) {
    return run + size_class * 0x9E3779B97F4A7C15u;
  }

  uint32_t& head_of(uint64_t key) {
    return heads_[(key >> 20) & (heads_.size() - 1)];
  }

  std::vector<uint32_t> heads_;
  std::deque<Place> places_;  // never copied to grow
};

// What two sets have in common; gives up with 0 when it cannot be `needed`.
size_t common(const RunSet& one, const RunSet& other, size_t needed) {
  size_t i = 0, j = 0, found = 0;
  while (i < one.size && j < other.size) {
    if (found + std::min(one.size - i, other.size - j) < needed) return 0;
    uint64_t a = one.begin[i], b = other.begin[j];
    found += a == b;
    i += a <= b;
    j += b <= a;
  }
  return found;
}

class Join {
 public:
  Join(const std::vector<RunSet>& sets, size_t runs, double at_least)
      : sets_(sets),
        at_least_(at_least),
        rarity_(runs),
        index_(runs),
        looked_at_for_(sets.size(), kNoSet) {
    for (const RunSet& set : sets) rarity_.count(set);
  }

  LikeSet likest_of(uint32_t number) {
    order_by_rarity(number);
    candidates_.clear();
    for (uint32_t position = 0; position < prefix_.size(); ++position) {
      find_candidates(number, position);
    }
    LikeSet likest{kNoSet, 0};
    for (uint32_t candidate : candidates_) {
      double likeness = likeness_of(sets_[number], sets_[candidate]);
      bool better = likeness > likest.likeness ||
                    (likeness == likest.likeness && candidate < likest.set);
      if (likeness > 0 && better) likest = {candidate, likeness};
    }
    return likest;
  }

  // The one that was last looked for stays.
  void keep(uint32_t number) {
    uint32_t of_size = size_class(sets_[number].size);
    for (uint32_t position = 0; position < prefix_.size(); ++position) {
      auto [count, run] = prefix_[position];
      if (count > 1) index_.add(run, of_size, number, position);
    }
  }

 private:
  void order_by_rarity(uint32_t number) {
    const RunSet& set = sets_[number];
    prefix_.clear();
    for (uint32_t i = 0; i < set.size; ++i) {
      prefix_.emplace_back(rarity_.of(set.begin[i]), set.begin[i]);
    }
    size_t length = set.size - rounded_up(at_least_ * set.size) + 1;
    auto end = prefix_.begin() +
               static_cast<ptrdiff_t>(std::min<size_t>(length, set.size));
    std::partial_sort(prefix_.begin(), end, prefix_.end());
    prefix_.erase(end, prefix_.end());
  }

  void find_candidates(uint32_t number, uint32_t position) {
    auto [count, run] = prefix_[position];
    if (count < 2) return;  // it is in this set alone
    double size = sets_[number].size;
    double behind = size - position;
    // So large that `needed` of both is still behind.
    double largest =
        std::min(size / at_least_, behind * (1 + at_least_) / at_least_ - size);
    uint32_t last = size_class(largest + kRounding);
    uint32_t first = size_class(at_least_ * size - kRounding);
    for (uint32_t of_size = first; of_size <= last; ++of_size) {
      index_.visit(run, of_size, [&](const PrefixIndex::Place& place) {
        add_candidate(number, sets_[number].size - position, place);
      });
    }
  }

  void add_candidate(uint32_t number, uint32_t behind,
                     const PrefixIndex::Place& place) {
    if (looked_at_for_[place.set] == number) return;
    const RunSet& other = sets_[place.set];
    uint32_t most = std::min(behind, other.size - place.position);
    if (most < needed(sets_[number], other)) return;
    looked_at_for_[place.set] = number;
    candidates_.push_back(place.set);
  }

  // How many they must have in common.
  size_t needed(const RunSet& one, const RunSet& other) const {
    double both = static_cast<double>(one.size) + other.size;
    return rounded_up(at_least_ / (1 + at_least_) * both);
  }

  double likeness_of(const RunSet& one, const RunSet& other) const {
    size_t shared = common(one, other, needed(one, other));
    double both = static_cast<double>(one.size) + other.size;
    double likeness = double(shared) / (both - double(shared));
    return likeness + kRounding < at_least_ ? 0 : likeness;
  }

  const std::vector<RunSet>& sets_;
  double at_least_;
  Rarity rarity_;
  PrefixIndex index_;
  std::vector<uint32_t> looked_at_for_;
  std::vector<std::pair<uint8_t, uint64_t>> prefix_;  // how rare, and the run
  std::vector<uint32_t> candidates_;
};

}  // namespace

void RunSets::add(const std::vector<uint64_t>& runs) {
  uint64_t* begin = room_for(runs.size());
  uint64_t* end = std::copy(runs.begin(), runs.end(), begin);
  std::sort(begin, end);
  end = std::unique(begin, end);
  sets_.push_back({begin, static_cast<uint32_t>(end - begin)});
  runs_ += sets_.back().size;
}

uint64_t* RunSets::room_for(size_t runs) {
  constexpr size_t kChunk = size_t{1} << 19;
  bool fits = !chunks_.empty() &&
              chunks_.back().capacity() - chunks_.back().size() >= runs;
  if (!fits) {
    chunks_.emplace_back();
    chunks_.back().reserve(std::max(kChunk, runs));
  }
  std::vector<uint64_t>& chunk = chunks_.back();
  chunk.resize(chunk.size() + runs);
  return chunk.data() + chunk.size() - runs;
}

std::vector<LikeSet> RunSets::like_earlier(
    double at_least, const std::vector<bool>& passed) const {
  std::vector<LikeSet> found(sets_.size(), LikeSet{kNoSet, 0});
  Join join(sets_, runs_, at_least);
  for (uint32_t number = 0; number < size(); ++number) {
    if (passed[number] || sets_[number].size == 0) continue;
    found[number] = join.likest_of(number);
    if (found[number].set == kNoSet) join.keep(number);
  }
  return found;
}

}  // namespace simulate
