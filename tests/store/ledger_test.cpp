#include "simulator/store/ledger.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/hash.h"
#include "simulator/base/text.h"
#include "simulator/export/record.h"
#include "simulator/store/ledger_reader.h"
#include "simulator/store/rebuild.h"
#include "simulator/store/run_lock.h"
#include "tests/scratch.h"
#include "tests/store/small_ledger.h"

namespace simulate {
namespace {

class LedgerTest : public testing::Test {
 protected:
  std::vector<std::string> apply(Change change) {
    return simulate::apply(ledger_, std::move(change));
  }

  Slot slot(int64_t number) { return plain_slot(small_wave(), number, number); }

  // As somebody with the sqlite3 shell does.
  SQLite::Database& with_views() {
    sqlite3* handle = ledger_.database().getHandle();
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 1, nullptr);
    sqlite3_set_authorizer(handle, nullptr, nullptr);
    return ledger_.database();
  }

  Ledger ledger_{"", ToolSyntax::python};
  LedgerReader reader_{ledger_.database()};
};

TEST_F(LedgerTest, KeepsThePlanAsItWasDrawn) {
  apply(small_plan());
  auto open = reader_.open_slots();
  ASSERT_EQ(open.size(), 3u);
  EXPECT_EQ(open[1].slot.seed, slot(2).seed);
  EXPECT_EQ(open[1].slot.topic, "boats");
  EXPECT_EQ(open[1].slot.starts_at.minutes, slot(2).starts_at.minutes);
  Wave wave = *reader_.wave(1);
  EXPECT_EQ(wave.seed, small_wave().seed);
  EXPECT_EQ(wave.personas[0].topics, small_wave().personas[0].topics);
  EXPECT_EQ(reader_.counters().planned_places, 3);
}

// A column that is bound to another member comes back as another one's.
TEST_F(LedgerTest, KeepsEveryMemberOfASlotInAColumnOfItsOwn) {
  Slot whole = {1,          2,        3,           4,         5,
                "persona",  "hash",   "situation", "told in", "topic",
                "mood",     "style",  "typing",    "opening", "purpose",
                "withheld", "events", 6,           7,         8,
                9,          {10}};
  Planned planned;
  planned.slots = {whole};
  apply(planned);
  Slot kept = reader_.slot(1).value();
  EXPECT_EQ(kept.place, 2);
  EXPECT_EQ(kept.wave, 3);
  EXPECT_EQ(kept.storyline, 4);
  EXPECT_EQ(kept.session, 5);
  EXPECT_EQ(kept.persona, "persona");
  EXPECT_EQ(kept.persona_text, "hash");
  EXPECT_EQ(kept.situation, "situation");
  EXPECT_EQ(kept.topic, "topic");
  EXPECT_EQ(kept.style, "style");
  EXPECT_EQ(kept.mood, "mood");
  EXPECT_EQ(kept.opening, "opening");
  EXPECT_EQ(kept.situations, "told in");
  EXPECT_EQ(kept.typing, "typing");
  EXPECT_EQ(kept.purpose, "purpose");
  EXPECT_EQ(kept.withheld_tools, "withheld");
  EXPECT_EQ(kept.events, "events");
  EXPECT_EQ(kept.turns, 6);
  EXPECT_EQ(kept.tester_variant, 7);
  EXPECT_EQ(kept.assistant_variant, 8);
  EXPECT_EQ(kept.seed, 9u);
  EXPECT_EQ(kept.starts_at.minutes, 10);
  SQLite::Statement row(ledger_.database(),
                        "SELECT appetite, withheld, starts_at FROM slots");
  ASSERT_TRUE(row.executeStep());
  EXPECT_EQ(row.getColumn(0).getString(), "") << "of older plans";
  EXPECT_EQ(row.getColumn(1).getString(), "withheld");
  EXPECT_EQ(row.getColumn(2).getInt(), 10);
}

TEST_F(LedgerTest, GivesBackAConversationThatRendersTheSame) {
  apply(small_plan());
  Conversation dialogue = small_conversation(slot(1));
  std::vector<std::string> records = apply(dialogue);
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(reader_.render(1), records[0]);
  KnownRecord known = reader_.known_record(1);
  EXPECT_EQ(known.hash, content_hash(records[0]));
  EXPECT_EQ(reader_.record_bytes(), known.bytes);
  EXPECT_EQ(reader_.conversation(1).transcript.messages[2].original_thinking,
            "o");
}

TEST_F(LedgerTest, KeepsTheOfferedToolsInOrderAndWhereTheyAreTold) {
  apply(small_plan());
  Conversation first = small_conversation(slot(1));
  Conversation second = small_conversation(slot(2));
  second.transcript.offer = std::nullopt;
  apply(first);
  apply(second);
  auto kept = reader_.conversation(1).transcript.offer;
  ASSERT_TRUE(kept);
  ASSERT_EQ(kept->tools.size(), 2u);
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(function_json(kept->tools[i]),
              function_json(first.transcript.offer->tools[i]));
  }
  EXPECT_EQ(kept->text_begin, 3);
  EXPECT_EQ(kept->text_size, 8);
  EXPECT_FALSE(reader_.conversation(2).transcript.offer);
}

