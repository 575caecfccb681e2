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

TEST(Storyline, AsksOnlyAboutWhatThePastHas) {
  const std::string past =
      "yesterday:\nYou: My cat is called Bishop and he "
      "bites anyone. Enough.\nAda: Oh.\n";
  int asked = 0;
  for (uint64_t seed = 0; seed < 50; ++seed) {
    EXPECT_EQ(Storyline(scene_with(seed, "")).quiz().hint, "");
    const Storyline story(scene_with(seed, past));
    for (const Told& told : {story.quiz(), story.unwanted()}) {
      if (told.hint.empty()) continue;
      EXPECT_EQ(told.hint, "my cat");
      EXPECT_EQ(told.fact, "My cat is called Bishop and he bites anyone.");
      ++asked;
    }
  }
  EXPECT_GT(asked, 30);
}

TEST(Storyline, AsksNothingTwice) {
  const std::string past =
      "yesterday:\nYou: Do you remember what I said about my cat?\n"
      "4 days ago:\nYou: My cat is called Bishop and he bites anyone.\n";
  for (uint64_t seed = 0; seed < 50; ++seed) {
    EXPECT_EQ(Storyline(scene_with(seed, past)).quiz().hint, "");
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
