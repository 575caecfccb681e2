#include "simulator/run/chosen_data.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace simulate {
namespace {

FinishedConversation talk(const std::string& asked,
                          const std::string& answered) {
  FinishedConversation made;
  Message person;
  person.content = asked;
  Message answer;
  answer.speaker = Speaker::assistant;
  answer.content = answered;
  answer.thinking = "not compared";
  made.transcript.messages = {person, answer};
  return made;
}

TEST(ChosenData, ComparesWhatIsSpoken) {
  EXPECT_EQ(spoken_text(talk("Hi", "Hello").transcript), "Hi\nHello\n");
}

TEST(ChosenData, SaysWhatADuplicateIsLike) {
  std::vector<std::string> ids = {"a", "b", "c"};
  std::vector<DuplicatePair> pairs = {{0, 1, 1, true}, {0, 2, 0.834, false}};
  std::vector<LeftOut> found = duplicates_of(ids, pairs);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].why, "the same as a");
  EXPECT_EQ(found[1].why, "like a (0.83)");
  EXPECT_EQ(found[1].place, 2u);
}

TEST(ChosenData, CountsWhatIsKnownAgainstQuality) {
  FinishedConversation good = talk("Hi", "Hello");
  EXPECT_DOUBLE_EQ(quality_of(good), 1);
  FinishedConversation missed = good;
  missed.metadata["took_place"] = false;
  EXPECT_DOUBLE_EQ(quality_of(missed), 0.7);
  FinishedConversation corrected = good;
  corrected.metadata["corrections"] = 1;
  EXPECT_DOUBLE_EQ(quality_of(corrected), 0.5);
  FinishedConversation judged = good;
  judged.verdict.emplace();
  judged.verdict->good = false;
  judged.verdict->answers = {{"a", {{"holds", true}}},
                             {"b", {{"holds", false}}}};
  EXPECT_DOUBLE_EQ(quality_of(judged), 0.25);
}

TEST(ChosenData, ChoosesTheBetterOfTwoAlikeAndTellsWhy) {
  std::vector<Choosable> all;
  std::vector<std::string> ids = {"poor", "better", "other"};
  FinishedConversation boat = talk("Tell me about my old boat now", "It sails");
  FinishedConversation tea = talk("What tea do I like best of all?", "Green");
  all.push_back(choosable_of(boat, 0, 0.3));
  all.push_back(choosable_of(boat, 1, 0.9));
  all.push_back(choosable_of(tea, 2, 0.6));
  Selection selection = select_diverse(all, 2);
  ASSERT_EQ(selection.chosen.size(), 2u);
  EXPECT_EQ(selection.chosen[0].number, 1);
  EXPECT_EQ(selection.chosen[1].number, 2);
  std::vector<LeftOut> others = passed_over(ids, selection);
  ASSERT_EQ(others.size(), 1u);
  EXPECT_EQ(others[0].place, 0u);
  EXPECT_NE(others[0].why.find("better"), std::string::npos) << others[0].why;
}

}  // namespace
}  // namespace simulate
