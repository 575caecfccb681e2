#include "simulator/conversation/prompts.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

class PromptsTest : public testing::Test {
 protected:
  PromptsTest() {
    put("tester.md", "You are {{persona.name}}.");
    put("assistant.md", "You are Ada. {{tools}} {{date}}");
    put("assistant.teacher.md", "Be brief.");
    put("tools.md", "{{tool_syntax}} {{tool_list}}");
    put("rewriter.md", "Rewrite.");
  }

  void put(const std::string& name, const std::string& text) {
    write_file(scratch_ / name, text);
  }

  std::string complaint() {
    try {
      load_prompts(scratch_.folder());
    } catch (const BadUsage& error) {
      return error.what();
    }
    return "";
  }

  Scratch scratch_;
};

TEST_F(PromptsTest, ReplacePlaceholdersAndLeaveBracesAlone) {
  Placeholders values = {{"name", "Ada {{name}}"}, {"x.y", "1"}};
  EXPECT_EQ(rendered("{\"a\": {{name}}, {{x.y}}} {{other}} {{ name }}", values),
            "{\"a\": Ada {{name}}, 1} {{other}} {{ name }}");
}

TEST_F(PromptsTest, ShipInAFormThatLoads) {
  Prompts prompts = load_prompts(std::filesystem::path(SIMULATE_SOURCE_DIR) /
                                 "systemprompts");
  EXPECT_GE(prompts.assistant.size(), 2u);
  EXPECT_EQ(prompts.version.size(), 16u);
}

TEST_F(PromptsTest, ChangeTheirVersionWithEveryEdit) {
  std::string before = load_prompts(scratch_.folder()).version;
  put("rewriter.md", "Rewrite!");
  EXPECT_NE(load_prompts(scratch_.folder()).version, before);
}

TEST_F(PromptsTest, LoadVariantsInOrder) {
  put("assistant.2.md", "Ada again. {{tools}}");
  Prompts prompts = load_prompts(scratch_.folder());
  ASSERT_EQ(prompts.assistant.size(), 2u);
  EXPECT_EQ(prompts.assistant[1], "Ada again. {{tools}}");
}

TEST_F(PromptsTest, RefuseAVariantBehindAGap) {
  put("assistant.3.md", "Ada, thrice. {{tools}}");
  std::string said = complaint();
  EXPECT_NE(said.find("assistant.3.md would not be used"), said.npos) << said;
  EXPECT_NE(said.find("the next one is assistant.2.md"), said.npos) << said;
  put("assistant.2.md", "Ada again. {{tools}}");
  EXPECT_EQ(load_prompts(scratch_.folder()).assistant.size(), 3u);
}

TEST_F(PromptsTest, NameTheUnknownPlaceholderAndTheNearest) {
  put("tester.md", "You are\n{{persona.nmae}}.");
  std::string said = complaint();
  EXPECT_NE(said.find("tester.md, line 2: unknown placeholder "
                      "{{persona.nmae}}; did you mean {{persona.name}}?"),
            std::string::npos)
      << said;
}

TEST_F(PromptsTest, DemandWhatTheModelCannotDoWithout) {
  put("assistant.md", "You are Ada.");
  EXPECT_NE(complaint().find("needs the placeholder {{tools}}"),
            std::string::npos);
}

TEST_F(PromptsTest, RefuseAnEmptyOrMissingFile) {
  put("rewriter.md", " \n");
  EXPECT_NE(complaint().find("rewriter.md is empty"), std::string::npos);
  std::filesystem::remove(scratch_ / "rewriter.md");
  EXPECT_NE(complaint().find("cannot read"), std::string::npos);
}

}  // namespace
}  // namespace simulate