TEST_F(LedgerTest, CountsWhatIsKeptWithoutCountingRows) {
  apply(small_plan());
  apply(small_conversation(slot(1)));
  EXPECT_EQ(reader_.counters().kept, 1);
  EXPECT_EQ(reader_.open_slots().size(), 2u);
}

TEST_F(LedgerTest, HandsOnTheStateOfTheSessionBefore) {
  apply(small_plan());
  EXPECT_EQ(reader_.state_before(1, 1).text, "");
  apply(small_conversation(slot(1)));
  EXPECT_EQ(reader_.state_before(1, 2).text, "state after 1");
  EXPECT_EQ(reader_.state_before(1, 3).text, "state after 1")
      << "session 2 was given up";
  EXPECT_EQ(reader_.state_before(2, 2).text, "") << "another storyline";
}

TEST_F(LedgerTest, HandsOnTheWordsOfTheSessionsBefore) {
  apply(small_plan());
  apply(small_conversation(slot(1)));
  EXPECT_FALSE(reader_.past_before(slot(1), "Ada").any);
  Past past = reader_.past_before(slot(3), "Ada");
  EXPECT_TRUE(past.any);
  EXPECT_TRUE(past.said.ends_with("):\nYou: hi\nAda: hello")) << past.said;
  apply(small_conversation(slot(2)));
  past = reader_.past_before(slot(3), "Ada");
  EXPECT_EQ(std::count(past.said.begin(), past.said.end(), '\n'), 6);
}

TEST_F(LedgerTest, RemembersRepliesByAttempt) {
  apply(small_plan());
  apply(small_reply({1, 1}, 0));
  apply(small_reply({1, 1}, 1));
  apply(small_reply({1, 2}, 0));
  auto replies = reader_.replies({1, 1});
  ASSERT_EQ(replies.size(), 2u);
  EXPECT_EQ(replies[1].reply.content, "content 1");
  EXPECT_EQ(replies[1].request, "hash 1");
}

TEST_F(LedgerTest, KeepsEverythingOfAReply) {
  RecordedReply reply = small_reply({1, 255}, 65535);
  reply.role = Role::rewriter;
  reply.previous_rejection = "empty_reply";
  reply.correction = "say something";
  reply.reply.thinking = "hm";
  reply.reply.finish = Finish::length;
  reply.reply.player = {"mistral", "large"};
  reply.reply.wire = R"({"id":"x"})";
  apply(reply);
  apply(small_reply({2, 1}, 0));
  auto replies = reader_.replies({1, 255});
  ASSERT_EQ(replies.size(), 1u) << "the next slot begins behind it";
  const RecordedReply& kept = replies[0];
  EXPECT_EQ(kept.key.slot, 1);
  EXPECT_EQ(kept.key.attempt, 255);
  EXPECT_EQ(kept.seq, 65535);
  EXPECT_EQ(kept.role, Role::rewriter);
  EXPECT_EQ(kept.request, reply.request);
  EXPECT_EQ(kept.previous_rejection, "empty_reply");
  EXPECT_EQ(kept.correction, "say something");
  EXPECT_EQ(kept.reply.content, reply.reply.content);
  EXPECT_EQ(kept.reply.thinking, "hm");
  EXPECT_EQ(kept.reply.finish, Finish::length);
  EXPECT_EQ(kept.reply.usage.input_tokens, 7);
  EXPECT_EQ(kept.reply.usage.output_tokens, 3);
  EXPECT_EQ(player_text(kept.reply.player), "mistral:large");
  EXPECT_EQ(kept.reply.wire, reply.reply.wire);
}

