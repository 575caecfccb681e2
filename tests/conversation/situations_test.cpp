#include "simulator/conversation/situations.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/conversation/evidence.h"
#include "tests/scratch.h"
#include "tests/shipped.h"

namespace simulate {
namespace {

const char* const kPlain = R"({"share": 9, "tester": "You chat."})";

class SituationFolder : public testing::Test {
 protected:
  void put(const std::string& file, const std::string& text) {
    write_file(folder_ / file, text);
  }

  std::string complaint() {
    try {
      load_situations(folder_);
    } catch (const BadUsage& wrong) {
      return wrong.what();
    }
    return "";
  }

  Scratch scratch_;
  const std::filesystem::path& folder_ = scratch_.folder();
};

TEST_F(SituationFolder, IsReadAndWrittenWithoutALoss) {
  put("plain.json", kPlain);
  put("recall.json", R"({
    "share": 0.5, "tools": ["memory"], "sessions": [2, 8],
    "after": ["plain"], "days_apart": [7, 9], "turns": [2, 12],
    "about": "SELECT text FROM memories", "otherwise": "plain",
    "facts": 2, "withhold": ["diary"], "tool_failures": 0.5,
    "tester": "You ask.", "assistant": "Looks it up.", "expect": "turns > 1"})");
  put("axes.json", R"({"mood": [{"value": "calm", "share": 2},
    {"value": "low", "share": 1, "sessions": [2]}]})");
  Situations read = load_situations(folder_);
  Situations again = situations_from(read.text);
  EXPECT_EQ(again.hash, read.hash);
  ASSERT_EQ(again.all.size(), 2u);
  EXPECT_EQ(again.all[1].to_json(), read.all[1].to_json());
  EXPECT_EQ(again.all[1].name, "recall");
  EXPECT_EQ(again.all[1].days_apart, (CountRange{7, 9}));
  EXPECT_EQ(again.axes[0].values[1].value, "low");
  EXPECT_FALSE(again.axes[0].values[1].sessions.holds(1));
  EXPECT_TRUE(again.axes[0].values[1].sessions.holds(2));
}

TEST_F(SituationFolder, SaysWhatIsWrongInWhichFile) {
  put("plain.json", kPlain);
  put("told.json", R"({"tester": "You tell.", "facts": 1})");
  struct Row {
    const char* text;
    const char* complaint;
  };
  const Row rows[] = {
      {R"({"share": 1})",
       "situation 'x': field \"tester\" is missing: say what the tester is "
       "told"},
      {R"({"share": 1, "tester": "a", "about": "SELECT 1"})",
       "situation 'x': \"about\" and \"otherwise\" go together: what is played "
       "when the query finds nothing"},
      {R"({"share": 1, "tester": "a", "after": ["plian"]})",
       "situation 'x': \"after\" names \"plian\", which there is no file for; "
       "did you mean \"plain\"?"},
      {R"({"share": 1, "tester": "a", "about": "SELECT 1", "otherwise": "x"})",
       "situation 'x': \"otherwise\" must name one that is always possible, "
       "and 'x' has an \"about\" of its own"},
      {R"({"share": 1, "tester": "a {{abuot}}"})",
       "prompt situation 'x', line 1: unknown placeholder {{abuot}}; did you "
       "mean {{about}}?"},
      {R"({"share": 1, "tester": "a", "about": "SELECT 1",
           "otherwise": "told"})",
       "situation 'x': \"otherwise\" names 'told', which needs a person with "
       "facts: \"facts\" must be 1, too"},
      {R"({"share": -1, "tester": "a"})",
       "situation 'x': field \"share\" must be a number from 0 to 1000000, got "
       "-1"}};
  for (const Row& row : rows) {
    put("x.json", row.text);
    EXPECT_EQ(complaint(), row.complaint);
  }
}

TEST_F(SituationFolder, NeedsOneThatCanAlwaysBePlayed) {
  put("later.json", R"({"share": 1, "tester": "a", "sessions": [2]})");
  EXPECT_NE(complaint().find("none can be played at any time"),
            std::string::npos);
  put("plain.json", kPlain);
  EXPECT_EQ(complaint(), "");
}

TEST_F(SituationFolder, NamesAnAxisThatIsNone) {
  put("plain.json", kPlain);
  put("axes.json", R"({"modo": []})");
  EXPECT_EQ(complaint(),
            "axes.json: unknown field \"modo\"; did you mean \"mood\"?");
}

TEST(ShippedSituations, HaveSqlThatRunsAndSharesOfAHundred) {
  Situations shipped = load_situations(source("situations"));
  Evidence evidence(shipped_groups());
  double shares = 0;
  for (const Situation& one : shipped.all) {
    evidence.check(one);
    EXPECT_FALSE(one.expect.empty()) << one.name;
    EXPECT_FALSE(one.assistant.empty()) << one.name;
    shares += one.share;
  }
  EXPECT_NEAR(shares, 100, 1e-6);
  EXPECT_EQ(shipped.axes.size(), axis_names().size());
  for (const Axis& axis : shipped.axes) {
    EXPECT_GE(axis.values.size(), 2u) << axis.name;
  }
}

}  // namespace
}  // namespace simulate
