#include "simulator/base/text.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

TEST(Text, CountsThings) {
  EXPECT_EQ(counted(0, "call"), "0 calls");
  EXPECT_EQ(counted(1, "call"), "1 call");
  EXPECT_EQ(counted(2, "call"), "2 calls");
}

TEST(Text, NamesTheNearestWordOnlyWhenOneIsNear) {
  std::vector<std::string> names = {"mistral", "together", "huggingface"};
  EXPECT_EQ(nearest("mistrall", names), "mistral");
  EXPECT_EQ(nearest("Togheter", names), "together");
  EXPECT_EQ(nearest("zzz", names), "");
}

TEST(Text, CutsAtACharactersBorder) {
  EXPECT_EQ(shortened("Łódź", 3), "Ł...");
  EXPECT_EQ(shortened("short", 10), "short");
}

TEST(Text, ShowsNoControlCharactersAndNoBrokenUtf8) {
  EXPECT_EQ(printable("a\x1b[31mb\r\n\tc"), "a[31mb\n\tc");
  EXPECT_EQ(printable("x\xC2\x9By"), "xy");  // CSI as one C1 control
  EXPECT_EQ(printable("\xFFz"), "\xEF\xBF\xBDz");
}

TEST(Text, ShowsNothingThatHidesOrTurnsRound) {
  // U+061C, 200B-200F, 2028, 202A-202E, 2060, 2066-2069, FEFF, soft hyphen.
  for (const char* hidden :
       {"\u061C", "\u200B", "\u200C", "\u200D", "\u200E", "\u200F", "\u2028",
        "\u202A", "\u202E", "\u2060", "\u2066", "\u2069", "\uFEFF", "\u00AD",
        "\U000E0041"}) {
    EXPECT_EQ(printable(std::string("a") + hidden + "b"), "ab");
  }
  EXPECT_EQ(printable("Łódź 😀 日本"), "Łódź 😀 日本");
}

TEST(Text, MakesOneLineOfAName) {
  EXPECT_EQ(one_line("Eve\nsimulate: saved\u202E\tall\r"),
            "Eve simulate: saved all");
}

TEST(Text, KeepsInWrittenTextWhatScriptsAndEmojiNeed) {
  for (const char* same :
       {"می\u200Cخواهم", "👩\u200D👧", "a\u200Eb\u200F", "a\n\tb"}) {
    EXPECT_EQ(written_text(same), same);
  }
  EXPECT_EQ(written_text("a\r\nb\u202Ec\u200Bd\uFEFFe\x07\x7F\u0085f"),
            "a\nbcdef");
  EXPECT_EQ(written_text("\xC3("), "\uFFFD(");
}

TEST(Text, EscapesInJsonWhatCannotBeSeen) {
  EXPECT_EQ(with_hidden_escaped("{\"a\":\"\u202Eb\U000E0041\"}\n"),
            "{\"a\":\"\\u202eb\\udb40\\udc41\"}\n");
}

TEST(Text, MendsWhatIsNoUtf8) {
  EXPECT_EQ(mended_utf8("a\x80z\xE2\x82"), "a\uFFFDz\uFFFD\uFFFD");
}

TEST(Text, KnowsUtf8FromOtherBytes) {
  EXPECT_TRUE(is_utf8("grüße 😀"));
  for (const char* bad :
       {"\x80", "\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE2\x82"}) {
    EXPECT_FALSE(is_utf8(bad));
  }
}

TEST(Text, SplitsAndJoins) {
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string>{"a", "", "b"}));
  EXPECT_EQ(joined({"a", "b"}, ", "), "a, b");
  EXPECT_EQ(trimmed("  a b \n"), "a b");
}

}  // namespace
}  // namespace simulate