TEST_F(LedgerTest, RefusesAnAttemptWhoseKeysWouldBeTheNextSlots) {
  apply(small_plan());
  apply(AttemptBegun{{1, 255}, 1, 1, "mistral"});
  EXPECT_THROW(apply(AttemptBegun{{1, 256}, 1, 1, "mistral"}), Fatal);
  EXPECT_EQ(reader_.unfinished_attempts("running"), 1);
}

TEST_F(LedgerTest, RemembersWhatServersAnswered) {
  RecordedRound round;
  round.key = {1, 1};
  round.question = "hash";
  round.answer.results = {{"call00001", "note", {{"result", "x"}}, true}};
  round.answer.state.text = "kept";
  round.new_state = true;
  apply(round);
  round.seq = 1;
  round.new_state = false;
  round.answer.results.clear();
  apply(round);
  auto rounds = reader_.server_rounds({1, 1});
  ASSERT_EQ(rounds.size(), 2u);
  EXPECT_EQ(rounds[0].question, "hash");
  EXPECT_EQ(rounds[0].answer.results[0].call_id, "call00001");
  EXPECT_EQ(rounds[0].answer.results[0].body, Json({{"result", "x"}}));
  EXPECT_TRUE(rounds[0].answer.results[0].error);
  EXPECT_EQ(rounds[0].answer.state.text, "kept");
  EXPECT_TRUE(rounds[0].new_state);
  EXPECT_FALSE(rounds[1].new_state);
  EXPECT_TRUE(reader_.server_rounds({1, 2}).empty());
}

TEST_F(LedgerTest, KeepsHowToolsWereOfferedAndUsed) {
  Planned plan = small_plan();
  plan.opened->optional_tools = "diary,mcp:x";
  plan.slots[0].withheld_tools = "diary";
  apply(plan);
  EXPECT_EQ(reader_.wave(1)->optional_tools, "diary,mcp:x");
  EXPECT_EQ(reader_.open_slots()[0].slot.withheld_tools, "diary");
  Conversation dialogue = small_conversation(plan.slots[0]);
  dialogue.state.servers.text = "of servers";
  auto& messages = dialogue.transcript.messages;
  messages[2].repairs = {"closed a tag"};
  messages[3].result.error = messages[3].result.planned = true;
  messages[3].result.repairs = {"1 for \"1\""};
  std::string record = apply(dialogue).at(0);
  EXPECT_EQ(reader_.render(1), record);
  EXPECT_NE(record.find("\"tool_failures\":1"), std::string::npos);
  EXPECT_EQ(reader_.state_before(1, 2).servers.text, "of servers");
  auto kept = reader_.conversation(1).transcript.messages;
  EXPECT_EQ(kept[2].repairs, messages[2].repairs);
  EXPECT_EQ(kept[3].result.repairs, messages[3].result.repairs);
  EXPECT_TRUE(kept[3].result.planned);
  EXPECT_FALSE(kept[4].result.planned);
}

TEST_F(LedgerTest, CountsAFailureAgainstTheSlotAndAParkedOneNot) {
  apply(small_plan());
  apply(AttemptBegun{{1, 1}, 1, 1, "mistral"});
  apply(AttemptEnded{{1, 1}, "parked", "unavailable", "x", false, {}});
  EXPECT_EQ(reader_.open_slots()[0].attempt, 1);
  EXPECT_EQ(reader_.open_slots()[0].failures, 0);
  apply(AttemptEnded{{1, 1}, "failed", "empty_reply", "x", false, {}});
  EXPECT_EQ(reader_.open_slots()[0].attempt, 2);
  EXPECT_EQ(reader_.open_slots()[0].failures, 1);
  EXPECT_EQ(reader_.provider_of(1), "mistral");
}

