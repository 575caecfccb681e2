// What a run does when something has changed since last time: a test for each
// row of the table in the README.
#include <gtest/gtest.h>

#include <set>

#include "simulator/store/ledger_reader.h"
#include "tests/program/loopback_providers.h"
#include "tests/program/program.h"
#include "tests/store/old_ledger.h"

namespace simulate {
namespace {

namespace fs = std::filesystem;

class Continue : public testing::Test {
 protected:
  Continue() {
    fs::path source = SIMULATE_SOURCE_DIR;
    fs::copy(source / "systemprompts", scratch_ / "systemprompts");
    fs::create_directory(scratch_ / "personas");
    for (const char* name : {"agnes.json", "bryn.json", "chidi.json"}) {
      fs::copy(source / "personas" / name, scratch_ / "personas" / name);
    }
  }

  Ended run(std::vector<std::string> more) {
    std::vector<std::string> command = {"--output", "run.json", "--json",
                                        "--turns", "1-2"};
    bool chosen =
        std::find(more.begin(), more.end(), "--providers") != more.end();
    if (!chosen) command.insert(command.end(), {"--providers", "offline"});
    command.insert(command.end(), more.begin(), more.end());
    return program_.run(command);
  }

  void wait_for_some_records() {
    const fs::path file = scratch_ / "run.json";
    EXPECT_TRUE(Program::see(
        [&] { return fs::exists(file) && fs::file_size(file) > 100'000; }));
  }

  void edit_prompt() {
    fs::path path = scratch_ / "systemprompts" / "tester.md";
    write_file(path, read_file(path) + "\nSpeak of the weather, too.\n");
  }

  Json records(const std::string& name = "run.json") {
    return parse_json(read_file(scratch_ / name)).value_or(Json());
  }

  std::set<std::string> values(const char* key) {
    std::set<std::string> found;
    for (const Json& record : records()) {
      const Json& value =
          record.contains(key) ? record[key] : record["metadata"][key];
      found.insert(value.is_string() ? value.get<std::string>()
                                     : to_text(value));
    }
    return found;
  }

  void expect_said(const Ended& ended, const std::string& text) {
    EXPECT_NE(ended.err.find(text), std::string::npos)
        << text << "\n--- was not said, but\n"
        << ended.err;
  }

  Scratch scratch_;
  Program program_{scratch_};
};

TEST_F(Continue, GoesOnWithTheLedgersOfOlderVersions) {
  for (int version : {1, 2, 3, 4, 5}) {
    SCOPED_TRACE(version);
    fs::remove(scratch_ / "run.json");
    make_old_ledger(scratch_ / "run.db", version);
    Ended status = program_.run({"status", "--output", "run.json"});
    EXPECT_EQ(status.status, 0) << status.err;
    Ended more = program_.run({"--output", "run.json", "--providers", "offline",
                               "--target", "6", "--on-change", "continue"});
    EXPECT_EQ(more.status, 0) << more.err;
    EXPECT_EQ(records().size(), 6u);
    Ended again = program_.run({"replay", "run.db"});
    EXPECT_EQ(again.status, 0) << again.err;
    fs::remove(scratch_ / "run.db");
  }
}

TEST_F(Continue, GoesOnWhenNothingOrTheTargetChanged) {
  EXPECT_EQ(run({"--target", "4"}).status, 0);
  std::string before = read_file(scratch_ / "run.json");
  EXPECT_EQ(run({"--target", "4"}).summary()["saved"], 0);
  EXPECT_EQ(read_file(scratch_ / "run.json"), before);
  EXPECT_EQ(run({"--target", "7"}).summary()["saved"], 3);
  EXPECT_EQ(values("id").size(), 7u);
}

TEST_F(Continue, KeepsItsTargetWhenASmallerOneIsAskedFor) {
  run({"--target", "6"});
  Ended ended = run({"--target", "4"});
  EXPECT_EQ(ended.status, 0);
  expect_said(ended,
              "The run holds 6 conversations, more than the 4 asked for");
  expect_said(ended, "Nothing was to do");
  Ended status = program_.run({"status", "--output", "run.json"});
  EXPECT_NE(status.out.find("6 of 6"), std::string::npos) << status.out;
  Ended plan = program_.run({"--output", "run.json", "--providers", "offline",
                             "--target", "4", "--dry-run"});
  EXPECT_NE(plan.out.find("6 conversations saved, more than the 4 asked for"),
            std::string::npos)
      << plan.out;
  EXPECT_EQ(LedgerReader(scratch_ / "run.db").versions().size(), 1u);
}

TEST_F(Continue, GoesOnWithAnotherProviderConcurrencyOrBudget) {
  LoopbackProviders providers(scratch_, 200);
  EXPECT_EQ(run({"--target", "3", "--providers", "mistral"}).status, 0);
  EXPECT_EQ(run({"--target", "12", "--providers", "mistral,together",
                 "--concurrency", "3"})
                .status,
            0);
  EXPECT_EQ(values("id").size(), 12u);
  EXPECT_EQ(values("assistant").size(), 2u);
}

TEST_F(Continue, StopsWithADifferenceAndThreeChoicesWhenAPromptChanged) {
  run({"--target", "3"});
  std::string before = read_file(scratch_ / "run.json");
  edit_prompt();
  Ended ended = run({"--target", "6"});
  EXPECT_EQ(ended.status, 2);
  expect_said(ended, "+ Speak of the weather, too.");
  expect_said(ended, "--on-change continue");
  expect_said(ended, "make the 3 conversations again");
  expect_said(ended, "moved to run.1.json");
  EXPECT_EQ(read_file(scratch_ / "run.json"), before);
}

TEST_F(Continue, StopsWhenAModelSamplingOrRewritingChanged) {
  LoopbackProviders providers(scratch_, 200);
  run({"--target", "2", "--providers", "mistral"});
  Ended ended =
      run({"--target", "2", "--providers", "mistral", "--rewrite", "off"});
  EXPECT_EQ(ended.status, 2);
  expect_said(ended, "rewrite: conversation -> off");
  Json secrets = *parse_json(read_file(scratch_ / "secrets.json"));
  secrets["providers"]["mistral"]["model"] = "another";
  write_file(scratch_ / "secrets.json", to_text(secrets), 0600);
  ended = run({"--target", "2", "--providers", "mistral"});
  EXPECT_EQ(ended.status, 2);
  expect_said(ended, "mistral-model -> another");
}

TEST_F(Continue, KeepsBothVersionsWhenToldToContinue) {
  run({"--target", "3"});
  edit_prompt();
  EXPECT_EQ(run({"--target", "6", "--on-change", "continue"}).status, 0);
  EXPECT_EQ(values("prompts").size(), 2u);
  EXPECT_EQ(values("id").size(), 6u);
  EXPECT_EQ(run({"--target", "7"}).status, 0) << "it was said once";
}

TEST_F(Continue, MakesAgainWhatTheOldSettingsMade) {
  run({"--target", "6"});
  std::set<std::string> ids = values("id");
  std::set<std::string> before = values("prompts");
  edit_prompt();
  Ended ended = run({"--target", "6", "--on-change", "redo"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  expect_said(ended, "6 conversations of other settings are taken back");
  EXPECT_EQ(ended.summary()["saved"], 6);
  EXPECT_EQ(records().size(), 6u);
  EXPECT_EQ(values("id"), ids) << "the same places of the plan";
  EXPECT_EQ(values("prompts").size(), 1u);
  EXPECT_NE(values("prompts"), before);
  LedgerReader reader(scratch_ / "run.db");
  EXPECT_FALSE(reader.replies({1, 1}).empty()) << "nothing bought is deleted";
  Ended exported = program_.run({"export", "--output", "run.json"});
  EXPECT_EQ(exported.out, read_file(scratch_ / "run.json"));
}

TEST_F(Continue, SaysInADryRunWhatAChangeWouldMean) {
  run({"--target", "6"});
  edit_prompt();
  std::string file = read_file(scratch_ / "run.json");
  Ended asked = run({"--target", "9", "--dry-run"});
  EXPECT_EQ(asked.status, 2);
  EXPECT_EQ(asked.err, run({"--target", "9"}).err);
  auto dry = [&](const char* choice) {
    Ended ended = run({"--target", "9", "--dry-run", "--on-change", choice});
    EXPECT_EQ(ended.status, 0) << ended.err;
    return ended.summary();
  };
  EXPECT_EQ(dry("continue")["kept"], 6);
  Json redo = dry("redo");
  EXPECT_EQ(redo["kept"], 0);
  EXPECT_EQ(redo["again"], 6);
  Json fresh = dry("new-run");
  EXPECT_EQ(fresh["kept"], 0);
  EXPECT_EQ(fresh["new_run"], true);
  EXPECT_EQ(fresh["calls"], redo["calls"]);
  EXPECT_EQ(read_file(scratch_ / "run.json"), file);
  EXPECT_FALSE(fs::exists(scratch_ / "run.1.json"));
  EXPECT_EQ(LedgerReader(scratch_ / "run.db").versions().size(), 1u);
}

TEST_F(Continue, RefusesInADryRunWhatAStartRefuses) {
  run({"--target", "3"});
  auto refused = [&](std::vector<std::string> command) {
    std::string real = run(command).err;
    command.push_back("--dry-run");
    Ended dry = run(command);
    EXPECT_EQ(dry.status, 2);
    EXPECT_EQ(dry.err, real);
  };
  refused({"--target", "3", "--seed", "9"});
  write_file(scratch_ / "run.json", "[\n{\"mine\": true}\n]\n");
  refused({"--target", "3"});
  Ended other = program_.run(
      {"--output", "run.jsonl", "--providers", "offline", "--dry-run"});
  EXPECT_EQ(other.status, 2);
  expect_said(other, "belongs to run.json");
}

TEST_F(Continue, ChecksAllOfTheTrainingFile) {
  run({"--target", "6"});
  auto check = [this] {
    return program_.run(
        {"check", "--output", "run.json", "--providers", "offline"});
  };
  EXPECT_EQ(check().status, 0);
  std::string file = read_file(scratch_ / "run.json");
  std::string edited = file;
  edited[edited.find("Ada")] = 'I';
  write_file(scratch_ / "run.json", edited);
  Ended found = check();
  EXPECT_EQ(found.status, 1);
  EXPECT_NE(found.out.find("Move it away"), std::string::npos) << found.out;
  write_file(scratch_ / "run.json", file + "mine");
  found = check();
  EXPECT_EQ(found.status, 1);
  Ended refused = run({"--target", "6"});
  EXPECT_EQ(refused.status, 2);
  std::string sentence = refused.err.substr(refused.err.find("run.json"));
  sentence.pop_back();
  EXPECT_NE(found.out.find(sentence), std::string::npos) << sentence << "\n"
                                                         << found.out;
}

TEST_F(Continue, RedoesOnlyWhatIsOfOtherSettings) {
  run({"--target", "9", "--sessions", "3"});  // the whole first wave
  edit_prompt();
  run({"--target", "12", "--sessions", "3", "--on-change", "continue"});
  Ended ended = run({"--target", "12", "--on-change", "redo"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(values("prompts").size(), 1u);
  EXPECT_EQ(values("id").size(), 12u);
  EXPECT_EQ(ended.summary()["saved"], 9);
  ended = run({"--target", "12", "--on-change", "redo"});
  EXPECT_EQ(ended.summary()["saved"], 0);
  expect_said(ended, "nothing is made again");
}

TEST_F(Continue, EndsARedoThatWasKilled) {
  run({"--target", "60"});
  edit_prompt();
  for (int moment : {5, 15, 30, 60, 90, 120}) {
    program_.start({"--output", "run.json", "--providers", "offline", "--turns",
                    "1-2", "--target", "60", "--on-change", "redo"});
    std::this_thread::sleep_for(std::chrono::milliseconds(moment));
    program_.kill(SIGKILL);
    program_.wait();
  }
  Ended ended = run({"--target", "60", "--on-change", "redo"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(records().size(), 60u);
  EXPECT_EQ(values("id").size(), 60u);
  EXPECT_EQ(values("prompts").size(), 1u);
}

TEST_F(Continue, BeginsANewRunAndMovesTheOldOneAside) {
  run({"--target", "3"});
  std::string old = read_file(scratch_ / "run.json");
  edit_prompt();
  Ended ended = run({"--target", "4", "--on-change", "new-run"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(read_file(scratch_ / "run.1.json"), old);
  EXPECT_EQ(records().size(), 4u);
  EXPECT_EQ(values("prompts").size(), 1u);
  Ended exported = program_.run({"export", "--output", "run.1.json"});
  EXPECT_EQ(exported.out, old);
  ended = run({"--target", "5", "--on-change", "new-run"});
  EXPECT_EQ(ended.summary()["saved"], 1) << "nothing has changed since";
  EXPECT_FALSE(fs::exists(scratch_ / "run.2.json"));
}

TEST_F(Continue, SaysWhenAChangeCallsForNoChoice) {
  run({"--target", "3"});
  Ended ended =
      run({"--target", "3", "--sessions", "1", "--on-change", "new-run"});
  expect_said(ended, "sessions: 1-8 -> 1-1");
  expect_said(ended, "so this run goes on");
  EXPECT_FALSE(fs::exists(scratch_ / "run.1.json"));
  ended = run({"--target", "3", "--sessions", "2", "--on-change", "redo"});
  EXPECT_EQ(ended.summary()["saved"], 0);
  expect_said(ended, "nothing is made again");
}

TEST_F(Continue, MovesNoRunWhoseLogSomebodyReads) {
  program_.start({"--output", "run.json", "--providers", "offline", "--turns",
                  "1-2", "--target", "2000"});
  wait_for_some_records();
  program_.kill(SIGKILL);
  program_.wait();
  int64_t kept = 0;
  {
    LedgerReader reader(scratch_ / "run.db");
    LedgerReader::Snapshot snapshot(reader);
    kept = reader.records();
    edit_prompt();
    Ended ended = run({"--target", "4", "--on-change", "new-run"});
    EXPECT_EQ(ended.status, 2);
    expect_said(ended, "another program reads run.db");
    EXPECT_FALSE(fs::exists(scratch_ / "run.1.json"));
  }
  EXPECT_EQ(run({"--target", "4", "--on-change", "new-run"}).status, 0);
  LedgerReader moved(scratch_ / "run.1.db");
  EXPECT_EQ(moved.records(), kept);
  EXPECT_GT(kept, 0);
}

TEST_F(Continue, EndsAMoveThatWasCutOff) {
  run({"--target", "3"});
  std::string old = read_file(scratch_ / "run.json");
  fs::rename(scratch_ / "run.json", scratch_ / "run.1.json");
  edit_prompt();
  EXPECT_EQ(run({"--target", "4", "--on-change", "new-run"}).status, 0);
  EXPECT_EQ(read_file(scratch_ / "run.1.json"), old);
  EXPECT_TRUE(fs::exists(scratch_ / "run.1.db"));
  EXPECT_FALSE(fs::exists(scratch_ / "run.2.db"));
}

TEST_F(Continue, BeginsANewRunForARefusedChangeToo) {
  run({"--target", "3"});
  Ended ended = run({"--target", "3", "--seed", "9", "--on-change", "new-run"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(values("seed"), std::set<std::string>{"9"});
}

TEST_F(Continue, RedoesWhatWasBegunAsWell) {
  LoopbackProviders providers(scratch_, 100);
  run({"--target", "30", "--providers", "mistral", "--max-calls", "2"});
  int64_t begun =
      LedgerReader(scratch_ / "run.db").unfinished_attempts("parked");
  ASSERT_GT(begun, 0);
  Json secrets = *parse_json(read_file(scratch_ / "secrets.json"));
  secrets["roles"]["assistant"] = Json::array();
  secrets["roles"]["assistant"].push_back(
      {{"provider", "mistral"}, {"temperature", 0.2}});
  write_file(scratch_ / "secrets.json", to_text(secrets), 0600);
  Ended ended =
      run({"--target", "30", "--providers", "mistral", "--on-change", "redo"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  LedgerReader reader(scratch_ / "run.db");
  for (int64_t number = 1; number <= reader.records(); ++number) {
    Conversation dialogue = reader.conversation(number);
    AttemptKey key{dialogue.slot.number, dialogue.attempt};
    EXPECT_EQ(reader.version_of(key), reader.versions().back().version);
  }
  EXPECT_EQ(reader.unfinished_attempts("parked"), 0);
}

TEST_F(Continue, NeverOverwritesAFileThatWasEditedBeforeARebuild) {
  run({"--target", "3"});
  {
    // As a death in the middle of a redo leaves it.
    SQLite::Database ledger((scratch_ / "run.db").string(),
                            SQLite::OPEN_READWRITE);
    ledger.exec("UPDATE counters SET value = 1 WHERE name = 'rebuild'");
  }
  std::string bytes = read_file(scratch_ / "run.json");
  EXPECT_EQ(run({"--target", "3"}).status, 0) << "it stands already";
  {
    SQLite::Database ledger((scratch_ / "run.db").string(),
                            SQLite::OPEN_READWRITE);
    EXPECT_EQ(ledger
                  .execAndGet("SELECT value FROM counters WHERE name = "
                              "'rebuild'")
                  .getInt(),
              0);
    ledger.exec("UPDATE counters SET value = 1 WHERE name = 'rebuild'");
  }
  write_file(scratch_ / "run.json", "[\n{\"mine\": true}\n]\n");
  EXPECT_EQ(run({"--target", "3"}).status, 2);
  EXPECT_EQ(read_file(scratch_ / "run.json"), "[\n{\"mine\": true}\n]\n");
  fs::remove(scratch_ / "run.json");
  EXPECT_EQ(run({"--target", "3"}).status, 0);
  EXPECT_EQ(read_file(scratch_ / "run.json"), bytes);
}

TEST_F(Continue, SaysThatAnEmptyLedgerBringsNothingBack) {
  run({"--target", "3"});
  fs::remove(scratch_ / "run.db");
  write_file(scratch_ / "run.db", "");
  Ended ended = run({"--target", "3"});
  EXPECT_EQ(ended.status, 2);
  expect_said(ended, "the ledger beside it is empty");
  EXPECT_EQ(records().size(), 3u);
}

TEST_F(Continue, EndsWhenItsLockIsDeletedUnderIt) {
  program_.start({"--output", "run.json", "--providers", "offline", "--turns",
                  "1-2", "--target", "3000"});
  wait_for_some_records();
  fs::remove(scratch_ / "run.lock");
  Ended ended = program_.wait();
  EXPECT_EQ(ended.status, 1);
  expect_said(ended, "another process may have begun the same run");
  int64_t kept = LedgerReader(scratch_ / "run.db").records();
  EXPECT_EQ(run({"--target", std::to_string(kept + 1)}).status, 0);
  EXPECT_EQ(records().size(), static_cast<size_t>(kept) + 1);
}

TEST_F(Continue, WritesItsLedgerAnewWhenItIsDeletedUnderIt) {
  program_.start({"--output", "run.json", "--providers", "offline", "--turns",
                  "1-2", "--target", "3000"});
  wait_for_some_records();
  for (const char* name : {"run.db", "run.db-wal", "run.db-shm"}) {
    fs::remove(scratch_ / name);
  }
  Ended ended = program_.wait();
  EXPECT_EQ(ended.status, 1);
  expect_said(ended, "run.db was deleted while the run was going");
  expect_said(ended, "All that was saved stands in run.rescued.db");
  fs::rename(scratch_ / "run.rescued.db", scratch_ / "run.db");
  int64_t kept = LedgerReader(scratch_ / "run.db").records();
  EXPECT_GE(kept, static_cast<int64_t>(records().size()))
      << "what was announced is there";
  EXPECT_EQ(run({"--target", std::to_string(kept + 1)}).status, 0);
  EXPECT_EQ(records().size(), static_cast<size_t>(kept) + 1);
}

TEST_F(Continue, EndsWhenTheTrainingFileIsCutUnderIt) {
  program_.start({"--output", "run.json", "--providers", "offline", "--turns",
                  "1-2", "--target", "3000"});
  wait_for_some_records();
  fs::resize_file(scratch_ / "run.json", 10'000);
  Ended ended = program_.wait();
  EXPECT_EQ(ended.status, 1);
  expect_said(ended, "was changed by somebody else while the run was going");
  fs::remove(scratch_ / "run.json");
  int64_t kept = LedgerReader(scratch_ / "run.db").records();
  EXPECT_EQ(run({"--target", std::to_string(kept + 1)}).status, 0);
  EXPECT_EQ(records().size(), static_cast<size_t>(kept) + 1);
}

TEST_F(Continue, EndsWhenTheTrainingFileIsDeletedUnderIt) {
  program_.start({"--output", "run.json", "--providers", "offline", "--turns",
                  "1-2", "--target", "3000"});
  wait_for_some_records();
  fs::remove(scratch_ / "run.json");
  Ended ended = program_.wait();
  EXPECT_EQ(ended.status, 1);
  expect_said(ended, "was deleted while the run was going");
  int64_t kept = LedgerReader(scratch_ / "run.db").records();
  EXPECT_EQ(run({"--target", std::to_string(kept + 1)}).status, 0);
  EXPECT_EQ(records().size(), static_cast<size_t>(kept) + 1);
}

TEST_F(Continue, TellsThatPersonasSessionsAndTurnsReachTheNextWave) {
  run({"--target", "3"});
  fs::remove(scratch_ / "personas" / "agnes.json");
  Ended ended = run({"--target", "30", "--sessions", "2"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  expect_said(ended, "From the next wave on: personas");
  expect_said(ended, "From the next wave on: sessions: 1-8 -> 2-2");
  EXPECT_EQ(values("id").size(), 30u);
}

TEST_F(Continue, RefusesWhatARunCannotChange) {
  run({"--target", "3"});
  std::string before = read_file(scratch_ / "run.json");
  Ended ended = run({"--target", "3", "--seed", "9"});
  EXPECT_EQ(ended.status, 2);
  expect_said(ended, "seed: 1 -> 9");
  ended = run({"--target", "3", "--tool-syntax", "json"});
  EXPECT_EQ(ended.status, 2);
  expect_said(ended, "tool_syntax: python -> json");
  LoopbackProviders providers(scratch_, 200);
  ended = run({"--target", "3", "--providers", "mistral"});
  EXPECT_EQ(ended.status, 2);
  expect_said(ended, "mode: offline -> real");
  EXPECT_EQ(providers.calls(), 0);
  ended = program_.run({"--output", "run.jsonl", "--providers", "offline"});
  EXPECT_EQ(ended.status, 2);
  expect_said(ended, "belongs to run.json");
  EXPECT_EQ(read_file(scratch_ / "run.json"), before);
}

TEST_F(Continue, ResetsToolsWhenTheTargetGrowsAndNotInTheMiddle) {
  run({"--target", "6"});
  std::set<std::string> storylines = values("storyline");
  Ended same = run({"--target", "6", "--reset-tools"});
  EXPECT_EQ(same.err.find("empty memories"), std::string::npos) << same.err;
  Ended grown = run({"--target", "9", "--reset-tools"});
  EXPECT_EQ(grown.status, 0) << grown.err;
  int fresh = 0;
  for (const Json& record : records()) {
    if (storylines.count(to_text(record["metadata"]["storyline"]))) continue;
    ++fresh;
  }
  EXPECT_EQ(fresh, 3);
  run({"--target", "12", "--max-calls", "5"});
  Ended middle = run({"--target", "12", "--reset-tools"});
  expect_said(middle, "`simulate reset-tools` does it now");
  EXPECT_EQ(values("id").size(), 12u);
}

TEST_F(Continue, ResetsToolsNowWhenAskedTo) {
  // Stopped by its budget, with sessions left of storylines that remember.
  run({"--target", "30", "--max-calls", "150", "--concurrency", "4"});
  std::set<std::string> storylines = values("storyline");
  int kept = static_cast<int>(records().size());
  Ended reset = program_.run({"reset-tools", "--output", "run.json"});
  EXPECT_EQ(reset.status, 0) << reset.err;
  EXPECT_EQ(run({"--target", "30", "--reset-tools"}).status, 0);
  EXPECT_EQ(values("id").size(), 30u);
  int in_old = 0;
  for (const Json& record : records()) {
    in_old += storylines.count(to_text(record["metadata"]["storyline"]));
  }
  // Only what was begun may still belong to an old storyline.
  EXPECT_LE(in_old, kept + 4);
}

TEST_F(Continue, SaysWhatAKilledProcessMayHaveBeenBilledFor) {
  LoopbackProviders providers(scratch_, 20);
  program_.start({"--output", "run.json", "--providers", "mistral,together",
                  "--target", "50", "--turns", "1-2"});
  EXPECT_TRUE(Program::see([&] { return providers.answered() >= 20; }));
  program_.kill(SIGKILL);
  program_.wait();
  auto status = [this] {
    Ended ended = program_.run({"status", "--json", "--output", "run.json"});
    EXPECT_EQ(ended.status, 0) << ended.err;
    return *parse_json(ended.out);
  };
  Json before = status();
  EXPECT_GT(before["maybe_billed"], 0);
  EXPECT_EQ(before["under_way"], 0) << "nobody works on it";
  Ended ended = run({"--target", "4", "--providers", "mistral,together"});
  expect_said(ended, "which may have been billed");
  EXPECT_EQ(status()["maybe_billed"], before["maybe_billed"]);
}

}  // namespace
}  // namespace simulate
