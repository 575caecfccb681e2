#include "simulator/offline/scenes.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "tests/shipped.h"

namespace simulate::offline {
namespace {

constexpr const char* kSmall = R"x({
  "blanks": {"number": "\\b(R-[0-9]+)\\b", "item": "R-[0-9]+ \\(([^,]+),"},
  "scenes": {"cancel": [{"lines": [
    {"say": "Cancel {number}, the {item}.", "thought": "t", "answer": "a",
     "calls": [{"name": "show_order", "arguments": {}, "thought": "u"}],
     "cases": [{"when": {"status": ["gone", "lost"]}, "thought": "v",
                "answer": "too late"}]}]}]},
  "goodbyes": [{"say": "Bye", "thought": "t", "answer": "b"},
               {"say": "Bye then", "thought": "t", "answer": "c"}]})x";

TEST(Scenes, RecogniseALineWhateverStandsInItsBlanks) {
  Scenes scenes("scenes.json", kSmall);
  HeardLine heard = scenes.line_in("Hello. cancel r-12, the large tent.");
  ASSERT_NE(heard.line, nullptr);
  EXPECT_EQ(heard.told["number"], "r-12");
  EXPECT_EQ(heard.told["item"], "large tent");
  EXPECT_EQ(scenes.line_in("Cancel it.").line, nullptr);
}

TEST(Scenes, PreferTheLongerOfTwoLines) {
  Scenes scenes("scenes.json", kSmall);
  EXPECT_EQ(scenes.line_in("bye then").line->reply.answer, "c");
  EXPECT_EQ(scenes.line_in("bye").line->reply.answer, "b");
}

TEST(Scenes, FindTheirBlanksInWhatThePersonKnows) {
  Scenes scenes("scenes.json", kSmall);
  Values values =
      scenes.values_in({"You want R-77 (red mug, 9 euros) back.", "R-1"});
  EXPECT_EQ(values["number"], "R-77");
  EXPECT_EQ(filled("The {item} of {number}", values), "The red mug of R-77");
  EXPECT_FALSE(filled("{price}", values));
  EXPECT_EQ(filled("{a}", {{"a", "{a}"}}), "{a}") << "filled once";
}

TEST(Scenes, ChooseTheCaseThatHolds) {
  Scenes scenes("scenes.json", kSmall);
  HeardLine heard = scenes.line_in("Cancel R-1, the mug.");
  ASSERT_NE(heard.line, nullptr);
  EXPECT_EQ(heard.line->reply_given({{"status", "here"}}).answer, "a");
  SceneReply late = heard.line->reply_given({{"status", "lost"}});
  EXPECT_EQ(late.answer, "too late");
  EXPECT_EQ(late.calls.size(), 1u) << "what comes before any case stays";
}

TEST(Scenes, ThatCannotBePlayedAreRefused) {
  for (const char* wrong :
       {"{", R"({"scenes": []})", R"({"scenes": {"a": [{}]}})",
        R"({"scenes": {"a": [{"lines": [{"say": "x", "thought": "t"}]}]}})",
        R"({"scenes": {"a": [{"lines": [{"say": "{x}", "thought": "t",
            "answer": "a"}]}]}})",
        R"x({"scenes": {}, "blanks": {"x": "(a)"}, "asides": [
            {"say": "{x}, please", "thought": "t", "answer": "a"}]})x",
        R"({"scenes": {}, "blanks": {"x": "no group"}})",
        R"({"scenes": {}, "byes": []})"}) {
    EXPECT_THROW(Scenes("scenes.json", wrong), Fatal) << wrong;
  }
}

TEST(Scenes, OfTheSupportDeskKnowEachLineAsItself) {
  Scenes scenes("scenes.json",
                read_file(source("examples/support/scenes.json")));
  Values values = {{"number", "R-12345"},      {"item", "bread tin"},
                   {"email", "a@example.org"}, {"town", "York"},
                   {"other", "Nora Quinn"},    {"price", "24"},
                   {"first_name", "Maud"}};
  int lines = 0;
  auto expect_own = [&](const SceneLines& all) {
    for (const SceneLine& line : all) {
      std::string said = "Hello. " + filled(line.say, values).value_or("");
      EXPECT_EQ(scenes.line_in(said).line, &line) << said;
      ++lines;
    }
  };
  for (const auto& entry : std::filesystem::directory_iterator(
           source("examples/support/situations"))) {
    const auto* all = scenes.of(entry.path().stem().string());
    if (entry.path().stem() == "axes") continue;
    ASSERT_NE(all, nullptr) << entry.path();
    for (const SceneLines& scene : *all) expect_own(scene);
  }
  expect_own(scenes.asides());
  expect_own(scenes.goodbyes());
  EXPECT_GT(lines, 80);
}

}  // namespace
}  // namespace simulate::offline