TEST_F(LedgerTest, TriesAnOutdatedAttemptAnewAndCountsNoFailure) {
  apply(small_plan());
  apply(AttemptBegun{{1, 1}, 1, 1, "mistral"});
  apply(small_reply({1, 1}, 0));
  apply(AttemptEnded{{1, 1}, "outdated", "outdated", "x", false, {}});
  EXPECT_EQ(reader_.open_slots()[0].attempt, 2);
  EXPECT_EQ(reader_.open_slots()[0].failures, 0);
  EXPECT_EQ(reader_.usage().size(), 1u) << "its replies were paid for";
}

TEST_F(LedgerTest, ReplacesAnAbandonedSlot) {
  apply(small_plan());
  Slot fresh =
      draw_replacement(small_wave(), slot(1), 4, 2, 1, {}, plain_draw());
  apply(AttemptEnded{{1, 1}, "failed", "empty_reply", "x", true, fresh});
  auto open = reader_.open_slots();
  ASSERT_EQ(open.size(), 3u);
  EXPECT_EQ(open.back().slot.number, 4);
  EXPECT_EQ(open.back().slot.place, 1);
  EXPECT_EQ(reader_.counters().abandoned, 1);
}

TEST_F(LedgerTest, TakesAllOfATransactionOrNothing) {
  apply(small_plan());
  Change good = small_conversation(slot(1));
  Change twice = small_conversation(slot(1));
  std::vector<Change*> changes = {&good, &twice};
  EXPECT_THROW(ledger_.apply(changes, true), std::exception);
  EXPECT_EQ(reader_.counters().kept, 0);
  EXPECT_EQ(reader_.open_slots().size(), 3u);
}

TEST_F(LedgerTest, SumsUsageAndFailuresWhenAttemptsEnd) {
  apply(small_plan());
  apply(AttemptBegun{{1, 1}, 1, 1, "mistral"});
  apply(small_reply({1, 1}, 0));
  EXPECT_TRUE(reader_.usage().empty()) << "it is not over";
  apply(AttemptEnded{{1, 1}, "failed", "empty_reply", "x", false, {}});
  apply(AttemptBegun{{1, 2}, 1, 1, "mistral"});
  apply(small_reply({1, 2}, 0));
  apply(small_reply({1, 2}, 1));
  Conversation dialogue = small_conversation(slot(1));
  dialogue.attempt = 2;
  apply(dialogue);
  ASSERT_EQ(reader_.usage().size(), 1u);
  EXPECT_EQ(reader_.usage()[0].replies, 3);
  EXPECT_EQ(reader_.usage()[0].usage.input_tokens, 21);
  ASSERT_EQ(reader_.failures().size(), 1u);
  EXPECT_EQ(reader_.failures()[0].second, 1);
}

TEST_F(LedgerTest, CountsRequestsThatADeathCutOffOnce) {
  apply(small_plan());
  apply(AttemptBegun{{1, 1}, 1, 1, "mistral"});
  apply(AttemptBegun{{2, 1}, 1, 2, "mistral"});
  EXPECT_EQ(reader_.unfinished_attempts("running"), 2);
  apply(Interrupted{});
  apply(Interrupted{});
  EXPECT_EQ(reader_.counters().cut_off, 2);
  EXPECT_EQ(reader_.unfinished_attempts("parked"), 2);
}

TEST_F(LedgerTest, RemembersWhatWasLearnedOfALane) {
  LaneStats lane{10, 2, 3, 1, 1.5, Seconds(60)};
  apply(Tally{{{"mistral", lane}}});
  lane.seconds_per_call = 2.5;
  apply(Tally{{{"mistral", lane}}});
  ASSERT_EQ(reader_.lanes().size(), 1u);
  LaneStats known = reader_.lanes().at("mistral");
  EXPECT_EQ(known.calls, 20);
  EXPECT_EQ(known.maybe_billed, 2);
  EXPECT_EQ(known.seconds_per_call, 2.5);
  EXPECT_NEAR(static_cast<double>(known.backoff.count()), 60, 2);
  ledger_.database().exec("UPDATE lanes SET rests_until = rests_until + 9999");
  EXPECT_EQ(reader_.lanes().at("mistral").backoff, Seconds(60))
      << "the clock was set back";
}

TEST_F(LedgerTest, TellsWhyAReplyWasRejected) {
  apply(small_plan());
  apply(small_reply({1, 1}, 0));
  RecordedReply second = small_reply({1, 1}, 1);
  second.previous_rejection = "empty_reply";
  apply(second);
  auto row = SQLite::Statement(with_views(),
                               "SELECT seq, reason FROM rejected_replies");
  ASSERT_TRUE(row.executeStep());
  EXPECT_EQ(row.getColumn(0).getInt(), 0);
  EXPECT_EQ(row.getColumn(1).getString(), "empty_reply");
  EXPECT_FALSE(row.executeStep());
}

