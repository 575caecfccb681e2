#include "simulator/metrics/diverse_selection.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <queue>
#include <unordered_map>
#include <utility>

#include "simulator/base/text.h"

namespace simulate {

namespace {

// How much quality a feature can take before it counts half: of a text of 60
// features about six good ones.
constexpr double kGenerosity = 10;

constexpr uint32_t kNobody = UINT32_MAX;

// A feature, and what the chosen ones have put into it.
struct Feature {
  double mass = 0;
  uint32_t first = kNobody;  // who had it first
};

// The features that more than one candidate has, rising. What one alone has is
// never covered by another, and needs no place: of phrases most are such.
std::vector<uint64_t> shared_features(
    const std::vector<Choosable>& candidates) {
  std::vector<uint64_t> all;
  size_t count = 0;
  for (const Choosable& each : candidates) count += each.features.size();
  all.reserve(count);
  for (const Choosable& each : candidates) {
    auto begin =
        all.insert(all.end(), each.features.begin(), each.features.end());
    std::sort(begin, all.end());
    all.erase(std::unique(begin, all.end()), all.end());
  }
  std::sort(all.begin(), all.end());
  size_t kept = 0;
  for (size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    while (end < all.size() && all[end] == all[begin]) ++end;
    if (end - begin > 1) all[kept++] = all[begin];
  }
  all.resize(kept);
  return all;
}

// Candidates, and what has been chosen of them.
class Pool {
 public:
  explicit Pool(const std::vector<Choosable>& candidates)
      : candidates_(candidates) {
    std::vector<uint64_t> shared = shared_features(candidates);
    features_.resize(shared.size());
    begins_.push_back(0);
    for (const Choosable& candidate : candidates) {
      add(candidate.features, shared);
    }
  }

  size_t size() const { return candidates_.size(); }
  double quality(uint32_t i) const { return candidates_[i].quality; }

  // What choosing it adds.
  double gain(uint32_t i) const {
    double mass = mass_of(i);
    double sum = double(own_[i]) * std::log1p(mass);
    for_features(i, [&](const Feature& feature) {
      sum += std::log1p(mass / (1 + feature.mass));
    });
    return sum;
  }

  // The same if nothing were chosen.
  double first_gain(uint32_t i) const {
    return double(feature_count(i)) * std::log1p(mass_of(i));
  }

  // Of what it could have added, what it adds.
  double novelty(uint32_t i) const {
    double first = first_gain(i);
    return first > 0 ? gain(i) / first : 0;
  }

  void choose(uint32_t i) {
    double mass = mass_of(i);
    for (size_t at = begins_[i]; at < begins_[i + 1]; ++at) {
      Feature& feature = features_[numbers_[at]];
      feature.mass += mass;
      if (feature.first == kNobody) feature.first = i;
    }
  }

  // 1 of one without features: nothing of it is missing.
  double covered(uint32_t i) const {
    size_t covered = 0;
    for_features(i, [&](const Feature& feature) {
      covered += feature.first != kNobody;
    });
    size_t all = feature_count(i);
    return all == 0 ? 1 : double(covered) / double(all);
  }

  // The chosen one that was the first to have most of its features.
  uint32_t coverer(uint32_t i) const {
    std::unordered_map<uint32_t, size_t> shared;
    for_features(i, [&](const Feature& feature) {
      if (feature.first != kNobody) ++shared[feature.first];
    });
    uint32_t best = kNobody;
    for (const auto& [chosen, count] : shared) {
      bool more = best == kNobody || count > shared[best] ||
                  (count == shared[best] && chosen < best);
      if (more) best = chosen;
    }
    return best;
  }

  size_t feature_count(uint32_t i) const {
    return begins_[i + 1] - begins_[i] + own_[i];
  }

 private:
  void add(std::vector<uint64_t> features,
           const std::vector<uint64_t>& shared) {
    std::sort(features.begin(), features.end());
    features.erase(std::unique(features.begin(), features.end()),
                   features.end());
    for (uint64_t feature : features) {
      auto found = std::lower_bound(shared.begin(), shared.end(), feature);
      if (found == shared.end() || *found != feature) continue;
      numbers_.push_back(static_cast<uint32_t>(found - shared.begin()));
    }
    own_.push_back(static_cast<uint32_t>(features.size() -
                                         (numbers_.size() - begins_.back())));
    begins_.push_back(numbers_.size());
  }

