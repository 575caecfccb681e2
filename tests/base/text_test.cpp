#include "simulator/base/text.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

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
