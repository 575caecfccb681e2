// Ledgers that somebody else has made, opened by every command that opens one.
#include <SQLiteCpp/SQLiteCpp.h>
#include <sys/stat.h>

#include <cstdint>

#include "simulator/base/hash.h"
#include "tests/hostile/hostile.h"
#include "tests/store/old_ledger.h"

namespace simulate {
namespace {

namespace fs = std::filesystem;

const std::string kEndless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) ";

class HostileLedger : public Hostile {
 protected:
  // A run of two conversations, which goes on to a third.
  void make_run() {
    ASSERT_EQ(run(offline(2)).status, 0);
    whole_ = read_file(ledger_);
  }

  // Without any guard, as who makes a trap does.
  void prepare(const std::string& sql) {
    SQLite::Database database(ledger_.string(), SQLite::OPEN_READWRITE);
    database.exec(sql);
  }

  void restore() {
    for (const char* log : {"run.db-wal", "run.db-shm"}) {
      fs::remove(scratch_ / log);
    }
    write_file(ledger_, whole_, 0600);
  }

  int64_t number(const std::string& sql) {
    SQLite::Database database(ledger_.string());
    return database.execAndGet(sql).getInt64();
  }

  // Every command that reads a ledger, with or without intent to go on.
  static std::vector<Words> all_commands() {
    return {{"status", "--output", "run.json"},
            {"export", "--output", "run.json"},
            {"replay", "run.db"},
            {"reset-tools", "--output", "run.json"},
            offline(3) + Words{"--dry-run"},
            offline(3)};
  }

  void expect_refused_by_all(const std::string& what) {
    std::string before = fs::exists(training_) ? read_file(training_) : "";
    for (const Words& command : all_commands()) {
      Ended ended = run(command);
      SCOPED_TRACE(joined(command, " "));
      expect_refused(ended, what);
      EXPECT_EQ(ended.out, "");
    }
    expect_found(what);
    if (!before.empty()) {
      EXPECT_EQ(read_file(training_), before);
    }
  }

  // `check` goes on after it has told what it found, and so has another end.
  void expect_found(const std::string& what) {
    Ended check =
        run({"check", "--providers", "offline", "--output", "run.json"});
    EXPECT_EQ(check.status, 1) << check.out << check.err;
    EXPECT_TRUE(contains(check.out, what)) << what << "\n" << check.out;
  }

  // The settings that the run was made with, as another text.
  void set_settings(const std::string& text) {
    SQLite::Database database(ledger_.string(), SQLite::OPEN_READWRITE);
    store(database, text);
    SQLite::Statement use(database, "UPDATE versions SET settings = ?1");
    use.bind(1, content_hash(text));
    use.exec();
  }

  Json settings() {
    SQLite::Database database(ledger_.string());
    std::string text = database.execAndGet(
        "SELECT body FROM versions JOIN texts ON hash = settings");
    return parse_json(text).value_or(Json());
  }

  static void store(SQLite::Database& database, const std::string& text) {
    SQLite::Statement put(database,
                          "INSERT OR IGNORE INTO texts VALUES (?1, ?2)");
    put.bind(1, content_hash(text));
    put.bind(2, text);
    put.exec();
  }