TEST_F(LedgerTest, AnswersEveryQuestionThatHasAView) {
  apply(small_plan());
  apply(small_conversation(slot(1)));
  SQLite::Statement views(with_views(),
                          "SELECT name FROM sqlite_master WHERE type = 'view'");
  int count = 0;
  while (views.executeStep()) {
    ++count;
    std::string name = views.getColumn(0).getString();
    SQLite::Statement row(ledger_.database(), "SELECT * FROM " + name);
    while (row.executeStep()) continue;
  }
  EXPECT_GE(count, 9);
}

TEST_F(LedgerTest, CountsTheRepliesOfEachAttemptThatIsUnfinished) {
  apply(small_plan());
  for (int64_t slot : {1, 2}) {
    AttemptKey key{slot, 1};
    apply(AttemptBegun{key, 1, slot, "a"});
    for (int seq = 0; seq < slot; ++seq) apply(small_reply(key, seq));
  }
  SQLite::Statement row(with_views(),
                        "SELECT replies FROM unfinished ORDER BY slot");
  for (int replies : {1, 2}) {
    ASSERT_TRUE(row.executeStep());
    EXPECT_EQ(row.getColumn(0).getInt(), replies);
  }
}

TEST(LedgerFile, SyncsWhatItIsGivenFromTheFirstTransactionOn) {
  constexpr int kFull = 2;
  Scratch scratch;
  Ledger ledger(scratch / "run.db", ToolSyntax::python);
  auto level = [&ledger] {
    return ledger.database().execAndGet("PRAGMA synchronous").getInt();
  };
  EXPECT_EQ(level(), kFull);
  Change plan = small_plan();
  std::vector<Change*> changes = {&plan};
  ledger.apply(changes, /*durable=*/true);
  EXPECT_EQ(level(), kFull);
}

TEST(LedgerFile, GetsItsViewsAnewWhenTheyHaveChanged) {
  Scratch scratch;
  std::filesystem::path path = scratch / "run.db";
  auto text_of_view = [](Ledger& ledger) {
    return ledger.database()
        .execAndGet("SELECT sql FROM sqlite_master WHERE name = 'unfinished'")
        .getString();
  };
  std::string wanted;
  {
    Ledger ledger(path, ToolSyntax::python);
    wanted = text_of_view(ledger);
    ledger.database().exec(
        "DROP VIEW unfinished; CREATE VIEW unfinished AS SELECT 1");
  }
  Ledger again(path, ToolSyntax::python);
  EXPECT_EQ(text_of_view(again), wanted);
}

TEST(LedgerFile, IsReadFromOneMomentThroughASnapshot) {
  Scratch scratch;
  Ledger ledger(scratch / "r.db", ToolSyntax::python);
  apply(ledger, small_plan());
  Slot first = plain_slot(small_wave(), 1, 1);
  apply(ledger, small_conversation(first));
  LedgerReader reader(scratch / "r.db");
  {
    LedgerReader::Snapshot snapshot(reader);
    apply(ledger, small_conversation(plain_slot(small_wave(), 2, 2)));
    EXPECT_EQ(reader.records(), 1);
  }
  EXPECT_EQ(reader.records(), 2);
}

// Whoever starts next then writes the file again.
TEST(LedgerFile, KnowsThatItsTrainingFileIsNotWrittenYet) {
  Scratch scratch;
  Ledger ledger(scratch / "r.db", ToolSyntax::python);
  apply(ledger, small_plan());
  apply(ledger, small_conversation(plain_slot(small_wave(), 1, 1)));
  LedgerReader reader(scratch / "r.db");
  std::filesystem::path path = scratch / "r.json";
  std::filesystem::create_directories(path / "in the way");
  EXPECT_THROW(rebuild_training_file(ledger, reader, path), Fatal);
  EXPECT_TRUE(needs_rebuild(reader));
  std::filesystem::remove_all(path);
  rebuild_training_file(ledger, reader, path);
  EXPECT_FALSE(needs_rebuild(reader));
}

