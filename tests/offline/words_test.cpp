#include "simulator/offline/words.h"

#include <gtest/gtest.h>

namespace simulate::offline {
namespace {

TEST(Words, TellAFactInTheThirdPerson) {
  const std::pair<const char*, const char*> rows[] = {
      {"My sister Nora lives with me.", "Their sister Nora lives with them."},
      {"I play bridge.", "They play bridge."},
      {"I'm tired and I was ill.", "They are tired and they were ill."},
      {"I've hurt myself.", "They have hurt themselves."},
      {"i'm allergic to penicillin.", "They are allergic to penicillin."},
      {"I like them.", "They said: \"I like them.\""},
  };
  for (const auto& [said, told] : rows) EXPECT_EQ(third_person(said), told);
}

TEST(Words, GiveAMemoryBackToThePersonItIsAbout) {
  EXPECT_EQ(second_person("Their sister lives with them and they are glad."),
            "Your sister lives with you and you are glad.");
  EXPECT_EQ(second_person("They said: \"I like them.\""),
            "You said: \"I like them.\"");
}

TEST(Words, KeepTheObjectOfASentenceAnObject) {
  EXPECT_EQ(turned_to_they("the money my uncle lent me"),
            "the money their uncle lent them");
  EXPECT_EQ(turned_to_you("a hamster I never asked for"),
            "a hamster you never asked for");
  EXPECT_EQ(turned_to_you("generator number two"), "generator number two");
}

}  // namespace
}  // namespace simulate::offline
