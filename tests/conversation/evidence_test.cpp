#include "simulator/conversation/evidence.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "tests/conversation/stage.h"

namespace simulate {
namespace {

ToolState memories(const std::vector<std::string>& texts) {
  TableState table{"memories"};
  for (const std::string& text : texts) {
    table.rows.push_back(Json::array({"2025-03-01", text}));
  }
  return state_from({table});
}

class EvidenceTest : public testing::Test {
 protected:
  // Of a conversation in which something was kept in the second turn.
  EvidenceTest() {
    stage_.plan.slot.turns = 2;
    stage_.plan.slot.mood = "calm";
    stage_.plan.slot.starts_at = {20'151 * 1440};
    stage_.plan.state = before_;
    stage_.lines[Role::assistant] = {
        "<think>\nt\n</think>\n\nOh?",
        "<think>\nkeep it\n</think>\n\n<tool_call>add_memory(input_text=["
        "\"They sail.\"])</tool_call>",
        "<think>\nt\n</think>\n\nAhoy."};
    finished_ = stage_.play();
  }

  bool shows(const std::string& expect) {
    Situation situation;
    situation.name = "any";
    situation.expect = expect;
    return evidence_.shows(situation, finished_, before_);
  }

  ToolState before_ = memories({"They row."});
  Stage stage_;
  Conversation finished_;
  Evidence evidence_{shipped_groups()};
};

TEST_F(EvidenceTest, SeesMessagesCallsMetadataAndStates) {
  for (const char* expect :
       {"turns = 2 AND tool_calls = 1 AND mood = 'calm'",
        "(SELECT count(*) FROM messages WHERE role = 'user') = 2",
        "(SELECT thinking FROM messages WHERE content = 'Ahoy.') = 't'",
        "EXISTS (SELECT 1 FROM calls WHERE name = 'add_memory' AND turn = 2 "
        "AND round = 1 AND NOT error AND NOT planned)",
        "(SELECT json_extract(arguments, '$.input_text[0]') FROM calls) = "
        "'They sail.'",
        "(SELECT json_extract(result, '$.total') FROM calls) = 2",
        "(SELECT group_concat(text, '+') FROM before.memories) = 'They row.'",
        "(SELECT group_concat(text, '+') FROM after.memories) = 'They "
        "row.+They sail.'",
        "(SELECT count(*) FROM memories) = 1", ":today = date"}) {
    EXPECT_TRUE(shows(expect)) << expect;
    EXPECT_FALSE(shows("NOT (" + std::string(expect) + ")")) << expect;
  }
}

TEST_F(EvidenceTest, ForgetsOneConversationBeforeTheNext) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(shows("(SELECT count(*) FROM calls) = 1"));
  }
}

TEST_F(EvidenceTest, TakesNothingUnknownForTrue) {
  EXPECT_TRUE(shows(""));
  EXPECT_FALSE(shows("NULL"));
  EXPECT_FALSE(shows("'yes'"));
  EXPECT_FALSE(shows("json_extract('{', '$')")) << "it cannot be computed";
}

// Situations come from anybody.
TEST_F(EvidenceTest, OnlyReads) {
  Situation situation;
  situation.name = "bad";
  for (const char* sql :
       {"1); DROP TABLE calls; SELECT (1", "load_extension('x')",
        "(SELECT 1 FROM pragma_database_list)",
        "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT count(*) FROM n)"}) {
    situation.expect = sql;
    EXPECT_THROW(evidence_.check(situation), BadUsage) << sql;
  }
  situation.expect = "";
  for (const char* sql : {"ATTACH 'x' AS y", "PRAGMA user_version", "VACUUM",
                          "DELETE FROM memories RETURNING text"}) {
    situation.about = sql;
    EXPECT_THROW(evidence_.check(situation), BadUsage) << sql;
  }
}

TEST_F(EvidenceTest, EndsWhatTakesTooLong) {
  std::string many = "json_each('[1";
  for (int i = 0; i < 2000; ++i) many += ",1";
  many += "]')";
  std::string from = many + " AS a, " + many + " AS b, " + many + " AS c";
  EXPECT_FALSE(shows("(SELECT count(*) FROM " + from + ") > 0"));
  EXPECT_TRUE(shows("turns = 2")) << "and goes on";
}

// A conversation is not lost over it: the tools were changed in between.
TEST_F(EvidenceTest, TakesWhatAsksForMissingToolsForUntrue) {
  EXPECT_FALSE(shows("NOT EXISTS (SELECT 1 FROM after.habitz)"));
  Situation situation;
  situation.about = "SELECT name FROM habitz";
  EXPECT_TRUE(evidence_.subjects(situation, before_, {}).empty());
}

TEST_F(EvidenceTest, TakesWhatIsTooLargeToTellForUntrue) {
  finished_.transcript.messages.back().content = std::string(2 << 20, 'x');
  EXPECT_FALSE(shows("turns = 2"));
  finished_.transcript.messages.back().content = "short";
  EXPECT_TRUE(shows("turns = 2"));
}

TEST_F(EvidenceTest, SaysWhichSqlCannotBeRun) {
  Situation situation;
  situation.name = "recall";
  situation.expect = "EXISTS (SELECT 1 FROM memoriez)";
  try {
    evidence_.check(situation);
    ADD_FAILURE();
  } catch (const BadUsage& wrong) {
    EXPECT_STREQ(wrong.what(),
                 "situation 'recall', \"expect\": no such table: memoriez");
  }
}

TEST_F(EvidenceTest, TellsWhatASituationCanBeAbout) {
  Situation situation;
  situation.about = "SELECT text FROM memories WHERE date <= :today";
  SimulatedTime now = stage_.plan.slot.starts_at;
  now.minutes += int64_t{60} * 365 * 24 * 60;
  EXPECT_EQ(evidence_.subjects(situation, memories({"a\nb", "c"}), now),
            (std::vector<std::string>{"a b", "c"}));
  EXPECT_TRUE(evidence_.subjects(situation, {}, now).empty());
}

}  // namespace
}  // namespace simulate
