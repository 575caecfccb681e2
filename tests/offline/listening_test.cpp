#include "simulator/offline/listening.h"

#include <gtest/gtest.h>

namespace simulate::offline {
namespace {

TEST(Listening, TellsFactsFromTalk) {
  const std::pair<const char*, std::vector<std::string>> rows[] = {
      {"Well, my sister Nora lives with me. Rain again.",
       {"my sister Nora lives with me."}},
      {"I play bridge on Wednesdays. I play.",
       {"I play bridge on Wednesdays."}},
      {"I think my cat is odd.", {}},
      {"My cat told you so, I mean.", {}},
      {"My cat bites anyone, does he?", {}},
      {"The cat bites anyone here.", {}},
  };
  for (const auto& [said, facts] : rows) EXPECT_EQ(facts_in(said), facts);
}

TEST(Listening, FindsWhatATalkIsAbout) {
  const std::pair<const char*, const char*> rows[] = {
      {"Hello. It's about my bad hip, mostly.", "my bad hip"},
      {"Straight to it: the stamps.", "the stamps"},
      {"I told you about my hip.", ""},
      {"Good morning.", ""},
  };
  for (const auto& [said, topic] : rows) EXPECT_EQ(topic_in(said), topic);
}

TEST(Listening, FindsWhatThePastIsAskedAbout) {
  EXPECT_EQ(subject_in("What did I tell you about my cat?"), "my cat");
  EXPECT_EQ(subject_in("Do you remember?"), "that");
}

TEST(Listening, PutsThingsOnTheListOneByOne) {
  Wishes wishes = wishes_in(
      "Could you put a newspaper, eggs and some flour on my shopping list?", "",
      Json::object());
  EXPECT_EQ(wishes.shopping,
            (std::vector<std::string>{"newspaper", "eggs", "flour"}));
}

TEST(Listening, TriesOutNoToolThatIsNotThere) {
  const Json tools = {{"Roll.Dice", Json::object()}};
  EXPECT_EQ(wishes_in("try your tool roll.dice", "", tools).errand,
            "Roll.Dice");
  EXPECT_EQ(wishes_in("try your tool flip_coin", "", tools).errand, "");
}

TEST(Listening, TakesDoneForAnAnswerOnlyWhereItWasAsked) {
  EXPECT_FALSE(wishes_in("Yes, done.", "Hello.", Json::object()).done);
  EXPECT_TRUE(wishes_in("Yes, done.", "Is that done?", Json::object()).done);
  Wishes open = wishes_in("No, not done.", "Is that done?", Json::object());
  EXPECT_FALSE(open.done);
  EXPECT_TRUE(open.not_done);
}

}  // namespace
}  // namespace simulate::offline
