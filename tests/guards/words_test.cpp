#include "simulator/guards/words.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"

namespace simulate::guards {
namespace {

using Found = std::vector<std::string>;

TEST(GuardWords, MatchWholeWordsOfAnyScriptWhateverTheCase) {
  Words words("xx", R"({"lists": {"no": ["nié", "не(?:т)?"]}})");
  EXPECT_TRUE(words.has("no", "Nié!"));
  EXPECT_TRUE(words.has("no", "это НЕТ"));
  EXPECT_FALSE(words.has("no", "niéx, нет1"));
  EXPECT_FALSE(words.has("yes", "nié"));
}

TEST(GuardWords, StandNextToEachOtherInScriptsWithoutSpaces) {
  Words words("xx", R"({"whole_words": false, "lists": {"no": ["ない"]}})");
  EXPECT_TRUE(words.has("no", "知らないよ"));
}

TEST(GuardWords, FindAllThatMatchesInOrder) {
  Words words("xx", R"({"lists": {"n": ["one", "two"]}})");
  EXPECT_EQ(words.all("n", "One two, phone; two"),
            (Found{"One", "two", "two"}));
  EXPECT_EQ(words.all("m", "one"), Found{});
}

TEST(GuardWords, PutTheWordsOfAClassInPlaceOfItsName) {
  Words words("xx", R"x({"classes": {"body": ["knees?", "back"]},
    "lists": {"aches": ["my <body> hurts?"]}})x");
  EXPECT_TRUE(words.has("aches", "Oh, my knees hurt."));
  EXPECT_FALSE(words.has("aches", "my <body> hurts"));
}

TEST(GuardWords, TellWhatIsWrongInAFile) {
  auto complaint = [](const char* text) -> std::string {
    try {
      Words words("xx", text);
      words.check();
    } catch (const Fatal& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_NE(complaint("[").find("words/xx.json: is no JSON"),
            std::string::npos);
  EXPECT_NE(complaint(R"x({"lists": {"no": ["("]}})x").find("no, \"(\""),
            std::string::npos);
  EXPECT_NE(complaint(R"x({"lists": {"no": ["(a)"]}})x").find("(?:...)"),
            std::string::npos);
  EXPECT_NE(complaint(R"({"lists": {"no": 1}})").find("no must be a list"),
            std::string::npos);
  EXPECT_NE(complaint(R"({"tables": {"t": {"a": 1}}})").find("t must be"),
            std::string::npos);
}

TEST(GuardWords, AreThereForEveryLanguageThatShips) {
  EXPECT_EQ(known_languages(), (Found{"de", "en", "es", "fr", "ja", "pt"}));
  EXPECT_TRUE(words_of("de-AT").has("denies", "das ist nicht wahr"));
  EXPECT_FALSE(words_of("tlh").has("denies", "not"));
  for (const std::string& language : known_languages()) {
    EXPECT_NO_THROW(words_of(language).check()) << language;
  }
}

}  // namespace
}  // namespace simulate::guards
