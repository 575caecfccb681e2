#include "simulator/report/side_by_side.h"

#include <gtest/gtest.h>

#include "simulator/base/text.h"
#include "simulator/report/layout.h"
#include "tests/report/talks.h"

namespace simulate {
namespace {

SidePair pair_of_talks() {
  return {Talk("conv_7")
              .system("Be Ada.")
              .user("Hello!")
              .tool("recall", Json::object(), {{"error", "busy"}}, true)
              .ada("Not now.")
              .take(),
          Talk("conv_7").user("Hello!").ada("Hi.").user("Bye.").ada("").take()};
}

TEST(SideBySide, PutsTheSameTurnOnTheSameLine) {
  std::string text =
      side_by_side(pair_of_talks(), {"old", "new", "Ada"}, false).text();
  std::vector<std::string> lines = split(text, '\n');
  EXPECT_TRUE(lines[0].starts_with("old, conv_7"));
  EXPECT_NE(lines[0].find("new, conv_7"), std::string::npos);
  EXPECT_TRUE(lines[1].starts_with("User: Hello!"));
  EXPECT_NE(lines[1].find("│ User: Hello!"), std::string::npos);
  EXPECT_EQ(text.find("Be Ada."), std::string::npos);
  EXPECT_NE(text.find("error: {\"error\":\"busy\"}"), std::string::npos);
  EXPECT_NE(text.find("Ada: (nothing)"), std::string::npos);
}

TEST(SideBySide, FillsItsColumnsWhateverTheScript) {
  SidePair pair = pair_of_talks();
  pair.a.transcript.messages[1].content =
      "日本語のとても長い文章です。" + std::string(200, 'x');
  for (size_t width : {60, 80, 121}) {
    std::string text = side_by_side(pair, {}, false, width).text();
    for (const std::string& line : split(text, '\n')) {
      EXPECT_LE(width_of(line), width);
    }
  }
}

TEST(SideBySide, EscapesWhatModelsWrite) {
  SidePair pair = pair_of_talks();
  pair.b.transcript.messages[1].content = "<b onclick=x>";
  std::string html = side_by_side_html(pair, {});
  EXPECT_EQ(html.find("<b onclick"), std::string::npos);
  EXPECT_NE(html.find("&lt;b onclick=x&gt;"), std::string::npos);
}

}  // namespace
}  // namespace simulate