  fs::path ledger_ = scratch_ / "run.db";
  fs::path training_ = scratch_ / "run.json";
  std::string whole_;
};

TEST_F(HostileLedger, WithMoreInItsSchemaThanOursIsRefused) {
  make_run();
  const std::pair<std::string, const char*> traps[] = {
      {"CREATE TRIGGER x AFTER INSERT ON replies BEGIN DELETE FROM slots; END",
       "a trigger named x"},
      {"CREATE TRIGGER x BEFORE UPDATE ON counters BEGIN " + kEndless +
           "SELECT count(*) FROM n; END",
       "a trigger named x"},
      {"CREATE VIEW extra AS " + kEndless + "SELECT i FROM n",
       "a view named extra"},
      {"CREATE TABLE extra(a)", "a table named extra"},
      {"CREATE INDEX extra ON slots(abs(place))", "an index named extra"},
      {"CREATE VIRTUAL TABLE extra USING fts5(a)", "a table named extra"},
      {std::string("CREATE VIEW \"") + kTrap + "\" AS SELECT 1",
       "a view named Eve"},
  };
  for (const auto& [sql, what] : traps) {
    SCOPED_TRACE(sql);
    prepare(sql);
    expect_refused_by_all(what);
    restore();
  }
}

TEST_F(HostileLedger, WithSomethingElseInThePlaceOfATableIsRefused) {
  make_run();
  const std::pair<std::string, const char*> traps[] = {
      {"DROP TABLE counters; CREATE VIEW counters AS " + kEndless +
           "SELECT 'kept' AS name, i AS value FROM n",
       "a view named counters"},
      {"DROP TABLE usage; CREATE VIRTUAL TABLE usage USING fts5(provider)",
       "a table named usage"},
      {"DROP TABLE marks; CREATE TABLE marks(slot, attempt, mark, note AS "
       "(replace(mark, 'a', mark)))",
       "a table named marks"},
      {"DROP TABLE lanes", "no table named lanes"},
      {"ALTER TABLE replies DROP COLUMN correction", "replies"},
      {"DROP INDEX open_slots; CREATE INDEX open_slots ON slots(slot) WHERE "
       "length(hex(zeroblob(1000000))) > 1",
       "an index named open_slots"},
  };
  for (const auto& [sql, what] : traps) {
    SCOPED_TRACE(sql);
    prepare(sql);
    expect_refused_by_all(what);
    restore();
  }
}

// A name was once pasted into the SQL that drops it.
TEST_F(HostileLedger, WithANameThatIsSqlTouchesNoOther) {
  for (int version : {1, 2}) {
    SCOPED_TRACE(version);
    make_run();
    fs::path victim = scratch_ / "victim.db";
    fs::rename(ledger_, victim);
    fs::remove(training_);
    make_old_ledger(ledger_, version);
    prepare("CREATE VIEW \"x; ATTACH '" + victim.string() +
            "' AS v; DELETE FROM v.slots; --\" AS SELECT 1");
    expect_refused_by_all("a view named x; ATTACH");
    SQLite::Database left(victim.string());
    EXPECT_GT(left.execAndGet("SELECT count(*) FROM slots").getInt(), 0);
    fs::remove(ledger_);
    fs::remove(victim);
  }
}

TEST_F(HostileLedger, WithACounterThatNoRunReachesIsRefused) {
  make_run();
  for (const char* name : {"kept", "planned_slots", "record_bytes", "wave"}) {
    for (const char* value : {"9000000000000000000", "-1", "'many'", "1e300"}) {
      SCOPED_TRACE(std::string(name) + " = " + value);
      prepare("UPDATE counters SET value = " + std::string(value) +
              " WHERE name = '" + name + "'");
      for (const Words& command : all_commands()) {
        Ended ended = run(command);
        SCOPED_TRACE(joined(command, " "));
        expect_refused(ended, std::string("counter ") + name);
      }
      restore();
    }
  }
}

TEST_F(HostileLedger, WithACounterThatNoRunReachesIsRepaired) {
  make_run();
  prepare(
      "UPDATE counters SET value = 9000000000000000000 WHERE name = 'kept'");
  expect_found("counter kept");
  Ended repaired = run({"check", "--repair", "--output", "run.json"});
  EXPECT_LT(repaired.status, 2) << repaired.err;
}

TEST_F(HostileLedger, WithASettingOfTheWrongTypeIsRefused) {
  make_run();
  const Json before = settings();
  for (const char* key : {"target", "turns", "seed", "models", "prompts"}) {
    for (const char* value :
         {R"({"a": [1]})", R"([[]])", "-1e308", "\"\\u001b\""}) {
      SCOPED_TRACE(std::string(key) + ": " + value);
      Json changed = before;
      changed[key] = *parse_json(value);
      set_settings(to_text(changed));
      for (const Words& command :
           {Words{"status", "--output", "run.json"}, Words{"replay", "run.db"},
            offline(3) + Words{"--dry-run"}, offline(3)}) {
        Ended ended = run(command);
        SCOPED_TRACE(joined(command, " "));
        expect_refused(ended, std::string("setting \"") + key + "\"");
      }
    }
  }
}

// They tell nothing, and a run does not go on with others.
TEST_F(HostileLedger, WithSettingsThatAreNoneIsReadAndNotGoneOnWith) {
  make_run();
  for (const std::string& text :
       {std::string("[]"), times(100'000, "["), object_with_keys(100'000)}) {
    SCOPED_TRACE(shortened(text, 20));
    set_settings(text);
    for (const Words& command : all_commands()) run(command);
    EXPECT_EQ(run(offline(3) + Words{"--dry-run"}).status, 2);
    EXPECT_EQ(run(offline(3)).status, 2);
  }
}

TEST_F(HostileLedger, WithAPlanThatNoRunHasIsRefused) {
  make_run();
  for (const char* change :
       {"sessions = 2000000000", "most_turns = 9000000000000000000",
        "fewest_turns = -5", "first_place = 9000000000000000000",
        "tester_variants = 0"}) {
    SCOPED_TRACE(change);
    prepare(std::string("UPDATE waves SET ") + change);
    refuses(offline(50), "not one that simulate plans");
    restore();
  }
}

// Personas and tools of a ledger are texts in it, whatever the files say.
TEST_F(HostileLedger, WithToolsThatReachOutsideIsRefusedByReplay) {
  make_run();
  fs::path victim = scratch_ / "victim.db";
  fs::copy(ledger_, victim);
  const Json before = settings();
  for (const std::string& sql :
       {"ATTACH '" + victim.string() + "' AS v", std::string("VACUUM INTO 'x'"),
        std::string("SELECT load_extension('x')"),
        kEndless + "SELECT count(*) FROM n"}) {
    SCOPED_TRACE(sql);
    Json group = *parse_json(
        read_file(fs::path(SIMULATE_SOURCE_DIR) / "tools" / "memory.json"));
    group["tools"][0]["steps"].push_back({{"run", sql}});
    {
      SQLite::Database database(ledger_.string(), SQLite::OPEN_READWRITE);
      store(database, to_text(group));
    }
    Json changed = before;
    changed["tools"]["memory"] = content_hash(to_text(group));
    set_settings(to_text(changed));
    Ended ended = run({"replay", "run.db"});
    EXPECT_NE(ended.status, 0);
    EXPECT_TRUE(contains(ended.err, "memory")) << ended.err;
    EXPECT_FALSE(fs::exists(scratch_ / "x"));
    restore();
  }
}

TEST_F(HostileLedger, WithAToolStateThatTakesLongToReadEndsInASentence) {
  make_run();
  for (const std::string& state :
       {times(100'000, "["), object_with_keys(100'000),
        std::string("{\"memories\":[[{\"a\":1}]]}")}) {
    SCOPED_TRACE(shortened(state, 20));
    {
      SQLite::Database database(ledger_.string(), SQLite::OPEN_READWRITE);
      SQLite::Statement put(database, "UPDATE tool_states SET state = ?1");
      put.bind(1, state);
      put.exec();
    }
    expect_found("what the tools remember cannot be read");
    Ended more = run(offline(30));
    EXPECT_NE(more.status, 0) << more.err;
    Ended replay = run({"replay", "run.db"});
    EXPECT_NE(replay.signal, SIGKILL);
    restore();
    fs::remove(training_);
    run({"export", "--output", "run.json", "--to", "run.json"});
  }
}

TEST_F(HostileLedger, SaysNothingThatATerminalObeys) {
  make_run();
  SQLite::Database database(ledger_.string(), SQLite::OPEN_READWRITE);
  for (const char* sql :
       {"UPDATE usage SET model = ?1",
        "INSERT INTO failures VALUES (?1, 1, ?1)",
        "UPDATE lanes SET provider = ?1",
        "UPDATE attempts SET status = 'failed', reason = ?1, detail = ?1 WHERE "
        "status <> 'kept'"}) {
    SQLite::Statement put(database, sql);
    put.bind(1, kTrap);
    put.exec();
  }
  Ended status = run({"status", "--output", "run.json"});
  EXPECT_EQ(status.status, 0) << status.err;
  EXPECT_TRUE(contains(status.out, "Eve")) << status.out;
  run({"check", "--providers", "offline", "--output", "run.json"});
}

TEST_F(HostileLedger, WhosePersonaShowsMoreThanItsNameSaysNothingOfIt) {
  make_run();
  Json persona = {{"name", kTrap}, {"background", "b"}, {"more", kTrap}};
  Json personas = Json::array({content_hash(to_text(persona))});
  {
    SQLite::Database database(ledger_.string(), SQLite::OPEN_READWRITE);
    store(database, to_text(persona));
    store(database, to_text(personas));
    SQLite::Statement put(database, "UPDATE waves SET personas = ?1");
    put.bind(1, content_hash(to_text(personas)));
    put.exec();
  }
  Ended more = run(offline(30));
  EXPECT_NE(more.status, 0);
  EXPECT_TRUE(contains(more.err, "Eve")) << more.err;
}

// What was edited in place is found, and can be taken out.
TEST_F(HostileLedger, WithAnEditThatKeepsTheLengthIsFoundAndRepaired) {
  make_run();
  prepare(
      "UPDATE messages SET content = replace(content, 'e', 'i') WHERE "
      "speaker = 'assistant' AND slot = 1");
  expect_found("not what was saved");
  Ended repaired = run({"check", "--repair", "--output", "run.json"});
  EXPECT_EQ(repaired.signal, 0);
  EXPECT_TRUE(fs::exists(training_));
}

TEST_F(HostileLedger, WithATriggerIsRepairedIntoOneWithout) {
  make_run();
  prepare(
      "CREATE TRIGGER x AFTER INSERT ON replies BEGIN DELETE FROM slots; END");
  Ended repaired = run({"check", "--repair", "--output", "run.json"});
  EXPECT_TRUE(repaired.status == 0 || repaired.status == 1) << repaired.err;
  for (const auto& entry : fs::directory_iterator(scratch_.folder())) {
    fs::path path = entry.path();
    if (path.extension() != ".db" || path == ledger_) continue;
    SQLite::Database database(path.string());
    EXPECT_EQ(database
                  .execAndGet("SELECT count(*) FROM sqlite_master WHERE "
                              "type = 'trigger'")
                  .getInt(),
              0);
    EXPECT_EQ(
        database.execAndGet("SELECT count(*) FROM conversations").getInt(), 2);
  }
}

TEST_F(HostileLedger, OfAnotherKindOrVersionIsRefused) {
  make_run();
  for (const char* pragma :
       {"PRAGMA user_version = 99", "PRAGMA user_version = -1",
        "PRAGMA user_version = 0", "PRAGMA application_id = 1"}) {
    SCOPED_TRACE(pragma);
    prepare(pragma);
    for (const Words& command : all_commands()) {
      Ended ended = run(command);
      SCOPED_TRACE(joined(command, " "));
      expect_refused(ended, "run.db");
    }
    restore();
  }
}

// Nobody waits for the other end of a pipe.
TEST_F(HostileLedger, ThatIsNoFileIsRefused) {
  for (const char* kind : {"pipe", "folder"}) {
    SCOPED_TRACE(kind);
    fs::remove_all(ledger_);
    if (std::string(kind) == "pipe") ::mkfifo(ledger_.c_str(), 0600);
    if (std::string(kind) == "folder") fs::create_directory(ledger_);
    for (const Words& command : all_commands()) {
      Ended ended = run(command);
      EXPECT_NE(ended.status, 0) << joined(command, " ");
      EXPECT_EQ(std::count(ended.err.begin(), ended.err.end(), '\n'), 1)
          << joined(command, " ") << "\n"
          << ended.err;
    }
  }
}

}  // namespace
}  // namespace simulate