TEST(LedgerFile, IsReadWhereNobodyMayWrite) {
  if (::geteuid() == 0) GTEST_SKIP() << "modes do not bind the superuser";
  Scratch scratch;
  { Ledger ledger(scratch / "r.db", ToolSyntax::python); }
  ::chmod(scratch.folder().c_str(), 0500);
  EXPECT_EQ(LedgerReader(scratch / "r.db").records(), 0);
  ::chmod(scratch.folder().c_str(), 0700);
}

TEST(LedgerFile, NamesTheFileThatMayNotBeWritten) {
  if (::geteuid() == 0) GTEST_SKIP() << "modes do not bind the superuser";
  Scratch scratch;
  std::filesystem::path path = scratch / "run.db";
  { Ledger ledger(path, ToolSyntax::python); }
  ::chmod(path.c_str(), 0400);
  try {
    Ledger ledger(path, ToolSyntax::python);
    simulate::apply(ledger, small_plan());
    ADD_FAILURE() << "it was written";
  } catch (const Fatal& error) {
    EXPECT_TRUE(contains(error.what(),
                         "run.db may not be written; look at its "
                         "owner and mode: chmod u+rw "))
        << error.what();
  }
  EXPECT_EQ(LedgerReader(path).counters().kept, 0);
}

TEST(LedgerFile, RefusesAForeignDatabaseAndOneOfANewerVersion) {
  Scratch scratch;
  {
    SQLite::Database other((scratch / "x.db").string(),
                           SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    other.exec("CREATE TABLE t(a)");
  }
  EXPECT_THROW(Ledger(scratch / "x.db", ToolSyntax::python), BadUsage);
  Ledger(scratch / "y.db", ToolSyntax::python)
      .database()
      .exec("PRAGMA user_version = 99");
  EXPECT_THROW(Ledger(scratch / "y.db", ToolSyntax::python), BadUsage);
  write_file(scratch / "z.db", "this is a text");
  EXPECT_THROW(Ledger(scratch / "z.db", ToolSyntax::python), BadUsage);
}

TEST(RunLock, RefusesASecondProcessAndNamesTheFirst) {
  Scratch scratch;
  RunLock first(scratch / "run.db");
  try {
    RunLock second(scratch / "run.db");
    FAIL();
  } catch (const Fatal& busy) {
    EXPECT_EQ(busy.code(), ExitCode::run_is_busy);
    EXPECT_NE(std::string(busy.what()).find(std::to_string(::getpid())),
              std::string::npos);
  }
}

TEST(RunLock, IsFreeAgainWhenItsProcessIsKilled) {
  Scratch scratch;
  pid_t child = ::fork();
  if (child == 0) {
    RunLock mine(scratch / "run.db");
    ::raise(SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
  RunLock again(scratch / "run.db");
}

// A child that outlives us would hold it.
TEST(RunLock, IsNotHandedOnToChildren) {
  Scratch scratch;
  RunLock lock(scratch / "run.db");
  int found = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    auto open = std::filesystem::read_symlink(entry.path(), gone);
    if (open.filename() != "run.lock") continue;
    ++found;
    int number = std::stoi(entry.path().filename().string());
    EXPECT_NE(::fcntl(number, F_GETFD) & FD_CLOEXEC, 0);
  }
  EXPECT_EQ(found, 1);
}

TEST(RunLock, TakesNoFileThatLeadsElsewhere) {
  Scratch scratch;
  write_file(scratch / "precious", "mine");
  std::filesystem::create_symlink(scratch / "precious", scratch / "run.lock");
  EXPECT_THROW(RunLock lock(scratch / "run.db"), BadUsage);
  EXPECT_FALSE(RunLock::is_held(scratch / "run.db"));
  std::filesystem::remove(scratch / "run.lock");
  std::filesystem::create_hard_link(scratch / "precious", scratch / "run.lock");
  EXPECT_THROW(RunLock lock(scratch / "run.db"), BadUsage);
  EXPECT_EQ(read_file(scratch / "precious"), "mine");
}

TEST(RunLock, IsFreeAgainAfterwards) {
  Scratch scratch;
  { RunLock first(scratch / "run.db"); }
  RunLock second(scratch / "run.db");
}

}  // namespace
}  // namespace simulate
