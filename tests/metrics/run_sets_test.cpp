#include "simulator/metrics/run_sets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "simulator/base/random.h"
#include "simulator/base/text.h"

namespace simulate {
namespace {

using Sets = std::vector<std::vector<uint64_t>>;

// "0<2 0.80, 1<3 1.00"
std::string told(const std::vector<LikeSet>& like) {
  std::vector<std::string> parts;
  for (size_t i = 0; i < like.size(); ++i) {
    if (like[i].set == kNoSet) continue;
    parts.push_back(std::to_string(like[i].set) + "<" + std::to_string(i) +
                    " " + std::to_string(like[i].likeness).substr(0, 4));
  }
  return joined(parts, ", ");
}

std::string like(const Sets& sets, double at_least,
                 std::vector<bool> passed = {}) {
  RunSets all;
  for (const auto& set : sets) all.add(set);
  passed.resize(sets.size());
  return told(all.like_earlier(at_least, passed));
}

TEST(RunSets, AreLikeByWhatTheyShareOfWhatBothHave) {
  Sets sets = {{1, 2, 3, 4}, {5, 6}, {3, 2, 1, 4, 9, 9}, {1, 2, 7, 8}};
  EXPECT_EQ(like(sets, 0.8), "0<2 0.80");
  EXPECT_EQ(like(sets, 0.81), "");
  EXPECT_EQ(like(sets, 0.3), "0<2 0.80, 0<3 0.33");
  EXPECT_EQ(like({}, 0.8), "");
}

TEST(RunSets, AreUnlikeWhenTheyAreEmpty) {
  EXPECT_EQ(like({{}, {}, {1}, {}}, 0.1), "");
}

TEST(RunSets, PassOverThoseThatNeedNotBeLookedAt) {
  Sets same = {{1, 2}, {1, 2}, {1, 2}};
  EXPECT_EQ(like(same, 0.8), "0<1 1.00, 0<2 1.00");
  EXPECT_EQ(like(same, 0.8, {true, false, false}), "1<2 1.00");
  EXPECT_EQ(like(same, 0.8, {false, true, false}), "0<2 1.00");
}

std::string like_by_brute_force(Sets sets, double at_least) {
  std::vector<LikeSet> found(sets.size(), LikeSet{kNoSet, 0});
  for (auto& set : sets) {
    std::sort(set.begin(), set.end());
    set.erase(std::unique(set.begin(), set.end()), set.end());
  }
  for (uint32_t i = 0; i < sets.size(); ++i) {
    for (uint32_t j = 0; j < i; ++j) {
      if (found[j].set != kNoSet || sets[i].empty()) continue;
      std::vector<uint64_t> both;
      std::set_intersection(sets[i].begin(), sets[i].end(), sets[j].begin(),
                            sets[j].end(), std::back_inserter(both));
      double all = double(sets[i].size() + sets[j].size() - both.size());
      double likeness = double(both.size()) / all;
      if (likeness >= at_least && likeness > found[i].likeness) {
        found[i] = {j, likeness};
      }
    }
  }
  return told(found);
}

// Of few elements, so that nothing is rare, and of sizes that differ much.
TEST(RunSets, AreFoundAsComparingAllFindsThem) {
  for (double at_least : {0.05, 0.25, 0.5, 0.75, 0.8, 0.95, 1.0}) {
    Random random(static_cast<uint64_t>(at_least * 1000));
    Sets sets;
    for (int i = 0; i < 400; ++i) {
      uint64_t elements = 1 + random.below(random.chance(0.5) ? 12 : 80);
      std::vector<uint64_t> set(random.below(60));
      for (uint64_t& element : set) {
        element = Random(random.below(elements)).next();
      }
      if (i > 10 && random.chance(0.3)) {
        set = random.pick(sets);
        set.push_back(random.next());
      }
      sets.push_back(set);
    }
    EXPECT_EQ(like(sets, at_least), like_by_brute_force(sets, at_least));
  }
}

}  // namespace
}  // namespace simulate
