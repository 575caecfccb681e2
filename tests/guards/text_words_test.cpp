#include "simulator/guards/text_words.h"

#include <gtest/gtest.h>

#include "simulator/guards/vocabulary.h"

namespace simulate::guards {
namespace {

using Texts = std::vector<std::string>;

Texts plain_words(const char* language, const char* text) {
  Texts all;
  for (const Word& word : read_words(text, words_of(language)).words) {
    all.push_back(word.plain);
  }
  return all;
}

TEST(TextWords, AreReadWithoutCaseAndAccents) {
  EXPECT_EQ(plain_words("fr", "Éloïse, sœur"), (Texts{"eloise", "soeur"}));
  EXPECT_EQ(plain_words("de", "Größe 9:30"), (Texts{"grosse", "9", "30"}));
  EXPECT_EQ(plain_words("en", "ПРИВЕТ"), (Texts{"привет"}));
  EXPECT_EQ(plain_words("ja", "田中さんのメモ"),
            (Texts{"田中", "さんの", "メモ"}));
  EXPECT_EQ(plain_words("en", "\xFF\xC3"), plain_words("en", "\xFF\xC3"));
}

TEST(TextWords, StandInClausesThatEndAtMarksAndJoints) {
  TextWords read =
      read_words("I know that she left. Fine, then", words_of("en"));
  Texts clauses;
  for (const Clause& clause : read.clauses) clauses.push_back(clause.text);
  EXPECT_EQ(clauses, (Texts{"I know ", "that she left.", " Fine,", "then"}));
  EXPECT_TRUE(read.words[5].opens && read.words[5].capital);
  EXPECT_NE(read.clauses[1].sentence, read.clauses[2].sentence);
}

TEST(TextWords, OfOneStemAreAlike) {
  EXPECT_TRUE(same_stem("keep", "keeping"));
  EXPECT_TRUE(same_stem("memories", "memory"));
  EXPECT_TRUE(same_stem("stored", "store"));
  EXPECT_TRUE(same_stem("記憶", "記憶帳"));
  EXPECT_FALSE(same_stem("call", "calm"));
  EXPECT_FALSE(same_stem("cat", "catalogue"));
  EXPECT_FALSE(same_stem("", "a"));
}

TEST(Vocabulary, KnowsStemsAndHowAWordIsWritten) {
  Vocabulary seen;
  seen.add(read_words("Then Pavel called, and the Memory was a memory.",
                      words_of("en")));
  EXPECT_TRUE(seen.has_stem("calls"));
  EXPECT_FALSE(seen.has_stem("marta"));
  EXPECT_TRUE(seen.as_name("pavel") && !seen.without_capital("pavel"));
  EXPECT_TRUE(seen.as_name("memory") && seen.without_capital("memory"));
  EXPECT_FALSE(seen.as_name("then"));
}

TEST(TextWords, StayInOneSentenceBehindATitle) {
  TextWords read = read_words("Je cherche M. Petit.", words_of("fr"));
  EXPECT_EQ(read.clauses.size(), 1u);
  EXPECT_FALSE(read.words[2].carries);
}

TEST(TextWords, OfJapaneseEndClausesWithParticlesAndSetTitlesApart) {
  TextWords read =
      read_words("調べたが、高見先生が見ないから聞く。", words_of("ja"));
  EXPECT_EQ(read.clauses.size(), 3u);
  EXPECT_EQ(read.words[2].text, "高見");
  EXPECT_EQ(read.words[3].text, "先生");
}

}  // namespace
}  // namespace simulate::guards
