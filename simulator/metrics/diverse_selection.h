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

struct Choosable {
  int64_t number = 0;
  double quality = 0;              // 0 to 1
  std::vector<uint64_t> features;  // hashes of words, phrases, labels
};

struct Selected {
  int64_t number = 0;
  double quality = 0;
  double novelty = 0;  // 0 to 1: of what it could add, what it did add
};

// What kept one out, compared with the last that was chosen: it is worse; what
// it has is in others already; or it has few features.
enum class WhyNot { quality, covered, few_features };

struct PassedOver {
  int64_t number = 0;
  WhyNot why = WhyNot::quality;
  // The last chosen one; of a covered one, who was first to have most of its
  // features.
  int64_t instead = 0;
  double quality = 0;
  double instead_quality = 0;  // of `instead`
  double covered = 0;          // share of its features that chosen ones have
  size_t features = 0;
};

struct Selection {
  std::vector<Selected> chosen;         // in the order in which they were
  std::vector<PassedOver> passed_over;  // in the candidates' order
};

// `most` of them; of those that add the same the better, and then the earlier.
Selection select_diverse(const std::vector<Choosable>& candidates, size_t most);

// "quality 0.41, below the last chosen (0.63)", "adds less than the last chosen
// (number 12 and others have 0.97 of its features)".
std::string told(const PassedOver& passed_over);

}  // namespace simulate
