#include "simulator/guards/thought_faults.h"

#include <gtest/gtest.h>

namespace simulate::guards {
namespace {

std::string fault(const char* language, const char* thought) {
  return thought_fault(thought, {language, "Ada"});
}

TEST(ThoughtFaults, AreTalkOfTheUserRulesAndOfHerself) {
  struct Row {
    const char* language;
    const char* thought;
  };
  const Row rows[] = {
      {"en", "The user wants a recipe."},
      {"en", "My instructions say to look first."},
      {"en", "I am supposed to look first."},
      {"en", "As in the example, I look."},
      {"en", "A vet on Friday. Rule: confirm it."},
      {"en", "Ada looks it up."},
      {"de", "Der Nutzer fragt nach Tom."},
      {"de", "Laut den Regeln schaue ich nach."},
      {"es", "El usuario pregunta."},
      {"es", "Según las instrucciones, miro."},
      {"fr", "L'utilisateur demande."},
      {"fr", "Selon les consignes, je regarde."},
      {"pt", "O usuário pergunta."},
      {"pt", "As regras dizem para olhar."},
      {"ja", "ユーザーが聞いている。"},
      {"ja", "ルールに従う。"},
  };
  for (const Row& row : rows) {
    EXPECT_NE(fault(row.language, row.thought), "") << row.thought;
  }
  EXPECT_EQ(fault("en", "I want to look at the note about the cat first."), "");
  EXPECT_EQ(fault("en", "They explain the rules of chess, by way of example."),
            "");
  EXPECT_EQ(fault("de", "In der Regel schaue ich zum Beispiel nach."), "");
  EXPECT_EQ(fault("de", "Ich schaue in meinen Notizen nach."), "");
}

TEST(ThoughtFaults, AreListsHeadingsAndTags) {
  EXPECT_NE(fault("en", "1. Look.\n2. Answer."), "");
  EXPECT_NE(fault("en", "So: 1) look 2) answer"), "");
  EXPECT_NE(fault("en", "- look\n- answer"), "");
  EXPECT_NE(fault("en", "## Plan\nI look."), "");
  EXPECT_NE(fault("en", "Step 2: I look."), "");
  EXPECT_NE(fault("en", "I look. <tool_call>f()</tool_call>"), "");
  EXPECT_NE(fault("en", "I look.<|im_end|>"), "");
  EXPECT_EQ(fault("en", "They were born in 1990. That is 3 < 4 years."), "");
}

TEST(ThoughtFaults, FillerAndRepetitionAreOnlyUnclean) {
  Thinker ada{"en", "Ada"};
  EXPECT_EQ(thought_fault("Okay, so I look.", ada), "");
  EXPECT_FALSE(is_clean("Okay, so I look.", ada));
  EXPECT_FALSE(is_clean("Hm. Tom called.", ada));
  EXPECT_FALSE(
      is_clean("Tom lost his keys yesterday morning. I see. So Tom "
               "lost his keys yesterday morning.",
               ada));
  EXPECT_FALSE(is_clean("They are angry, angry at me, they sound angry.", ada));
  EXPECT_TRUE(is_clean("Tom lost his keys, so I ask where he was.", ada));
}

TEST(ThoughtFaults, LeaveNumberingOut) {
  EXPECT_EQ(without_numbering("1. Look\n2) Answer\n- so"), "Look\nAnswer\nso");
  EXPECT_EQ(without_numbering("She is 2. So"), "She is 2. So");
}

}  // namespace
}  // namespace simulate::guards
