// Sets of runs of words, of many texts, and which earlier one each is like: a
// join of sets that misses none.
//
// Two sets of a Jaccard index of at least t have one of their rarest elements
// in common: of a set of n, of the n - ceil(t n) + 1 rarest ones (prefix
// filter: Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and Srikant 2007).
// Where in the order of rarity they first meet bounds what they can share
// (positional filter: Xiao et al. 2008). So sets are only compared when little
// else is possible, and what is rare in texts is mostly in one of them alone.
// MinHash with banding would miss some, and would compare all that share a
// template.
// Tested by tests/metrics/run_sets_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace simulate {

// A view of one.
struct RunSet {
  const uint64_t* begin = nullptr;  // rising
  uint32_t size = 0;
};

struct LikeSet {
  uint32_t set = 0;  // an earlier one
  double likeness = 0;
};

constexpr uint32_t kNoSet = UINT32_MAX;

class RunSets {
 public:
  // Of the runs of a text, by their hashes.
  void add(const std::vector<uint64_t>& runs);

  uint32_t size() const { return static_cast<uint32_t>(sets_.size()); }

  // For each set the likest earlier one, or kNoSet. Only those are looked at
  // that have none themselves; `passed[i]` are not looked at, nor looked for.
  std::vector<LikeSet> like_earlier(double at_least,
                                    const std::vector<bool>& passed) const;

 private:
  uint64_t* room_for(size_t runs);

  std::vector<RunSet> sets_;
  std::vector<std::vector<uint64_t>> chunks_;  // none ever grows: sets_ points
  size_t runs_ = 0;
};

}  // namespace simulate
