// `simulate judge` and --judge, as somebody uses them: with the built program
// and a judge on loopback.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <random>

#include "simulator/conversation/judge.h"
#include "simulator/store/ledger.h"
#include "simulator/store/ledger_reader.h"
#include "tests/program/loopback_judge.h"
#include "tests/program/program.h"
#include "tests/repetitions.h"

namespace simulate {
namespace {

using std::chrono::milliseconds;

class JudgeCommand : public ::testing::Test {
 protected:
  void make_run(int conversations, const std::vector<std::string>& more = {}) {
    std::vector<std::string> command = {
        "--providers", "offline",  "--target", std::to_string(conversations),
        "--output",    "run.json", "--quiet"};
    command.insert(command.end(), more.begin(), more.end());
    Ended ended = program_.run(command);
    ASSERT_EQ(ended.status, 0) << ended.err;
  }

  Ended judge(std::vector<std::string> more = {}) {
    std::vector<std::string> command = {"judge", "--providers", "court",
                                        "--output", "run.json"};
    command.insert(command.end(), more.begin(), more.end());
    return program_.run(command);
  }

  int number_of(const std::string& sql, const char* ledger = "run.db") {
    SQLite::Database database((scratch_ / ledger).string());
    return database.execAndGet(sql).getInt();
  }

  std::set<std::string> clean_texts() {
    LedgerReader reader(scratch_ / "run.db");
    std::set<std::string> texts;
    for (int64_t number = 1; number <= reader.records(); ++number) {
      texts.insert(numbered_text(reader.conversation(number).transcript));
    }
    return texts;
  }

