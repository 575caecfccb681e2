// Each measure against a dataset in which it is known how much of what it
// counts there is: planted among talks that have none of it.
#include <gtest/gtest.h>

#include "tests/report/talks.h"

namespace simulate {
namespace {

using Talks = std::vector<FinishedConversation>;

constexpr int kTalks = 200;

double value_in(const DatasetReport& report, const std::string& section,
                const std::string& figure) {
  const Figure* found = report.find(section, figure);
  if (!found || !found->value) {
    ADD_FAILURE() << section << " has no value of " << figure;
    return -1;
  }
  return *found->value;
}

FigureVerdict verdict_in(const DatasetReport& report,
                         const std::string& section,
                         const std::string& figure) {
  const Figure* found = report.find(section, figure);
  return found ? found->verdict : FigureVerdict::none;
}

const Table::Row* row_in(const DatasetReport& report,
                         const std::string& section, const std::string& figure,
                         const std::string& label) {
  const Figure* found = report.find(section, figure);
  if (!found) return nullptr;
  for (const Table::Row& row : found->table.rows) {
    if (row.label == label) return &row;
  }
  return nullptr;
}

TEST(Measures, FindNothingInPlainTalks) {
  DatasetReport report = report_of(plain_talks(kTalks));
  EXPECT_EQ(value_in(report, "duplicates", "exact_duplicates"), 0);
  EXPECT_EQ(value_in(report, "endings", "unanswered"), 0);
  EXPECT_EQ(value_in(report, "endings", "blank_replies"), 0);
  EXPECT_EQ(value_in(report, "guards", "kept_faults"), 0);
  EXPECT_EQ(value_in(report, "thoughts", "faulty"), 0);
  EXPECT_EQ(value_in(report, "lengths", "broken_off"), 0);
}

TEST(Duplicates, CountsCopiesAndNearCopies) {
  Talks talks = plain_talks(kTalks);
  for (int i = 0; i < 20; ++i) {
    talks.push_back(plain_talk(i * 3));
    talks.back().id = "copy_" + std::to_string(i);
  }
  for (int i = 0; i < 10; ++i) {
    talks.push_back(plain_talk(i * 5 + 1));
    talks.back().id = "near_" + std::to_string(i);
    talks.back().transcript.messages.back().content += " Yes.";
  }
  DatasetReport report = report_of(talks);
  EXPECT_DOUBLE_EQ(value_in(report, "duplicates", "exact_duplicates"),
                   20.0 / 230);
  EXPECT_DOUBLE_EQ(value_in(report, "duplicates", "near_duplicates"),
                   10.0 / 230);
  EXPECT_DOUBLE_EQ(value_in(report, "duplicates", "same_openings"), 30.0 / 230);
  EXPECT_EQ(verdict_in(report, "duplicates", "exact_duplicates"),
            FigureVerdict::bad);
  const Figure* exact = report.find("duplicates", "exact_duplicates");
  EXPECT_EQ(exact->examples.size(), 5U);
  EXPECT_EQ(exact->examples[0].conversation, "copy_0");
  EXPECT_NE(exact->examples[0].text.find("like conv_100000"),
            std::string::npos);
}

TEST(Endings, CountsSilenceAndTalksWithoutAnAnswer) {
  Talks talks = plain_talks(kTalks);
  for (int i = 0; i < 6; ++i) {
    talks[static_cast<size_t>(i)].transcript.messages.pop_back();
  }
  for (int i = 6; i < 10; ++i) {
    talks[static_cast<size_t>(i)].transcript.messages.back().content = " ";
  }
  DatasetReport report = report_of(talks);
  EXPECT_DOUBLE_EQ(value_in(report, "endings", "unanswered"), 10.0 / kTalks);
  EXPECT_DOUBLE_EQ(value_in(report, "endings", "blank_replies"),
                   4.0 / (2 * kTalks - 6));
  EXPECT_EQ(verdict_in(report, "endings", "unanswered"), FigureVerdict::bad);
}

TEST(Guards, CountsFaultsOfKeptMessages) {
  Talks talks = plain_talks(kTalks);
  for (size_t i = 0; i < 8; ++i) {
    talks[i].transcript.messages[1].content = "I had lunch with my wife.";
  }
  DatasetReport report = report_of(talks);
  EXPECT_DOUBLE_EQ(value_in(report, "guards", "kept_faults"),
                   8.0 / (4 * kTalks));
  const Figure* faults = report.find("guards", "kept_faults");
  ASSERT_EQ(faults->bars.size(), 1U);
  EXPECT_EQ(faults->bars[0].label, "assistant: claims_human");
}

TEST(Guards, TellsOfEachModelWhatItsRunFound) {
  RunFacts facts;
  facts.findings = {{"a:x", "assistant", "claims_saved", 40},
                    {"a:x", "tester", "near_repeat", 5}};
  facts.spent = {{"a:x", "assistant", 100, 1, 1}, {"a:x", "tester", 100, 1, 1}};
  DatasetReport report = report_of(plain_talks(10), &facts);
  const Table::Row* row =
      row_in(report, "guards", "by_player", "assistant a:x");
  ASSERT_TRUE(row);
  EXPECT_DOUBLE_EQ(*row->values[2], 0.4);
  EXPECT_EQ(row->verdict, FigureVerdict::bad);
  EXPECT_EQ(verdict_in(report, "guards", "by_player"), FigureVerdict::bad);
}

TEST(Thoughts, CountsThoseOfTheUserBeforeAndAfter) {
  Talks talks = plain_talks(kTalks);
  for (size_t i = 0; i < 30; ++i) {
    Message& reply = talks[i].transcript.messages[1];
    reply.original_thinking = "The user wants an answer.";
    if (i < 10) reply.thinking = "The user wants one.";
  }
  talks[50].transcript.messages[1].thinking.clear();
  DatasetReport report = report_of(talks);
  double thoughts = 2 * kTalks - 1;
  EXPECT_DOUBLE_EQ(value_in(report, "thoughts", "faulty"), 10 / thoughts);
  EXPECT_DOUBLE_EQ(*row_in(report, "thoughts", "states", "before")->values[0],
                   30 / thoughts);
  EXPECT_DOUBLE_EQ(value_in(report, "thoughts", "present"),
                   1 - 1.0 / (2 * kTalks));
}

Talk with_calls(int i, bool error, bool again) {
  Talk talk("call_" + std::to_string(i));
  talk.user("Look for number " + std::to_string(i) + ", would you?");
  talk.tool("search_notes", {{"query", "x"}},
            error ? Json{{"error", "busy"}} : Json{{"found", {"x"}}}, error);
  if (again) talk.tool("search_notes", {{"query", "x"}}, {{"found", {"x"}}});
  talk.ada("So it goes.");
  return talk;
}

TEST(Tools, CountsErrorsAndWhatComesAfterThem) {
  Talks talks = plain_talks(100);
  for (int i = 0; i < 100; ++i) {
    talks.push_back(with_calls(i, i < 20, i < 8).take());
  }
  DatasetReport report = report_of(talks);
  EXPECT_DOUBLE_EQ(value_in(report, "tools", "success"), 1 - 20.0 / 108);
  EXPECT_DOUBLE_EQ(value_in(report, "tools", "recovery"), 8.0 / 20);
  EXPECT_DOUBLE_EQ(value_in(report, "tools", "used"), 0.5);
  EXPECT_EQ(row_in(report, "tools", "by_tool", "search_notes")->values[1], 20);
}

TEST(Tools, DoesNotBlameAModelForPlannedFailures) {
  Talk talk = with_calls(1, true, true);
  FinishedConversation planned = talk.with("tool_failures", 1).take();
  planned.transcript.messages[1].train = true;
  DatasetReport report = report_of({planned});
  EXPECT_EQ(value_in(report, "tools", "success"), 1);
  EXPECT_EQ(row_in(report, "tools", "by_tool", "search_notes")->values[2], 1);
}

TEST(MemoryTruth, CountsClaimsThatNothingBacks) {
  Talks talks = plain_talks(100);
  for (int i = 0; i < 10; ++i) {
    Talk talk("claim_" + std::to_string(i));
    talk.user("My cat is called Bo.");
    if (i >= 4) {
      talk.tool("add_memory", {{"text", "Their cat is called Bo."}},
                {{"total", 1}});
    }
    talks.push_back(talk.ada("I've saved that for you.").take());
  }
  DatasetReport report = report_of(talks);
  const Table::Row* saved =
      row_in(report, "memory_truth", "by_kind", "says that it saved");
  ASSERT_TRUE(saved);
  EXPECT_EQ(saved->values[0], 10);
  EXPECT_EQ(saved->values[1], 4);
  EXPECT_DOUBLE_EQ(
      value_in(report, "memory_truth", "conversations_with_unbacked"),
      4.0 / 110);
}

TEST(Diversity, FindsAPhraseThatIsCloned) {
  Talks talks = plain_talks(300);
  for (size_t i = 0; i < 60; ++i) {
    talks[i * 5].transcript.messages[1].content =
        "It takes a village to raise a very small goat.";
  }
  DatasetReport report = report_of(talks);
  const Figure* phrases = report.find("diversity", "assistant_phrases");
  ASSERT_TRUE(phrases && !phrases->bars.empty());
  EXPECT_EQ(phrases->bars[0].label,
            "it takes a village to raise a very small goat");
  EXPECT_NEAR(phrases->bars[0].value, 0.2, 0.001);
  EXPECT_EQ(phrases->verdict, FigureVerdict::bad);
}

TEST(Lengths, CountsAnswersThatBreakOff) {
  Talks talks = plain_talks(kTalks);
  for (size_t i = 0; i < 12; ++i) {
    talks[i].transcript.messages[1].content = "That is one. And the other is";
  }
  DatasetReport report = report_of(talks);
  EXPECT_DOUBLE_EQ(value_in(report, "lengths", "broken_off"),
                   12.0 / (2 * kTalks));
  EXPECT_DOUBLE_EQ(value_in(report, "lengths", "turns"), 2);
}

TEST(Shares, AreHeldAgainstTheWishes) {
  Talks talks = plain_talks(kTalks);
  for (size_t i = 0; i < talks.size(); ++i) {
    talks[i].metadata["mood"] = i < 150 ? "calm" : "tired";
    talks[i].metadata["took_place"] = i >= 20;
    talks[i].metadata["situation"] = "talk";
  }
  RunFacts facts;
  facts.wanted = {{"mood", {{"calm", 0.5}, {"tired", 0.4}, {"angry", 0.1}}}};
  DatasetReport report = report_of(talks, &facts);
  EXPECT_NEAR(value_in(report, "shares", "mood"), 0.25, 1e-9);
  EXPECT_EQ(verdict_in(report, "shares", "mood"), FigureVerdict::bad);
  EXPECT_EQ(report.find("shares", "mood")->bars[2].verdict,
            FigureVerdict::look);
  EXPECT_DOUBLE_EQ(value_in(report, "shares", "took_place"), 0.9);
  EXPECT_EQ(value_in(report, "coverage", "never_seen"), 1);
}

TEST(Coverage, FindsWhatIsMissingAmongWhatIsThere) {
  Talks talks = plain_talks(400);
  for (size_t i = 0; i < talks.size(); ++i) {
    bool one = i % 2 == 0;
    talks[i].metadata["situation"] = one ? "advice" : "recall";
    talks[i].metadata["mood"] = i % 4 < 2 ? "calm" : "tired";
    // The recall of the tired is missing.
    if (!one) talks[i].metadata["mood"] = "calm";
    talks[i].metadata["tools"] = "search_notes,add_note";
    talks[i].transcript.messages.insert(talks[i].transcript.messages.begin(),
                                        Message{Speaker::system, "Be."});
  }
  DatasetReport report = report_of(talks);
  const Figure* holes = report.find("coverage", "holes");
  ASSERT_EQ(holes->table.rows.size(), 1U);
  EXPECT_EQ(holes->table.rows[0].label, "situation x mood: recall x tired");
  EXPECT_EQ(holes->table.rows[0].values[0], 50);
  EXPECT_EQ(holes->table.rows[0].values[1], 0);
  EXPECT_EQ(value_in(report, "coverage", "never_called"), 1);
}

PriceList prices_of_a() {
  return prices_from(
      R"({"currency": "USD", "per_million_tokens":
          {"a:*": {"input": 1, "output": 10, "read": "2026-01-02"}}})",
      "prices.json");
}

