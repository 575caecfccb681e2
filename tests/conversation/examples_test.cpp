#include "simulator/conversation/examples.h"

#include <gtest/gtest.h>

#include <set>

#include "simulator/base/error.h"
#include "simulator/conversation/prompts.h"
#include "simulator/conversation/situations.h"
#include "tests/shipped.h"
#include "tools/toolbox.h"

namespace simulate {
namespace {

namespace fs = std::filesystem;

Example example(const std::string& name, const std::string& situations,
                const std::string& text = "Do it so.") {
  return example_from(name, "situations: " + situations + "\n\n" + text, name);
}

std::set<std::string> names_of(const std::vector<Example>& examples) {
  std::set<std::string> names;
  for (const Example& one : examples) names.insert(one.name);
  return names;
}

TEST(Examples, SayWhatTheyShowAndWhichToolsTheyCall) {
  Example one = example("a", "recall_found, forget",
                        "Think (twice).\n- Call: recall_memories()\n"
                        "- Then: delete_memory(indices=[2])\n");
  EXPECT_EQ(one.situations,
            (std::vector<std::string>{"recall_found", "forget"}));
  EXPECT_EQ(one.calls,
            (std::vector<std::string>{"delete_memory", "recall_memories"}));
  EXPECT_TRUE(one.text.ends_with("indices=[2])")) << one.text;
}

TEST(Examples, AreRefusedWithoutTheirFirstLine) {
  for (const char* bad :
       {"Do it so.", "situations:\n\nx", "situations: a\nx"}) {
    EXPECT_THROW(example_from("a", bad, "a.md"), BadUsage) << bad;
  }
}

TEST(Examples, AreDrawnForTheSituationFirst) {
  std::vector<Example> all;
  for (int i = 0; i < 6; ++i) {
    all.push_back(example("forget" + std::to_string(i), "forget"));
    all.push_back(example("other" + std::to_string(i), "advice"));
  }
  std::set<std::string> seen;
  for (uint64_t seed = 0; seed < 40; ++seed) {
    std::vector<Example> drawn = drawn_examples(all, "forget", {}, seed);
    EXPECT_GE(drawn.size(), 3u);
    EXPECT_LE(drawn.size(), 4u);
    EXPECT_EQ(names_of(drawn).size(), drawn.size());
    EXPECT_TRUE(drawn[0].name.starts_with("forget"));
    EXPECT_TRUE(drawn[1].name.starts_with("forget"));
    EXPECT_TRUE(drawn[2].name.starts_with("other"));
    for (const Example& one : drawn) seen.insert(one.name);
  }
  EXPECT_EQ(seen.size(), all.size());
  EXPECT_EQ(names_of(drawn_examples(all, "forget", {}, 3)),
            names_of(drawn_examples(all, "forget", {}, 3)));
}

TEST(Examples, AreNotDrawnWhenTheyCallAToolThatIsNotOffered) {
  std::vector<Example> all = {example("a", "any", "- Call: check_watch()"),
                              example("b", "any")};
  EXPECT_EQ(names_of(drawn_examples(all, "x", {}, 1)),
            (std::set<std::string>{"b"}));
  ToolSpec watch;
  watch.name = "check_watch";
  EXPECT_EQ(drawn_examples(all, "x", {watch}, 1).size(), 2u);
}

TEST(Examples, ThatShipFitTheSituationsAndToolsThatShip) {
  fs::path root = SIMULATE_SOURCE_DIR;
  Prompts prompts = load_prompts(root / "systemprompts");
  Situations situations = load_situations(root / "situations");
  Toolbox toolbox(shipped_groups());
  std::map<std::string, int> shown;
  for (const Example& one : prompts.examples) {
    EXPECT_LE(one.text.size(), 600u) << one.name;
    for (const std::string& name : one.situations) {
      EXPECT_TRUE(name == "any" || situations.find(name)) << one.name;
      ++shown[name];
    }
    for (const std::string& name : one.calls) {
      EXPECT_TRUE(tool_named(toolbox.tools(), name))
          << one.name << ": " << name;
    }
  }
  for (const Situation& situation : situations.all) {
    EXPECT_GE(shown[situation.name], 3) << situation.name;
  }
}

}  // namespace
}  // namespace simulate