  Scratch scratch_;
  Program program_{scratch_};
};

TEST_F(JudgeCommand, KeepsVerdictsBesideTheConversations) {
  make_run(12);
  std::string before = read_file(scratch_ / "run.json");
  LoopbackJudge court(scratch_);
  court.knows(clean_texts());
  court.errs(0, 0.4);
  Ended ended = judge();
  ASSERT_EQ(ended.status, 0) << ended.err;
  EXPECT_TRUE(contains(ended.out, "12 conversations judged by court:severe"));
  EXPECT_TRUE(contains(ended.out, "judge --calibrate 100"));
  EXPECT_EQ(number_of("SELECT count(*) FROM verdicts"), 12);
  EXPECT_EQ(number_of("SELECT count(*) FROM verdicts WHERE good = 0"),
            court.false_alarms());
  EXPECT_EQ(read_file(scratch_ / "run.json"), before);
  Ended report = program_.run({"report", "--output", "run.json"});
  for (const char* line : {"Conversations with a verdict: 100 %", "natural",
                           "judge court:severe"}) {
    EXPECT_TRUE(contains(report.out, line)) << line << "\n" << report.out;
  }
  Ended status = program_.run({"status", "--output", "run.json"});
  EXPECT_TRUE(contains(status.out, "no price is known of court:severe"))
      << status.out;
  int asked = court.answered();
  judge();
  EXPECT_EQ(court.answered(), asked) << "who was judged is not judged again";
  Ended check =
      program_.run({"check", "--providers", "court", "--output", "run.json"});
  EXPECT_TRUE(contains(check.out, "ledger         sound") || check.status == 0)
      << check.out;
}

TEST_F(JudgeCommand, ChoosesConversationsByTheirVerdicts) {
  make_run(12);
  LoopbackJudge court(scratch_);
  court.knows(clean_texts());
  court.errs(0, 0.4);
  judge();
  Ended bad =
      program_.run({"export", "--output", "run.json", "--container", "jsonl",
                    "--where", "verdict ->> 'worth_training_on' = 0"});
  ASSERT_EQ(bad.status, 0) << bad.err;
  EXPECT_EQ(std::count(bad.out.begin(), bad.out.end(), '\n'),
            court.false_alarms());
  EXPECT_GT(court.false_alarms(), 0);
}

// Each has its own answers, and the latest judging is the one that is asked
// for.
TEST_F(JudgeCommand, BringsTheVerdictsOfAnOldRubricBack) {
  make_run(4);
  write_file(scratch_ / "mine.json",
             R"({"asks": "You judge.", "good": "short",
                 "questions": [{"name": "short", "holds": "It is short."}]})");
  LoopbackJudge court(scratch_);
  court.knows(clean_texts());
  auto verdicts = [this](const char* name) {
    return number_of("SELECT count(*) FROM verdicts WHERE answers LIKE '%" +
                     std::string(name) + "%'");
  };
  judge();
  EXPECT_EQ(verdicts("natural"), 4);
  judge({"--rubric", "mine.json"});
  EXPECT_EQ(verdicts("short"), 4);
  int asked = court.answered();
  EXPECT_EQ(asked, 8);
  judge();
  EXPECT_EQ(verdicts("natural"), 4);
  EXPECT_EQ(court.answered(), asked);
}

TEST_F(JudgeCommand, FindsOutHowOftenAJudgeErrs) {
  make_run(60);
  LoopbackJudge court(scratch_);
  court.knows(clean_texts());
  court.errs(0.3, 0.1);
  Ended ended = judge({"--calibrate", "60"});
  ASSERT_EQ(ended.status, 0) << ended.err;
  int planted =
      number_of("SELECT count(*) FROM items WHERE result ->> 'defect' <> ''");
  int caught = number_of(
      "SELECT count(*) FROM items WHERE result ->> 'defect' <> '' AND result "
      "->> 'good' = 0");
  int alarms = number_of(
      "SELECT count(*) FROM items WHERE result ->> 'defect' = '' AND result "
      "->> 'good' = 0");
  EXPECT_EQ(planted, 60);
  EXPECT_EQ(caught, court.found());
  EXPECT_EQ(alarms, court.false_alarms());
  char row[80];
  std::snprintf(row, sizeof row, "%.1f %% of 60%10.1f %% of 60",
                100.0 * caught / 60, 100.0 * alarms / 60);
  // The last row is of the statement that every defect ought to break.
  size_t last = ended.out.rfind("worth training on");
  std::string found = ended.out.substr(last);
  EXPECT_TRUE(contains(found, std::string(row).substr(0, 12))) << ended.out;
  EXPECT_NEAR(caught / 60.0, 0.7, 0.15);
  EXPECT_NEAR(alarms / 60.0, 0.1, 0.1);
  // From then on it stands beside what the judge says.
  EXPECT_FALSE(contains(judge().out, "Nobody has judged"));
}

TEST_F(JudgeCommand, LeavesItsFindsForShowToQuote) {
  make_run(3);
  LoopbackJudge court(scratch_);
  court.knows(clean_texts());
  court.errs(0, 1);
  ASSERT_EQ(judge().status, 0);
  auto shown = [this] {
    return program_.run({"show", "last", "--output", "run.json"}).out;
  };
  EXPECT_TRUE(contains(shown(), "judged not good by court:severe")) << shown();
  EXPECT_TRUE(contains(shown(), "    natural fails\n"))
      << "it names no message";
  std::string opening;
  {
    Ledger ledger(scratch_ / "run.db", ToolSyntax::python);
    LedgerReader reader(scratch_ / "run.db");
    opening = reader.conversation(3).transcript.messages.at(1).content;
    AttemptKey last = reader.attempt_of(3);
    JudgeVerdict verdict = reader.verdict(last).value();
    verdict.answers["natural"]["messages"] = {1};
    Change change(VerdictRow{last, std::move(verdict)});
    std::vector<Change*> changes = {&change};
    ledger.apply(changes, /*durable=*/true);
  }
  opening.resize(12);
  EXPECT_TRUE(contains(shown(), "natural fails in message 1, \"" + opening))
      << shown();
}

TEST_F(JudgeCommand, ReadsAFileAndKeepsItsLedgerBesideIt) {
  make_run(10);
  LoopbackJudge court(scratch_);
  court.errs(0, 0);
  std::filesystem::copy(scratch_ / "run.json", scratch_ / "talks.json");
  Ended ended = program_.run(
      {"judge", "--providers", "court", "--input", "talks.json", "--json"});
  ASSERT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(std::count(ended.out.begin(), ended.out.end(), '\n'), 10);
  EXPECT_EQ(number_of("SELECT count(*) FROM items", "talks.json.jobs.db"), 10);
  int asked = court.answered();
  program_.run({"judge", "--providers", "court", "--input", "talks.json"});
  EXPECT_EQ(court.answered(), asked);
}

TEST_F(JudgeCommand, TellsOfTheRowsOfAFileAsTheyAreNow) {
  make_run(6);
  program_.run({"export", "--output", "run.json", "--container", "jsonl",
                "--to", "talks.jsonl"});
  LoopbackJudge court(scratch_);
  court.errs(0, 0);
  const std::vector<std::string> command = {"judge",   "--providers", "court",
                                            "--input", "talks.jsonl", "--json"};
  Ended before = program_.run(command);
  std::string text = read_file(scratch_ / "talks.jsonl");
  size_t first = text.find('\n') + 1;
  // The first row is gone, so that every other one has another place.
  write_file(scratch_ / "talks.jsonl", text.substr(first));
  Ended now = program_.run(command);
  ASSERT_EQ(now.status, 0) << now.err;
  EXPECT_EQ(std::count(before.out.begin(), before.out.end(), '\n'), 6);
  EXPECT_EQ(std::count(now.out.begin(), now.out.end(), '\n'), 5) << now.out;
  EXPECT_FALSE(contains(now.out, R"("row":6)"));
}

TEST_F(JudgeCommand, AsksAgainWhereTheMomentOfARowIsAnother) {
  LoopbackJudge court(scratch_);
  court.errs(0, 0);
  auto judge_row = [this](const std::string& about) {
    Json row = {{"messages",
                 {{{"role", "user"}, {"content", "Hello?"}},
                  {{"role", "assistant"}, {"content", "Good morning."}}}},
                {"metadata", {{"situation", "small_talk"}, {"about", about}}}};
    write_file(scratch_ / "talks.jsonl", to_text(row) + '\n');
    return program_
        .run({"judge", "--providers", "court", "--input", "talks.jsonl"})
        .status;
  };
  EXPECT_EQ(judge_row("bees"), 0);
  EXPECT_EQ(judge_row("bees"), 0);
  EXPECT_EQ(court.answered(), 1);
  EXPECT_EQ(judge_row("boats"), 0);
  EXPECT_EQ(court.answered(), 2);
}

// What is planted is of another conversation, and that one changes as the run
// grows.
TEST_F(JudgeCommand, CalibratesAgainWhereSomethingElseIsPlanted) {
  make_run(6);
  LoopbackJudge court(scratch_);
  court.knows(clean_texts());
  court.errs(0, 0);
  EXPECT_EQ(judge({"--calibrate", "6"}).status, 0);
  EXPECT_EQ(court.answered(), 12);
  EXPECT_EQ(judge({"--calibrate", "6"}).status, 0);
  EXPECT_EQ(court.answered(), 12);
  make_run(9);
  court.knows(clean_texts());
  EXPECT_EQ(judge({"--calibrate", "9"}).status, 0);
  int sent = number_of(
      "SELECT count(DISTINCT name) FROM items WHERE result ->> 'defect' <> ''");
  EXPECT_GT(sent, 9) << "some of the six have something else planted";
  EXPECT_EQ(sent + 9, court.answered());
}

TEST_F(JudgeCommand, InsideTheAttemptUsesItUpWhenItIsNotGood) {
  make_run(8, {"--judge", "reject"});
  EXPECT_EQ(number_of("SELECT count(*) FROM verdicts WHERE good"), 8);
  EXPECT_EQ(number_of("SELECT count(*) FROM replies WHERE role = 'judge'"),
            number_of("SELECT count(*) FROM verdicts") +
                number_of("SELECT count(*) FROM attempts WHERE reason = "
                          "'judge'"));
  Ended replayed = program_.run({"replay", "run.db"});
  EXPECT_EQ(replayed.status, 0) << replayed.err;
}

TEST_F(JudgeCommand, IsSpokenOfWhenARunEnds) {
  const std::vector<std::string> ten = {"--providers", "offline",  "--output",
                                        "run.json",    "--target", "10"};
  std::vector<std::string> judged = ten;
  judged.insert(judged.end(), {"--judge", "mark"});
  Ended ended = program_.run(judged);
  ASSERT_EQ(ended.status, 0) << ended.err;
  EXPECT_TRUE(contains(ended.err,
                       "Judged: 10 of 10, 10 good; each statement "
                       "holds in: stays this person 10"))
      << ended.err;
  std::vector<std::string> more = ten;
  more.back() = "12";
  ended = program_.run(more);
  EXPECT_TRUE(contains(ended.err, "no verdict without --judge")) << ended.err;
  EXPECT_FALSE(contains(ended.err, "Judged: "));
  ended = program_.run(more);
  EXPECT_FALSE(contains(ended.err, "no verdict")) << "nothing is to do";
}

// Who speaks in conversations is no matter of a judging.
TEST_F(JudgeCommand, NeedsNobodyButTheJudge) {
  make_run(2);
  LoopbackJudge court(scratch_);
  Json secrets = *parse_json(read_file(scratch_ / "secrets.json"));
  secrets["roles"] = {{"tester", {{{"provider", "mistral"}}}},
                      {"writer", {{{"provider", "mistral"}}}}};
  write_file(scratch_ / "secrets.json", to_text(secrets), 0600);
  EXPECT_EQ(judge().status, 0);
  secrets["roles"]["judge"] = {{{"provider", "mistral"}}};
  write_file(scratch_ / "secrets.json", to_text(secrets), 0600);
  Ended absent = judge();
  EXPECT_EQ(absent.status, 2);
  EXPECT_TRUE(contains(absent.err, "gives the judge to mistral")) << absent.err;
}

TEST_F(JudgeCommand, SaysWhatGoesWrong) {
  Ended idle = program_.run({"--providers", "offline", "--rubric", "mine.json",
                             "--output", "run.json"});
  EXPECT_EQ(idle.status, 2);
  EXPECT_TRUE(contains(idle.err, "add --judge mark")) << idle.err;
  LoopbackJudge court(scratch_);
  EXPECT_TRUE(contains(judge().err, "there is no run at run.json"));
  make_run(3);
  EXPECT_TRUE(contains(judge({"--rubric", "none.json"}).err, "none.json"));
  EXPECT_TRUE(
      contains(judge({"--where", "mod = 'calm'"}).err, "did you mean mood?"));
  Ended none = judge({"--where", "turns > 99"});
  EXPECT_EQ(none.status, 2);
  EXPECT_TRUE(contains(none.err, "chooses none of the conversations"))
      << none.err;
  EXPECT_EQ(judge({"--max-calls", "2"}).status, 3);
  Ended enough = judge({"--max-calls", "1"});
  EXPECT_EQ(enough.status, 0) << enough.err;
  EXPECT_FALSE(contains(enough.err, "--max-calls"));
  EXPECT_EQ(court.answered(), 3);
}

// Of what a job had in its ledger when it was killed, nothing is asked again.
TEST_F(JudgeCommand, IsKilledAtRandomAndAsksNothingTwice) {
  make_run(120);
  LoopbackJudge court(scratch_, milliseconds(5));
  court.errs(0, 0);
  const std::vector<std::string> command = {
      "judge",    "--providers",   "court", "--output",
      "run.json", "--concurrency", "4"};
  const char* asked_for = std::getenv("SIMULATE_KILLS");
  int most = asked_for ? std::atoi(asked_for) : repetitions(12, 4);
  std::mt19937 random(4711);
  int kills = 0;
  int in_flight = 0;
  bool over = false;
  while (!over && kills < most) {
    int answered = court.answered();
    program_.start(command);
    Program::see(
        [&] { return court.answered() > answered || program_.has_ended(); });
    std::this_thread::sleep_for(milliseconds(random() % 20));
    program_.kill(SIGKILL);
    over = program_.wait().status == 0;
    kills += !over;
    in_flight += 4;
  }
  Ended ended = program_.run(command);
  ASSERT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(number_of("SELECT count(*) FROM verdicts"), 120);
  EXPECT_EQ(number_of("SELECT count(*) FROM item_replies"), 120);
  int again = court.answered() - 120;
  EXPECT_LE(again, in_flight) << "only what was in flight may be asked again";
  std::printf("%d kills, %d answers asked for again, %d in flight at most\n",
              kills, again, in_flight);
}

}  // namespace
}  // namespace simulate
