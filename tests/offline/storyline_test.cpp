#include "simulator/offline/storyline.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/offline/scripted_requests.h"

namespace simulate::offline {
namespace {

Storyline story(uint64_t seed, int session) {
  Json scene = tester_request(seed, session).scene;
  scene["storyline_seed"] = seed;
  return Storyline(scene);
}

TEST(Storyline, TellsEachFactInOneSessionOnly) {
  for (uint64_t seed = 0; seed < 50; ++seed) {
    std::multiset<std::string> told;
    for (int session = 1; session <= 3; ++session) {
      const Storyline now = story(seed, session);
      told.insert(now.facts().begin(), now.facts().end());
    }
    EXPECT_GE(told.size(), 6u);
    EXPECT_EQ(std::set<std::string>(told.begin(), told.end()).size(),
              told.size());
  }
}

// A session works out by itself what the earlier ones told.
TEST(Storyline, AsksOnlyAboutWhatAnEarlierSessionTold) {
  int asked = 0;
  for (uint64_t seed = 0; seed < 50; ++seed) {
    std::set<std::string> certain = {""};
    for (int session = 1; session <= 3; ++session) {
      Storyline now = story(seed, session);
      EXPECT_TRUE(certain.count(now.quiz().fact)) << now.quiz().fact;
      EXPECT_TRUE(certain.count(now.unwanted().fact)) << now.unwanted().fact;
      if (!now.quiz().hint.empty()) ++asked;
      if (!now.facts().empty()) certain.insert(now.facts().front());
    }
  }
  EXPECT_GT(asked, 30);
}

TEST(Storyline, NamesWhatItAsksAboutWithoutGivingItAway) {
  for (uint64_t seed = 0; seed < 50; ++seed) {
    const Told quiz = story(seed, 3).quiz();
    EXPECT_EQ(quiz.hint.find("Bishop and he bites"), std::string::npos);
    EXPECT_LT(quiz.hint.size(), 30u);
  }
}

}  // namespace
}  // namespace simulate::offline
