#include "simulator/guards/subjects.h"

#include <gtest/gtest.h>

namespace simulate::guards {
namespace {

std::string changed(const char* language, const char* before,
                    const char* after) {
  const Words& words = words_of(language);
  TextWords was = read_words(before, words), is = read_words(after, words);
  Vocabulary around;
  around.add(was);
  around.add(is);
  return changed_subject(was, is, around, words);
}

TEST(Subjects, OfADeedMustNotChange) {
  EXPECT_NE(changed("en", "He lost his keys.", "I lost his keys."), "");
  EXPECT_NE(changed("en", "He lost his keys.", "She lost his keys."), "");
  EXPECT_NE(changed("en", "They asked me to wait.", "I asked them to wait."),
            "");
  EXPECT_NE(changed("de", "Er kauft das Boot.", "Ich kaufe das Boot."), "");
  EXPECT_EQ(changed("en", "He lost his keys.", "They lost their keys."), "");
  EXPECT_EQ(changed("en", "Tom lost his keys.", "He lost his keys."), "");
}

TEST(Subjects, MustNotTradePlaces) {
  EXPECT_NE(changed("en", "I know that Tom moved and Nora stayed.",
                    "I know that Nora moved and Tom stayed."),
            "");
  EXPECT_NE(changed("en", "Her brother lent her money.",
                    "She lent her brother money."),
            "");
  EXPECT_NE(
      changed("pt", "A tia manda e ela obedece.", "Ela manda e a tia obedece."),
      "");
  EXPECT_NE(
      changed("ja", "弟が彼女にお金を借りた。", "彼女が弟にお金を借りた。"),
      "");
}

TEST(Subjects, AreAnybodysWhereItIsAboutThinking) {
  EXPECT_EQ(changed("en", "I need to be warm.", "They need warmth."), "");
}

}  // namespace
}  // namespace simulate::guards
