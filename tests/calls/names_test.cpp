#include "simulator/calls/names.h"

#include <gtest/gtest.h>

#include <string>

namespace simulate {
namespace {

// The part of `text` that is read from its beginning.
std::string identifier(const std::string& text) {
  return text.substr(0, end_of_identifier(text, 0));
}

std::string name(const std::string& text) {
  return text.substr(0, end_of_name(text, 0));
}

TEST(Names, AreLettersOfAnyScript) {
  for (const char* word :
       {"f", "_x1", "größe", "天气", "погода", "מזג", "مزاج", "मौसम",
        "e\xCC\x81t\xC3\xA9"}) {  // an accent of its own
    EXPECT_EQ(identifier(word + std::string("(a=1)")), word);
    EXPECT_EQ(name(word + std::string("(a=1)")), word);
  }
}

TEST(Names, BeginWithALetter) {
  for (const char* word : {"", "1f", ".f", "-f", "(", "\xCC\x81", "🐶", "“f”",
                           "｜f", "▁f", "　f", "\xC3", "\xFF"}) {
    EXPECT_EQ(identifier(word), "") << word;
    EXPECT_EQ(name(word), "") << word;
  }
}

TEST(Names, OfToolsHoldMoreSignsThanIdentifiers) {
  EXPECT_EQ(identifier("a.b_1.(x)"), "a.b_1");
  EXPECT_EQ(identifier("get-time"), "get");
  EXPECT_EQ(name("get-time(x)"), "get-time");
  EXPECT_EQ(name("functions.f:0<"), "functions.f:0");
  EXPECT_EQ(name("a/b c"), "a/b");
}

TEST(Names, EndBeforeABrokenLetter) {
  EXPECT_EQ(name("gr\xC3"), "gr");
  EXPECT_EQ(name("gr\xC3("), "gr");
}

TEST(Names, HaveBlanksOfOtherAlphabetsAroundThem) {
  std::string text = " \t\n\xC2\xA0\xE3\x80\x80\xEF\xBB\xBF";
  EXPECT_EQ(behind_blank(text + "f", 0), text.size());
  EXPECT_EQ(behind_blank("\xC2", 0), 0u);
  EXPECT_EQ(behind_blank("f ", 1), 2u);
}

}  // namespace
}  // namespace simulate
