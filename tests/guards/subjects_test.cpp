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

TEST(Subjects, ChangeInPronounsAndParticlesOfEachLanguage) {
  EXPECT_NE(changed("de", "Er hat ihr verziehen.", "Sie hat ihm verziehen."),
            "");
  EXPECT_NE(changed("de", "Tom hat Noras Feier vergessen.",
                    "Nora hat Toms Feier vergessen."),
            "");
  EXPECT_NE(changed("es", "Él dejó a Ana.", "Ana lo dejó a él."), "");
  EXPECT_NE(
      changed("fr", "Elle m'a parlé du bébé.", "Je lui ai parlé du bébé."), "");
  EXPECT_NE(
      changed("pt", "Ele me contou um segredo.", "Eu contei um segredo a ele."),
      "");
  EXPECT_NE(changed("ja", "彼女は彼に謝った。", "彼は彼女に謝った。"), "");
  EXPECT_EQ(changed("de", "Ich will sie trösten.",
                    "Mir liegt daran, sie zu trösten."),
            "");
  EXPECT_EQ(changed("fr", "Je dois fêter ça.", "Il faut fêter ça."), "");
  EXPECT_EQ(changed("ja", "バラのことを聞ける。", "トマトかバラのことを聞く。"),
            "");
}

TEST(Subjects, MustNotLoseTheirRelation) {
  EXPECT_NE(changed("en", "Her neighbour broke it.", "She broke it."), "");
  EXPECT_NE(changed("en", "Her sister is ill.", "My sister is ill."), "");
  EXPECT_EQ(changed("en", "Her neighbour broke it.",
                    "It is about the neighbour, who is sorry. He broke it."),
            "");
}

TEST(Subjects, AreNeitherTopicsNorReporters) {
  EXPECT_EQ(
      changed("en", "They said Ines moves to Lyon.", "Ines moves to Lyon."),
      "");
  EXPECT_EQ(changed("de", "Nach Omar suchen.", "Ich suche nach Omar."), "");
}

TEST(Subjects, AreAnybodysWhereItIsAboutThinking) {
  EXPECT_EQ(changed("en", "I need to be warm.", "They need warmth."), "");
}

}  // namespace
}  // namespace simulate::guards