  double mass_of(uint32_t i) const {
    double quality = std::clamp(candidates_[i].quality, 0.0, 1.0);
    return kGenerosity * quality /
           double(std::max<size_t>(feature_count(i), 1));
  }

  template <class Visit>
  void for_features(uint32_t i, Visit visit) const {
    for (size_t at = begins_[i]; at < begins_[i + 1]; ++at) {
      visit(features_[numbers_[at]]);
    }
  }

  const std::vector<Choosable>& candidates_;
  std::vector<Feature> features_;  // shared ones
  std::vector<uint32_t> numbers_;  // candidate by candidate, those it has
  std::vector<size_t> begins_;     // of its numbers
  std::vector<uint32_t> own_;      // how many it has alone
};

struct Offer {
  double gain = 0;
  double quality = 0;
  uint32_t candidate = 0;

  bool operator<(const Offer& other) const {
    if (gain != other.gain) return gain < other.gain;
    if (quality != other.quality) return quality < other.quality;
    return candidate > other.candidate;
  }
};

struct Choice {
  uint32_t candidate = 0;
  double novelty = 0;
};

// A gain never grows, so the greatest old one that is still the greatest when
// it is computed anew is the greatest of all.
std::vector<Choice> choose_greedily(Pool& pool, size_t most) {
  std::vector<Offer> offers;
  for (uint32_t i = 0; i < pool.size(); ++i) {
    offers.push_back({pool.first_gain(i), pool.quality(i), i});
  }
  std::priority_queue<Offer> queue({}, std::move(offers));
  std::vector<Choice> chosen;
  while (chosen.size() < most && !queue.empty()) {
    Offer offer = queue.top();
    queue.pop();
    offer.gain = pool.gain(offer.candidate);
    if (!queue.empty() && offer < queue.top()) {
      queue.push(offer);
      continue;
    }
    chosen.push_back({offer.candidate, pool.novelty(offer.candidate)});
    pool.choose(offer.candidate);
  }
  return chosen;
}

WhyNot why_not(const Pool& pool, uint32_t i, const Choice& last) {
  double quality = pool.quality(i), novelty = pool.novelty(i);
  double last_quality = pool.quality(last.candidate);
  bool worse = quality < last_quality;
  bool covered = novelty < last.novelty && pool.coverer(i) != kNobody;
  // What is missing more, as shares: quality * last novelty < novelty * last
  // quality.
  if (worse && covered) {
    covered = novelty * last_quality < quality * last.novelty;
  }
  if (covered) return WhyNot::covered;
  return worse ? WhyNot::quality : WhyNot::few_features;
}

std::string two_digits(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

}  // namespace

Selection select_diverse(const std::vector<Choosable>& candidates,
                         size_t most) {
  Pool pool(candidates);
  Selection selection;
  std::vector<Choice> chosen = choose_greedily(pool, most);
  std::vector<bool> is_chosen(candidates.size());
  for (const Choice& choice : chosen) {
    const Choosable& candidate = candidates[choice.candidate];
    is_chosen[choice.candidate] = true;
    selection.chosen.push_back(
        {candidate.number, candidate.quality, choice.novelty});
  }
  if (chosen.empty()) return selection;
  for (uint32_t i = 0; i < candidates.size(); ++i) {
    if (is_chosen[i]) continue;
    WhyNot why = why_not(pool, i, chosen.back());
    const Choosable& instead =
        candidates[why == WhyNot::covered ? pool.coverer(i)
                                          : chosen.back().candidate];
    selection.passed_over.push_back({candidates[i].number, why, instead.number,
                                     candidates[i].quality, instead.quality,
                                     pool.covered(i), pool.feature_count(i)});
  }
  return selection;
}

std::string told(const PassedOver& passed_over) {
  std::string quality = "quality " + two_digits(passed_over.quality);
  switch (passed_over.why) {
    case WhyNot::quality:
      return quality + ", below the last chosen (" +
             two_digits(passed_over.instead_quality) + ")";
    case WhyNot::covered:
      return "adds less than the last chosen (number " +
             std::to_string(passed_over.instead) + " and others have " +
             two_digits(passed_over.covered) + " of its features)";
    case WhyNot::few_features:
      break;
  }
  return quality + " and " + counted(int64_t(passed_over.features), "feature") +
         ", adds less than the last chosen";
}

}  // namespace simulate
