// The best of many by quality and diversity, and why the others are not among
// them. Pure and deterministic.
//
// What a selection is worth is the sum, over all features, of
// log(1 + kGenerosity * sum of quality / features of those that have it): a
// feature counts less each time, and a candidate's length hardly counts
// (feature-based submodular selection: Kirchhoff and Bilmes 2014,
// "Submodularity for Data Selection in Statistical Machine Translation", after
// Lin and Bilmes 2011). It is monotone and submodular, so always taking what
// adds most is worth at least 63 % of the best (Nemhauser, Wolsey and Fisher
// 1978); a gain is only computed again when it may be the greatest (Minoux
// 1978). Tested by tests/metrics/diverse_selection_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace simulate {

struct Candidate {
  int64_t number = 0;
  double quality = 0;              // 0 to 1
  std::vector<uint64_t> features;  // hashes of words, phrases, labels
};

struct Selected {
  int64_t number = 0;
  double quality = 0;
  double novelty = 0;  // 0 to 1: of what it could add, what it did add
};

enum class WhyNot { quality, covered };

struct PassedOver {
  int64_t number = 0;
  WhyNot why = WhyNot::quality;
  // The last chosen one; of a covered one, who has most of its features.
  int64_t instead = 0;
  double quality = 0;
  double covered = 0;          // share of its features that chosen ones have
  double instead_quality = 0;  // of `instead`
};

struct Selection {
  std::vector<Selected> chosen;         // in the order in which they were
  std::vector<PassedOver> passed_over;  // in the candidates' order
};

// `most` of them; of equals the earlier.
Selection select_diverse(const std::vector<Candidate>& candidates, size_t most);

// "quality 0.41, below 0.63 of the last chosen", "covered by number 12 and
// others (share of its features already chosen 0.97)".
std::string told(const PassedOver& passed_over);

}  // namespace simulate
