#include "simulator/conversation/judge.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "tests/conversation/stage.h"

namespace simulate {
namespace {

constexpr const char* kRubric = R"({
  "asks": "You judge.",
  "questions": [
    {"name": "natural", "holds": "It is natural.", "catches": ["cut_answer"]},
    {"name": "worth_it", "holds": "It is worth it."}],
  "good": "worth_it"})";

constexpr const char* kGood =
    R"({"natural": {"holds": true, "messages": []},
        "worth_it": {"holds": true, "messages": []}})";
constexpr const char* kBad =
    R"({"natural": {"holds": false, "messages": [2]},
        "worth_it": {"holds": false, "messages": [2]}})";

Rubric small_rubric() { return rubric_from(kRubric, "rubric"); }

std::optional<JudgeVerdict> verdict_in(const std::string& text) {
  ChatReply reply;
  reply.content = text;
  reply.player = {"fake", "judge"};
  return read_verdict(small_rubric(), reply, 5);
}

std::string complaint(const std::string& text) {
  try {
    rubric_from(text, "rubric 'mine.json'");
  } catch (const BadUsage& wrong) {
    return wrong.what();
  }
  return "";
}

TEST(Rubric, ThatShipsCanBeRead) {
  Rubric rubric = load_rubric(std::string(SIMULATE_SOURCE_DIR) +
                              "/rubrics/conversation.json");
  EXPECT_EQ(rubric.questions.size(), 6u);
  EXPECT_EQ(rubric.good, "worth_training_on");
}

TEST(Rubric, SaysWhichFieldIsWrong) {
  EXPECT_EQ(complaint("[]"), "rubric 'mine.json': must be a JSON object");
  std::string text = kRubric;
  EXPECT_TRUE(contains(complaint(replaced(text, "\"good\": \"worth_it\"",
                                          "\"good\": \"other\"")),
                       "field \"good\" must be the name of a question"));
  EXPECT_TRUE(contains(complaint(replaced(text, "cut_answer", "cut_anser")),
                       "got \"cut_anser\""));
  EXPECT_TRUE(contains(complaint(replaced(text, "\"natural\"", "\"Na tural\"")),
                       "question 1"));
}

struct Answer {
  const char* name;
  std::string text;
  bool read;
  bool good;
};

TEST(Judge, ReadsWhatModelsWrite) {
  const Answer answers[] = {
      {"plain", kGood, true, true},
      {"bad", kBad, true, false},
      {"fenced", "```json\n" + std::string(kGood) + "\n```", true, true},
      {"talk around", "Well. " + std::string(kBad) + " That is all {sic}.",
       true, false},
      {"thought", "<think>" + std::string(kBad) + "</think>" + kGood, true,
       true},
      {"a draft first", std::string(kBad) + "\nNo: " + kGood, true, true},
      {"truths alone", R"({"natural": "yes", "worth_it": false})", true, false},
      {"Python", "{'natural': {'holds': True}, 'worth_it': {'holds': False}}",
       true, false},
      {"wrapped", R"({"verdict": )" + std::string(kBad) + "}", true, false},
      {"one is missing", R"({"natural": true})", false, true},
      {"no truth", R"({"natural": "perhaps", "worth_it": true})", false, true},
      {"nothing", "It is fine.", false, true},
      {"cut", std::string(kGood).substr(0, 40), false, true}};
  for (const Answer& answer : answers) {
    std::optional<JudgeVerdict> verdict = verdict_in(answer.text);
    ASSERT_EQ(verdict.has_value(), answer.read) << answer.name;
    EXPECT_EQ(!verdict || verdict->good, answer.good) << answer.name;
  }
}

TEST(Judge, NamesMessagesThatThereAre) {
  std::optional<JudgeVerdict> verdict = verdict_in(
      R"({"natural": {"holds": false, "messages": [4, 5, -1, "2", 2.5]},
          "worth_it": true})");
  ASSERT_TRUE(verdict);
  EXPECT_EQ(to_text(verdict->answers["natural"]["messages"]), "[4]");
  EXPECT_EQ(verdict->fault(), "natural (message 4)");
}

TEST(Judge, ReadsManyBracesInBoundedTime) {
  EXPECT_FALSE(verdict_in(std::string(1 << 20, '{')));
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "{\"";
  EXPECT_FALSE(verdict_in(text));
}

class Court : public Stage {
 public:
  explicit Court(Judging judging) {
    plan.rubric = &rubric_;
    plan.settings.judging = judging;
    lines[Role::judge] = {kBad};
  }

 private:
  Rubric rubric_ = small_rubric();
};

TEST(Judge, IsShownPersonAndResultsWithTheirNumbers) {
  Court stage(Judging::mark);
  stage.lines[Role::assistant] = {"<tool_call>recall_memories()</tool_call>",
                                  "You sail."};
  stage.play();
  std::string asked = stage.asked(Role::judge, 0);
  for (const char* part :
       {"Name: Bo", "- natural: It is natural.", "[1] PERSON: hello",
        "[2] call of recall_memories", "[3] result of recall_memories",
        "[4] ASSISTANT: You sail."}) {
    EXPECT_TRUE(contains(asked, part)) << part << "\nin\n" << asked;
  }
  EXPECT_FALSE(contains(asked, "\"parameters\"")) << "tools are not judged";
}

TEST(Judge, MarksAConversationAndChangesNothingElse) {
  Stage plain;
  Conversation unjudged = plain.play();
  Court stage(Judging::mark);
  Conversation judged = stage.play();
  ASSERT_TRUE(judged.verdict);
  EXPECT_FALSE(judged.verdict->good);
  EXPECT_EQ(judged.verdict->judge.model, "judge");
  EXPECT_EQ(judged.calls, unjudged.calls);
  EXPECT_EQ(judged.usage.input_tokens, unjudged.usage.input_tokens);
  EXPECT_FALSE(unjudged.verdict);
}

TEST(Judge, RejectsAnAttempt) {
  EXPECT_EQ(Court(Judging::reject).failure(), "judge");
  Court stage(Judging::reject);
  stage.lines[Role::judge] = {kGood};
  EXPECT_TRUE(stage.play().verdict);
}

TEST(Judge, WithoutAUsableVerdictFailsNothing) {
  Court stage(Judging::reject);
  stage.lines[Role::judge] = {"I would rather not say."};
  EXPECT_FALSE(stage.play().verdict);
  ASSERT_EQ(stage.requests[Role::judge].size(), 2u);
  EXPECT_TRUE(contains(stage.asked(Role::judge, 1), "JSON object alone"));
}

TEST(Judge, ThatIsAskedAgainIsHeard) {
  Court stage(Judging::mark);
  stage.lines[Role::judge] = {"Hm.", kBad};
  ASSERT_TRUE(stage.play().verdict);
}

TEST(Judge, ThatCannotBeReachedIsWaitedFor) {
  Court stage(Judging::mark);
  stage.unreachable = Role::judge;
  EXPECT_NE(stage.failure(), "");
}

}  // namespace
}  // namespace simulate
