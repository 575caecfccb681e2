#include "simulator/metrics/diverse_selection.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "simulator/base/random.h"
#include "simulator/base/text.h"

namespace simulate {
namespace {

std::string numbers(const Selection& selection) {
  std::vector<std::string> parts;
  for (const Selected& selected : selection.chosen) {
    parts.push_back(std::to_string(selected.number));
  }
  return joined(parts, " ");
}

std::string reasons(const Selection& selection) {
  std::vector<std::string> lines;
  for (const PassedOver& passed_over : selection.passed_over) {
    lines.push_back(std::to_string(passed_over.number) + ": " +
                    told(passed_over));
  }
  return joined(lines, "\n");
}

TEST(DiverseSelection, OfNoneAndOfAll) {
  EXPECT_EQ(numbers(select_diverse({}, 3)), "");
  std::vector<Choosable> two = {{1, 0.5, {7}}, {2, 0.9, {}}};
  EXPECT_EQ(numbers(select_diverse(two, 0)), "");
  EXPECT_EQ(reasons(select_diverse(two, 0)), "");
  EXPECT_EQ(numbers(select_diverse(two, 9)), "1 2");
  EXPECT_EQ(reasons(select_diverse(two, 9)), "");
}

TEST(DiverseSelection, TakesTheBestOfThoseThatAreEquallyNew) {
  std::vector<Choosable> candidates = {
      {1, 0.4, {1, 2}}, {2, 0.9, {3, 4}}, {3, 0.6, {5, 6}}};
  Selection selection = select_diverse(candidates, 2);
  EXPECT_EQ(numbers(selection), "2 3");
  EXPECT_DOUBLE_EQ(selection.chosen[0].novelty, 1);
  EXPECT_DOUBLE_EQ(selection.chosen[1].quality, 0.6);
  EXPECT_EQ(reasons(selection),
            "1: quality 0.40, below the last chosen (0.60)");
}

TEST(DiverseSelection, PassesOverWhatIsCovered) {
  std::vector<Choosable> candidates = {{12, 0.9, {1, 2, 3, 4}},
                                       {13, 0.8, {1, 2, 3, 4}},
                                       {14, 0.7, {5, 6, 7, 8}},
                                       {15, 0.7, {2, 3, 4, 9}}};
  Selection selection = select_diverse(candidates, 2);
  EXPECT_EQ(numbers(selection), "12 14");
  EXPECT_EQ(
      reasons(selection),
      "13: adds less than the last chosen (number 12 and others have 1.00 of "
      "its features)\n"
      "15: adds less than the last chosen (number 12 and others have 0.75 of "
      "its features)");
  EXPECT_EQ(selection.passed_over[0].instead, 12);
}

TEST(DiverseSelection, SaysWhenOneHasFewFeatures) {
  std::vector<Choosable> candidates = {{1, 0.9, {1, 2, 3, 4, 5, 6, 7, 8}},
                                       {2, 0.9, {9}}};
  EXPECT_EQ(reasons(select_diverse(candidates, 1)),
            "2: quality 0.90 and 1 feature, adds less than the last chosen");
}

TEST(DiverseSelection, CountsAFeatureOnce) {
  std::vector<Choosable> candidates = {
      {1, 0.5, {3, 3, 3, 3}}, {2, 0.6, {4, 4}}, {3, 0.4, {4, 3}}};
  EXPECT_EQ(numbers(select_diverse(candidates, 1)), "3");
}

// What the header says that a selection is worth.
double worth(const std::vector<Choosable>& chosen) {
  std::map<uint64_t, double> masses;
  for (const Choosable& each : chosen) {
    for (uint64_t feature : each.features) {
      masses[feature] += each.quality / double(each.features.size());
    }
  }
  double sum = 0;
  for (const auto& [feature, mass] : masses) sum += std::log1p(10 * mass);
  return sum;
}

std::vector<Choosable> random_candidates(int count) {
  Random random(9);
  std::vector<Choosable> candidates;
  for (int number = 0; number < count; ++number) {
    Choosable candidate{number, random.fraction(), {}};
    for (uint64_t feature = 0; feature < 30; ++feature) {
      if (random.chance(0.3)) candidate.features.push_back(feature);
    }
    if (!candidate.features.empty()) candidates.push_back(candidate);
  }
  return candidates;
}

TEST(DiverseSelection, TakesWhatAddsMostEachTime) {
  std::vector<Choosable> candidates = random_candidates(200);
  Selection selection = select_diverse(candidates, 40);
  std::vector<Choosable> chosen;
  for (const Selected& selected : selection.chosen) {
    double best = 0, taken = 0;
    for (const Choosable& candidate : candidates) {
      chosen.push_back(candidate);
      double now = worth(chosen);
      chosen.pop_back();
      best = std::max(best, now);
      if (candidate.number == selected.number) taken = now;
    }
    EXPECT_NEAR(taken, best, 1e-9);
    auto found = std::find_if(
        candidates.begin(), candidates.end(),
        [&](const Choosable& c) { return c.number == selected.number; });
    chosen.push_back(*found);
    candidates.erase(found);
  }
  EXPECT_EQ(chosen.size(), 40u);
}

TEST(DiverseSelection, SaysOfEachWhyItWasNotChosen) {
  std::vector<Choosable> candidates = random_candidates(300);
  Selection selection = select_diverse(candidates, 20);
  EXPECT_EQ(selection.chosen.size() + selection.passed_over.size(),
            candidates.size());
  for (const PassedOver& passed_over : selection.passed_over) {
    if (passed_over.why != WhyNot::quality) continue;
    EXPECT_LT(passed_over.quality, selection.chosen.back().quality);
    EXPECT_EQ(passed_over.instead, selection.chosen.back().number);
  }
}

}  // namespace
}  // namespace simulate