TEST(Cost, CountsFailedAttemptsAndMoney) {
  Talks talks = plain_talks(10);
  for (FinishedConversation& talk : talks) {
    talk.metadata["input_tokens"] = 800;
    talk.metadata["output_tokens"] = 200;
    talk.metadata["trained_tokens"] = 100;
  }
  RunFacts facts;
  facts.spent = {{"a:x", "assistant", 20, 16'000, 4'000}};
  ReportRules rules;
  rules.prices = prices_of_a();
  DatasetReport report = report_of(talks, &facts, rules);
  EXPECT_DOUBLE_EQ(value_in(report, "cost", "lost"), 0.5);
  EXPECT_EQ(row_in(report, "cost", "tokens", "a kept conversation")->values[0],
            1600);
  EXPECT_EQ(row_in(report, "cost", "tokens", "1,000 to train on")->values[1],
            4000);
  EXPECT_DOUBLE_EQ(value_in(report, "cost", "money_conversation"), 0.0056);
  EXPECT_DOUBLE_EQ(value_in(report, "cost", "money_trained"), 0.056);
}

TEST(Cost, NamesModelsWhosePriceIsNotKnown) {
  RunFacts facts;
  facts.spent = {{"a:x", "assistant", 20, 16'000, 4'000},
                 {"b:y", "tester", 20, 1'000, 1'000}};
  facts.job_spent = {{"a:j", "judge", 10, 1'000'000, 0}};
  ReportRules rules;
  rules.prices = prices_of_a();
  DatasetReport report = report_of(plain_talks(10), &facts, rules);
  EXPECT_EQ(value_in(report, "cost", "unpriced"), 1);
  EXPECT_EQ(report.find("cost", "unpriced")->examples[0].text, "b:y");
  const Figure* money = report.find("cost", "money_conversation");
  ASSERT_TRUE(money);
  EXPECT_DOUBLE_EQ(*money->value, 0.0056);
  EXPECT_EQ(money->of, "USD, without b:y, whose price is not known");
  EXPECT_NE(money->good.find("prices of 2026-01-02"), std::string::npos);
  EXPECT_FALSE(row_in(report, "cost", "by_player", "tester b:y")->values[3]);
  EXPECT_EQ(value_in(report, "cost", "jobs"), 1);
}

