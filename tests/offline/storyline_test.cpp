#include "simulator/offline/storyline.h"

#include <gtest/gtest.h>

#include <set>

#include "simulator/base/text.h"
#include "tests/offline/scripted_requests.h"

namespace simulate::offline {
namespace {

Json scene_with(uint64_t seed, const std::string& past) {
  Json scene = tester_request(seed, 2).scene;
  if (!past.empty()) scene["past"] = past;
  return scene;
}

TEST(Storyline, TellsNoFactThatThePastHas) {
  const std::string past =
      "3 days ago (Monday, 2025-03-01):\n"
      "You: Well, my daughter Bernadette lives in Boston.\n"
      "Ada: I play bridge on Wednesdays with Nuala.\n";
  std::set<std::string> told;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    const Storyline story(scene_with(seed, past));
    EXPECT_GE(story.facts().size(), 2u);
    told.insert(story.facts().begin(), story.facts().end());
  }
  EXPECT_EQ(told.count("My daughter Bernadette lives in Boston."), 0u);
  EXPECT_EQ(told.count("I play bridge on Wednesdays with Nuala."), 1u)
      << "that was Ada";
}

TEST(Storyline, TakesWhatItIsAboutFromTheWordsOfItsSituation) {
  struct Row {
    const char* noted;
    const char* about;
    const char* hint;
  };
  const Row rows[] = {
      {"Their cat is called Bishop and he bites anyone.",
       "My cat is called Bishop and he bites anyone.", "my cat"},
      {"They play bridge on Wednesdays with Nuala.",
       "I play bridge on Wednesdays with Nuala.", "the Wednesdays thing"},
      {"Sing at the harvest fair.", "Sing at the harvest fair.",
       "the harvest thing"}};
  for (const Row& row : rows) {
    Json scene = scene_with(1, "");
    scene["situation"] = std::string("recall found. Ada took it down: \"") +
                         row.noted + "\". Early in this talk ask about it.";
    const Storyline story(scene);
    EXPECT_EQ(story.moment(), "recall_found");
    EXPECT_EQ(story.about(), row.about);
    EXPECT_EQ(story.hint(), row.hint);
    EXPECT_TRUE(story.facts().empty()) << "nothing new is told then";
  }
}

TEST(Storyline, TellsNewsBeforeAllElse) {
  Json scene = scene_with(1, "");
  scene["news"] = listed({"The watch is gone.", "The cat is back."});
  const Storyline story(scene);
  EXPECT_EQ(story.facts().at(0), "The watch is gone.");
  EXPECT_TRUE(story.is_news(story.facts().at(1)));
  EXPECT_FALSE(story.is_news(story.facts().at(2)));
}

}  // namespace
}  // namespace simulate::offline
