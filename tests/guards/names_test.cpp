#include "simulator/guards/names.h"

#include <gtest/gtest.h>

namespace simulate::guards {
namespace {

using Texts = std::vector<std::string>;

Texts names_in(const char* language, const char* text, const char* around) {
  const Words& words = words_of(language);
  TextWords read = read_words(text, words);
  Vocabulary vocabulary;
  vocabulary.add(read);
  vocabulary.add(read_words(around, words));
  Texts names;
  for (size_t i = 0; i < read.words.size(); ++i) {
    if (is_name(read, i, vocabulary, words))
      names.push_back(read.words[i].text);
  }
  return names;
}

TEST(Names, HaveACapitalInsideASentence) {
  EXPECT_EQ(names_in("en", "I think Nora knows Tom, OK?", ""),
            (Texts{"Nora", "Tom"}));
}

TEST(Names, AtTheStartOfASentenceAreKnownFromElsewhere) {
  EXPECT_EQ(names_in("en", "Nora, then. Memory is empty.",
                     "my friend Nora; a memory"),
            (Texts{"Nora"}));
  EXPECT_EQ(names_in("en", "Pavel called. Looking it up.", ""),
            (Texts{"Pavel"}));
}

TEST(Names, AreNotTheNounsOfGerman) {
  EXPECT_EQ(names_in("de",
                     "Ich frage Marta nach dem Fahrrad und der neuen "
                     "Wohnung, ohne Druck.",
                     ""),
            (Texts{"Marta"}));
}

TEST(Names, AtTheStartAreNoVerbsOrAbstractNouns) {
  EXPECT_EQ(names_in("de", "Raten will ich nicht. Lena will es.", ""),
            (Texts{"Lena"}));
  EXPECT_EQ(names_in("en", "Kindness is better. Ivy never answered.", ""),
            (Texts{"Ivy"}));
  EXPECT_EQ(names_in("fr", "Flatter ne sert pas. Yvan ne répond pas.", ""),
            (Texts{"Yvan"}));
}

TEST(Names, StandBehindTitles) {
  EXPECT_EQ(names_in("fr", "Je cherche M. Petit.", ""), (Texts{"Petit"}));
  EXPECT_EQ(names_in("en", "I look for Dr. Webb.", ""), (Texts{"Webb"}));
}

TEST(Names, InJapaneseMayBeCommonOnesOrStandBeforeATitle) {
  EXPECT_EQ(names_in("ja", "神戸で様子を見た。", ""), (Texts{"神戸"}));
  EXPECT_EQ(names_in("ja", "高見先生の言葉だ。", ""), (Texts{"高見"}));
}

TEST(Names, InJapaneseHaveAHonorificOrKatakana) {
  EXPECT_EQ(names_in("ja", "田中さんとマルタがメモを見た。", ""),
            (Texts{"田中", "マルタ"}));
}

}  // namespace
}  // namespace simulate::guards
