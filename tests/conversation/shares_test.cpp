#include "simulator/conversation/shares.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace simulate {
namespace {

const std::vector<Candidate> kThree = {
    {"often", 70}, {"seldom", 25}, {"rarely", 5}};

// Draws and keeps; `succeeds` says of a value whether it comes out.
template <class Succeeds>
Shares after(int draws, const std::vector<Candidate>& candidates,
             Succeeds succeeds) {
  Shares shares;
  for (int i = 0; i < draws; ++i) {
    Random random(static_cast<uint64_t>(i));
    ShareCount& count =
        shares.count("axis", shares.most_wanted("axis", candidates, random));
    ++count.done;
    if (!succeeds(random)) continue;
    ++count.succeeded;
    ++count.kept;
  }
  return shares;
}

bool always(Random&) { return true; }

TEST(Shares, AreMetInAnyPrefix) {
  for (int draws : {20, 100, 1000}) {
    Shares shares = after(draws, kThree, always);
    for (const Candidate& one : kThree) {
      double wanted = one.share / 100 * draws;
      auto kept = static_cast<double>(shares.count("axis", one.value).kept);
      EXPECT_NEAR(kept, wanted, 1.5) << one.value << " of " << draws;
    }
  }
}

TEST(Shares, MakeUpForWhatDidNotComeOut) {
  Shares shares;
  std::map<std::string, int64_t> kept;
  for (uint64_t i = 0; i < 2000; ++i) {
    Random random(i);
    std::string value = shares.most_wanted("axis", kThree, random);
    ShareCount& count = shares.count("axis", value);
    ++count.done;
    if (value == "seldom" && random.chance(0.4)) continue;
    ++count.succeeded;
    ++count.kept;
    ++kept[value];
  }
  auto all =
      static_cast<double>(kept["often"] + kept["seldom"] + kept["rarely"]);
  EXPECT_NEAR(static_cast<double>(kept["seldom"]) / all, 0.25, 0.02);
  EXPECT_GT(shares.count("axis", "seldom").done, 600);
}

TEST(Shares, CountWhatIsOpenByHowOftenItSucceeds) {
  Shares shares;
  shares.count("axis", "often") = {7, 10, 10, 10};
  shares.count("axis", "seldom") = {4, 10, 5, 5};
  Random random(1);
  EXPECT_EQ(shares.most_wanted("axis", {{"often", 50}, {"seldom", 50}}, random),
            "seldom")
      << "of its four that are open two will come out";
}

TEST(Shares, GiveUpOnWhatHardlyEverComesOut) {
  Shares shares;
  for (uint64_t i = 0; i < 1000; ++i) {
    Random random(i);
    std::string value = shares.most_wanted("axis", kThree, random);
    ShareCount& count = shares.count("axis", value);
    ++count.done;
    if (value == "seldom" && !random.chance(0.1)) continue;
    ++count.succeeded;
    ++count.kept;
  }
  EXPECT_TRUE(shares.count("axis", "seldom").is_hopeless());
  EXPECT_NEAR(static_cast<double>(shares.count("axis", "seldom").done), 250, 20)
      << "as often as its share says, and not to make up";
  std::vector<std::string> complaints = shares.complaints("axis");
  ASSERT_EQ(complaints.size(), 1u);
  EXPECT_TRUE(complaints[0].starts_with("axis seldom took place in "));
}

// Of twenty, one comes out every third time: to make up for it, it would have
// to be drawn 545 times of 4,000.
TEST(Shares, DrawNothingMoreThanTwiceAsOftenAsItsShare) {
  std::vector<Candidate> twenty;
  for (int i = 0; i < 20; ++i) twenty.push_back({std::to_string(i), 1});
  Shares shares;
  for (uint64_t i = 0; i < 4000; ++i) {
    Random random(i);
    std::string value = shares.most_wanted("axis", twenty, random);
    ShareCount& count = shares.count("axis", value);
    ++count.done;
    if (value == "7" && count.done % 3 != 0) continue;
    ++count.succeeded;
    ++count.kept;
  }
  EXPECT_LE(shares.count("axis", "7").done, 402);
  EXPECT_GE(shares.count("axis", "7").done, 390);
}

TEST(Shares, DrawOnlyWhatIsPossible) {
  Shares shares;
  Random random(1);
  std::vector<Candidate> one = {{"often", 70, false}, {"rarely", 5, true}};
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(shares.most_wanted("axis", one, random), "rarely");
    ++shares.count("axis", "rarely").open;
  }
  EXPECT_EQ(shares.most_wanted("axis", {{"often", 70, false}}, random), "");
  EXPECT_EQ(shares.most_wanted("axis", {{"nothing", 0}}, random), "");
}

// Two axes of equal values would else always meet in the same pairs.
TEST(Shares, OfAxesDoNotGoInStep) {
  std::vector<Candidate> five;
  for (const char* value : {"a", "b", "c", "d", "e"})
    five.push_back({value, 1});
  Shares shares;
  std::set<std::string> pairs;
  for (uint64_t i = 0; i < 200; ++i) {
    std::string pair;
    for (const char* axis : {"mood", "style"}) {
      Random random(seed_for(i, axis));
      std::string value = shares.most_wanted(axis, five, random);
      ++shares.count(axis, value).kept;
      ++shares.count(axis, value).done;
      pair += value;
    }
    pairs.insert(pair);
  }
  EXPECT_EQ(pairs.size(), 25u);
}

}  // namespace
}  // namespace simulate