TEST(Cost, SaysNothingOfMoneyWhenNoPriceIsKnown) {
  RunFacts facts;
  facts.spent = {{"b:y", "assistant", 20, 16'000, 4'000}};
  DatasetReport report = report_of(plain_talks(10), &facts);
  EXPECT_FALSE(report.find("cost", "money_conversation"));
  EXPECT_EQ(value_in(report, "cost", "unpriced"), 1);
}

TEST(Cost, IsNotSpreadOverAChoiceOfARunsConversations) {
  RunFacts facts;
  facts.spent = {{"a:x", "assistant", 20, 16'000, 4'000}};
  facts.kept = 20;
  ReportRules rules;
  rules.prices = prices_of_a();
  DatasetReport report = report_of(plain_talks(10), &facts, rules);
  EXPECT_FALSE(report.find("cost", "money_conversation"));
  EXPECT_FALSE(report.find("cost", "by_player_conversation"));
  EXPECT_TRUE(row_in(report, "cost", "by_player", "assistant a:x"));
}

JudgeVerdict verdict(bool natural, bool good) {
  JudgeVerdict verdict;
  verdict.judge = {"court", "severe"};
  verdict.answers["natural"] = {{"holds", natural},
                                {"messages", Json::array()}};
  if (!natural) verdict.answers["natural"]["messages"] = {1, 3};
  verdict.answers["worth_training_on"] = {{"holds", good},
                                          {"messages", Json::array()}};
  verdict.good = good;
  return verdict;
}

