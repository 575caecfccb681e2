#include "simulator/metrics/measured_words.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "simulator/base/text.h"

namespace simulate {
namespace {

std::string words(std::string_view text) {
  return joined(measured_words(text), "|");
}

TEST(MeasuredWords, AreInLowerCaseAndWithoutMarks) {
  const struct {
    std::string text, words;
  } kRows[] = {
      {"", ""},
      {"Yes.", "yes"},
      {" \t\r\n...!? \xF0\x9F\x98\x80 ", ""},
      {"Hello, World-wide WEB 2.0!", "hello|world|wide|web|2|0"},
      {"Don't say \xE2\x80\x9Cit\xE2\x80\x99s\xE2\x80\x9D 'mine'.",
       "don't|say|it's|mine"},
      {"rock''n''roll '' o'", "rock|n|roll|o"},
      {"ÀÉÎÕÜ ÿŸ ŻÓŁĆ ĲŇ İ ẞ ƠƯ ẾỮ", "àéîõü|ÿÿ|żółć|ĳň|i|ß|ơư|ếữ"},
      {"ΆΛΦΑ ΈΌΎ ПРИВЕТ Ёлка Ґ", "άλφα|έόύ|привет|ёлка|ґ"},
      {"×÷ a×b", "a|b"},
      {"soft\xC2\xADhyphen می\xE2\x80\x8Cخواهم، چرا؟",
       "softhyphen|میخواهم|چرا"},
      {"ＡＢＣ１２ｚ", "abc12z"},
      {"नमस्ते। 안녕 세상", "नमस्ते|안녕|세상"},
  };
  for (const auto& row : kRows) EXPECT_EQ(words(row.text), row.words);
}

TEST(MeasuredWords, AreCharactersWhereAScriptHasNoSpaces) {
  const struct {
    std::string text, words;
  } kRows[] = {
      {"你好，世界。", "你|好|世|界"},
      {"カタカナとGPT4は", "カ|タ|カ|ナ|と|gpt4|は"},
      {"か\xE3\x82\x99", "か\xE3\x82\x99"},  // a mark of voicing of its own
      {"ที่นี่", "ที่|นี่"},
      {"ខែមករា", "ខែ|ម|ក|រា"},
      {"𠮷野家", "𠮷|野|家"},
  };
  for (const auto& row : kRows) EXPECT_EQ(words(row.text), row.words);
}

TEST(MeasuredWords, TakeBytesThatAreNotUtf8AsMarks) {
  EXPECT_EQ(words("caf\xE9 au\xFFlait"), "caf|au|lait");
  EXPECT_EQ(words(std::string("a\0b", 3)), "a|b");
  EXPECT_EQ(words("a\xC0\xAF"
                  "b\xED\xA0\x80"
                  "c\xF4\x90\x80\x80"
                  "d\xE4\xBD"),
            "a|b|c|d");
}

TEST(MeasuredWords, ReadAMegabyte) {
  std::string text;
  while (text.size() < 1'000'000) text += "word ";
  EXPECT_EQ(measured_words(text).size(), 200'000u);
  EXPECT_EQ(measured_words(std::string(1'000'000, 'x')).size(), 1u);
  EXPECT_EQ(measured_words(std::string(1'000'000, '\xE4')).size(), 0u);
}

}  // namespace
}  // namespace simulate
