#include "simulator/base/line_cutter.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

TEST(LineCutter, PutsLinesTogetherFromPieces) {
  LineCutter cutter(100);
  EXPECT_TRUE(cutter.add("one").empty());
  auto lines = cutter.add(" line\r\nanother\n\nrest");
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0].text, "one line");
  EXPECT_EQ(lines[1].text, "another");
  EXPECT_EQ(lines[2].text, "");
  EXPECT_EQ(cutter.rest(), "rest");
}

TEST(LineCutter, KeepsTheEndsOfALineThatIsTooLong) {
  LineCutter cutter(1000);
  cutter.add("begin" + std::string(5000, 'x'));
  for (int i = 0; i < 100; ++i) cutter.add(std::string(100, 'y'));
  EXPECT_LE(cutter.rest().size(), 1000u);
  auto lines = cutter.add("end\nnext\n");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_TRUE(lines[0].too_long);
  EXPECT_TRUE(lines[0].text.starts_with("beginxxx"));
  EXPECT_TRUE(lines[0].end.ends_with("yyyend"));
  EXPECT_LE(lines[0].text.size() + lines[0].end.size(), 1000u);
  EXPECT_FALSE(lines[1].too_long);
  EXPECT_EQ(lines[1].text, "next");
}

TEST(LineCutter, TakesALineOfExactlyTheLongestLength) {
  LineCutter cutter(4);
  EXPECT_FALSE(cutter.add("1234\n").front().too_long);
  EXPECT_TRUE(cutter.add("12345\n").front().too_long);
}

}  // namespace
}  // namespace simulate
