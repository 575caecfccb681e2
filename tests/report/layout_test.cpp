#include "simulator/report/layout.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

TEST(Layout, CountsColumnsAndNotBytes) {
  EXPECT_EQ(width_of("Zoë"), 3U);
  EXPECT_EQ(width_of("日本"), 4U);
  EXPECT_EQ(width_of("e\xCC\x81"), 1U);
  EXPECT_EQ(width_of("😀"), 2U);
}

TEST(Layout, FitsAnyTextIntoItsColumns) {
  for (const char* text : {"", "short", "a text that is too long",
                           "日本語日本語", "Zoë and Zoë and Zoë"}) {
    EXPECT_EQ(width_of(fitted(text, 9)), 9U) << text;
    EXPECT_EQ(width_of(fitted_right(text, 9)), 9U) << text;
  }
  EXPECT_EQ(fitted("abcdef", 4), "abc…");
  EXPECT_EQ(fitted_right("ab", 4), "  ab");
}

TEST(Layout, BreaksLinesAtBlanksWhereThereAreAny) {
  EXPECT_EQ(wrapped("one two three", 8),
            (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(wrapped("abcdefghij", 4),
            (std::vector<std::string>{"abcd", "efgh", "ij"}));
  EXPECT_EQ(wrapped("a\nb", 4), (std::vector<std::string>{"a", "b"}));
  for (const std::string& line : wrapped("日本語のとても長い文章です", 7)) {
    EXPECT_LE(width_of(line), 7U);
  }
}

TEST(Layout, DrawsBarsAnEighthFine) {
  EXPECT_EQ(bar_of(1, 2), "██");
  EXPECT_EQ(bar_of(0.5, 1), "▌");
  EXPECT_EQ(bar_of(0.0001, 10), "▏");
  EXPECT_EQ(bar_of(0, 10), "");
  EXPECT_EQ(columns_of_heights({0, 1}), "▁█");
}

}  // namespace
}  // namespace simulate