TEST(Verdicts, AreCountedByStatementWithExamples) {
  Talks talks = plain_talks(100);
  for (size_t i = 0; i < 50; ++i) talks[i].verdict = verdict(i >= 15, i >= 5);
  DatasetReport report = report_of(talks);
  EXPECT_DOUBLE_EQ(value_in(report, "verdicts", "judged"), 0.5);
  EXPECT_DOUBLE_EQ(value_in(report, "verdicts", "good"), 0.9);
  EXPECT_EQ(verdict_in(report, "verdicts", "good"), FigureVerdict::good);
  const Table::Row* natural =
      row_in(report, "verdicts", "by_question", "natural");
  ASSERT_TRUE(natural);
  EXPECT_EQ(natural->values[0], 35);
  EXPECT_EQ(natural->values[1], 15);
  EXPECT_DOUBLE_EQ(*natural->values[2], 0.7);
  const Figure* by_question = report.find("verdicts", "by_question");
  EXPECT_EQ(by_question->verdict, FigureVerdict::bad);
  EXPECT_EQ(by_question->finding, "natural holds in only 70 %");
  ASSERT_FALSE(by_question->examples.empty());
  EXPECT_EQ(by_question->examples[0].conversation, "conv_100000");
  EXPECT_TRUE(by_question->examples[0].text.starts_with(
      "natural, messages 1, 3; assistant: The lamp can wait"))
      << by_question->examples[0].text;
}

TEST(Verdicts, AreNoPartOfAReportWithoutAny) {
  DatasetReport report = report_of(plain_talks(20));
  for (const Section& section : report.sections) {
    EXPECT_NE(section.key, "verdicts");
  }
}

TEST(Breakdown, MarksWhoStandsOut) {
  Talks talks = plain_talks(kTalks);
  for (size_t i = 0; i < talks.size(); ++i) {
    talks[i].metadata["assistant"] = i % 4 == 0 ? "a:bad" : "a:fine";
    if (i % 8 != 0) continue;
    talks[i].transcript.messages[1].content = "I had lunch with my wife.";
  }
  DatasetReport report = report_of(talks);
  const Table::Row* bad = row_in(report, "breakdown", "assistant", "a:bad");
  ASSERT_TRUE(bad);
  EXPECT_EQ(bad->values[0], 50);
  EXPECT_EQ(bad->values[2], 0.5);
  EXPECT_EQ(bad->verdict, FigureVerdict::look);
  EXPECT_EQ(row_in(report, "breakdown", "assistant", "a:fine")->verdict,
            FigureVerdict::none);
}

}  // namespace
}  // namespace simulate
