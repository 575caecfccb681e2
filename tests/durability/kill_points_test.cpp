// The death of the process at named points between a reply and the
// announcement of its conversation. A child process runs the real simulation
// over real files; SQLite's own trace tells it where it is, so that nothing in
// the program knows of this.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <csignal>
#include <cstdio>
#include <exception>
#include <random>
#include <set>
#include <sstream>
#include <string>

#include "simulator/base/file.h"
#include "simulator/commands/run_files.h"
#include "simulator/net/asio_timer.h"
#include "simulator/offline/offline_model.h"
#include "simulator/run/simulate.h"
#include "simulator/store/writer.h"
#include "tests/program/records.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

namespace fs = std::filesystem;

constexpr int kKills = 20;  // at each point
constexpr int kKillsOfARun = 5;
constexpr int kTarget = 40;
constexpr int kConcurrency = 8;

enum class Point {
  before_reply,  // its insert
  after_reply,
  before_reply_commit,
  after_reply_commit,
  before_conversation,  // its insert
  after_conversation,
  before_commit,  // the conversation's
  before_append,  // to the training file: the commit is done
  after_append,
  before_announcement,
  after_announcement,
};

// What the writer committed, in memory that outlives the child.
struct Committed {
  int replies = 0;
  int conversations = 0;
};

class Witness {
 public:
  Witness()
      : memory_(::mmap(nullptr, sizeof(Committed), PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
    if (memory_ == MAP_FAILED) throw std::bad_alloc();
    committed_ = new (memory_) Committed();
  }
  Witness(const Witness&) = delete;
  ~Witness() { ::munmap(memory_, sizeof(Committed)); }

  Committed& committed() { return *committed_; }

 private:
  void* memory_;
  Committed* committed_;
};

// Lives in the child; ends it at the Nth visit to one point.
class Reaper {
 public:
  Reaper(Point point, int visits, Committed& committed)
      : point_(point), visits_left_(visits), committed_(committed) {}

  void watch(sqlite3* ledger) {
    sqlite3_trace_v2(ledger, SQLITE_TRACE_STMT | SQLITE_TRACE_PROFILE,
                     &Reaper::trace, this);
  }

  // Each point is visited by one thread: the writer's or the loop's.
  void visit(Point point) {
    if (point == point_ && --visits_left_ == 0) ::raise(SIGKILL);
  }

 private:
  // SQLite calls this before a statement runs and after it has.
  static int trace(unsigned event, void* self, void* statement, void*) {
    const char* sql = sqlite3_sql(static_cast<sqlite3_stmt*>(statement));
    auto& reaper = *static_cast<Reaper*>(self);
    if (event == SQLITE_TRACE_STMT) {
      reaper.before(sql);
    } else {
      reaper.after(sql);
    }
    return 0;
  }

  void before(std::string_view sql) {
    // Whatever the writer does next, the append after a commit is done.
    if (appending_) visit(Point::after_append);
    appending_ = false;
    if (sql.starts_with("INSERT INTO replies")) {
      visit(Point::before_reply);
    } else if (sql.starts_with("INSERT INTO conversations")) {
      visit(Point::before_conversation);
    } else if (sql == "COMMIT") {
      if (pending_.replies > 0) visit(Point::before_reply_commit);
      if (pending_.conversations > 0) visit(Point::before_commit);
    }
  }

  void after(std::string_view sql) {
    if (sql.starts_with("INSERT INTO replies")) {
      ++pending_.replies;
      visit(Point::after_reply);
    } else if (sql.starts_with("INSERT INTO conversations")) {
      ++pending_.conversations;
      visit(Point::after_conversation);
    } else if (sql == "COMMIT") {
      after_commit(std::exchange(pending_, Committed()));
    }
  }

  void after_commit(Committed fresh) {
    committed_.replies += fresh.replies;
    committed_.conversations += fresh.conversations;
    appending_ = fresh.conversations > 0;
    if (fresh.replies > 0) visit(Point::after_reply_commit);
    if (fresh.conversations > 0) visit(Point::before_append);
  }

  Point point_;
  int visits_left_;
  Committed& committed_;
  Committed pending_;  // of the transaction under way
  bool appending_ = false;
};

// Writes every announcement to a file that the parent reads.
class Announcing : public Status {
 public:
  Announcing(const fs::path& file, Reaper* reaper)
      : file_(::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600)),
        reaper_(reaper) {}

  void saved(const std::string& id) override {
    if (reaper_) reaper_->visit(Point::before_announcement);
    std::string line = id + "\n";
    if (::write(file_.number(), line.data(), line.size()) < 0) ::_exit(9);
    if (reaper_) reaper_->visit(Point::after_announcement);
  }

  void note(const std::string&) override {}
  void warn(const std::string& text) override {
    std::fprintf(stderr, "%s\n", text.c_str());
  }
  void attempt_failed(const std::string&, const std::string& reason,
                      const std::string& detail) override {
    std::fprintf(stderr, "%s: %s\n", reason.c_str(), detail.c_str());
  }
  void progress(const Report&) override {}
  void summary(const Report&) override {}

 private:
  Descriptor file_;
  Reaper* reaper_;
};

Settings settings_for(const Scratch& scratch) {
  Settings settings;
  settings.target = kTarget;
  settings.providers = {"offline"};
  settings.output = scratch / "run.json";
  settings.secrets = scratch / "secrets.json";
  settings.personas = fs::path(SIMULATE_SOURCE_DIR) / "personas";
  settings.systemprompts = fs::path(SIMULATE_SOURCE_DIR) / "systemprompts";
  settings.situations = fs::path(SIMULATE_SOURCE_DIR) / "situations";
  return settings;
}

Schedule schedule_for(const RunInputs& inputs, LedgerReader& reader) {
  PlanSettings plan;
  plan.sessions = {3, 3};
  plan.turns = {2, 5};
  plan.tester_variants = static_cast<int>(inputs.prompts.tester.size());
  plan.assistant_variants = static_cast<int>(inputs.prompts.assistant.size());
  plan.tools = names_of_groups(inputs.tools);
  return Schedule(kTarget, plan, PersonaSource(inputs.personas),
                  inputs.situations, reader.plan_so_far());
}

asio::awaitable<void> run_to_end(asio::io_context& loop, Simulation& simulation,
                                 std::exception_ptr& failure) {
  try {
    co_await simulation.run();
  } catch (...) {
    failure = std::current_exception();
  }
  loop.stop();
}

// As simulate_command puts it together, with a reaper among them.
void simulate_in_this_process(const RunInputs& inputs,
                              const fs::path& announced, Reaper* reaper) {
  Toolbox toolbox(inputs.tools);
  RunFiles files(inputs);
  if (reaper) reaper->watch(files.ledger().database().getHandle());
  Announcing status(announced, reaper);
  asio::io_context loop;
  AsioTimer timer(loop);
  Lanes lanes(timer);
  lanes.add(inputs.providers.front(), std::make_unique<OfflineModel>());
  Writer writer(files.ledger(), files.training_file());
  Evidence evidence(inputs.tools);
  SimulationParts parts{
      lanes,  lanes,          timer,  toolbox,        evidence,       nullptr,
      writer, files.reader(), status, inputs.prompts, inputs.personas};
  SimulationSettings settings;
  settings.conversation = inputs.settings.conversation;
  settings.concurrency = kConcurrency;
  settings.seed = *files.settings().seed;
  settings.version = files.version();
  Simulation simulation(settings, parts, schedule_for(inputs, files.reader()));
  std::exception_ptr failure;
  asio::co_spawn(loop, run_to_end(loop, simulation, failure), asio::detached);
  loop.run();
  if (failure) std::rethrow_exception(failure);
}

// One run, killed and continued. Its processes are children of the test, which
// has no thread of its own that a fork could lose.
class ForkedRun {
 public:
  ForkedRun() : inputs_(read_run_inputs(settings_for(scratch_))) {}

  // The status of a process that ran until the reaper, or the end, came.
  int play(Reaper* reaper) {
    std::fflush(nullptr);
    pid_t child = ::fork();
    if (child == 0) {
      try {
        simulate_in_this_process(inputs_, scratch_ / "announced", reaper);
      } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        ::_exit(1);
      }
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
  }

  std::vector<std::string> announced() const {
    std::vector<std::string> ids;
    if (!fs::exists(scratch_ / "announced")) return ids;
    std::istringstream lines(read_file(scratch_ / "announced"));
    for (std::string id; std::getline(lines, id);) ids.push_back(id);
    return ids;
  }

  // The files as the dead process left them: looking must not mend them.
  void copy_to(const Scratch& other) const {
    for (const char* name : {"run.db", "run.db-wal", "run.json"}) {
      // A process that came to its end has no log left.
      if (!fs::exists(scratch_ / name)) continue;
      fs::copy_file(scratch_ / name, other / name);
    }
  }

 private:
  Scratch scratch_;
  RunInputs inputs_;
};

using Ids = std::set<std::string>;

// What a run's files hold.
struct Found {
  int replies = 0;
  Ids kept;      // in the ledger
  Ids in_file;   // the training file, before its repair
  Ids repaired;  // and after it
};

int number_of(SQLite::Database& ledger, const char* sql) {
  return ledger.execAndGet(sql).getInt();
}

void check_ledger(SQLite::Database& ledger, int kept) {
  EXPECT_EQ(ledger.execAndGet("PRAGMA integrity_check").getString(), "ok");
  for (const char* count :
       {"SELECT value FROM counters WHERE name = 'kept'",
        "SELECT count(*) FROM slots WHERE status = 'kept'",
        "SELECT count(*) FROM attempts WHERE status = 'kept'",
        "SELECT coalesce(max(commit_no), 0) FROM conversations",
        "SELECT count(DISTINCT slot) FROM messages"}) {
    EXPECT_EQ(number_of(ledger, count), kept) << count;
  }
  // The replies of an attempt are numbered without a gap.
  EXPECT_EQ(number_of(ledger,
                      "SELECT count(*) FROM (SELECT 1 FROM replies GROUP BY "
                      "slot, attempt HAVING min(seq) <> 0 OR max(seq) <> "
                      "count(*) - 1)"),
            0);
}

// What the ledger renders, one record after the other.
std::string rendered(LedgerReader& reader) {
  std::string text = "[\n";
  for (int64_t number = 1; number <= reader.records(); ++number) {
    text += (number > 1 ? ",\n" : "") + reader.render(number);
  }
  return text + (reader.records() > 0 ? "\n]\n" : "]\n");
}

// A torn record at the end does not count.
Ids whole_records_in(const std::string& file) {
  Ids ids;
  std::istringstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with(',')) line.pop_back();
    auto record = parse_json(line);
    if (record && record->is_object()) ids.insert(string_at(*record, "id"));
  }
  return ids;
}

Found look_at(const ForkedRun& run) {
  Scratch copy;
  run.copy_to(copy);
  Found found;
  found.in_file = whole_records_in(read_file(copy / "run.json"));
  LedgerReader reader(copy / "run.db");
  for (int64_t number = 1; number <= reader.records(); ++number) {
    found.kept.insert(conversation_id(reader.conversation(number).slot.number));
  }
  EXPECT_EQ(static_cast<int64_t>(found.kept.size()), reader.records());
  TrainingFile(copy / "run.json").reconcile(reader);
  std::string repaired = read_file(copy / "run.json");
  EXPECT_EQ(repaired, rendered(reader));
  found.repaired = ids_of(parse_json(repaired).value_or(Json()));
  SQLite::Database ledger((copy / "run.db").string());
  check_ledger(ledger, static_cast<int>(found.kept.size()));
  found.replies = number_of(ledger, "SELECT count(*) FROM replies");
  return found;
}

Ids without(const Ids& all, const Ids& those) {
  Ids rest;
  for (const std::string& id : all) {
    if (!those.count(id)) rest.insert(id);
  }
  return rest;
}

bool is_on_the_loop(Point point) {
  return point == Point::before_announcement ||
         point == Point::after_announcement;
}

// What was committed before this process died, and no more, is found.
void check_commits(Point point, const Found& before, const Found& after,
                   const Committed& committed) {
  size_t conversations =
      before.kept.size() + static_cast<size_t>(committed.conversations);
  int replies = before.replies + committed.replies;
  if (is_on_the_loop(point)) {
    // The writer's thread may have been at its next commit.
    EXPECT_GE(after.kept.size(), conversations);
    EXPECT_GE(after.replies, replies);
  } else {
    EXPECT_EQ(after.kept.size(), conversations);
    EXPECT_EQ(after.replies, replies);
  }
}

// That the process died where it was meant to.
void check_place(Point point, const Found& found, const Ids& announced) {
  Ids not_in_file = without(found.kept, found.in_file);
  Ids silent = without(found.in_file, announced);
  if (point == Point::before_append) {
    EXPECT_FALSE(not_in_file.empty());
  } else if (!is_on_the_loop(point) && point != Point::after_reply_commit) {
    // A reply's commit may have held a conversation as well.
    EXPECT_TRUE(not_in_file.empty());
  }
  if (point == Point::before_announcement) {
    EXPECT_FALSE(silent.empty());
  }
}

void check_announced(const std::vector<std::string>& lines,
                     const Found& found) {
  Ids announced(lines.begin(), lines.end());
  EXPECT_EQ(announced.size(), lines.size()) << "one was announced twice";
  EXPECT_EQ(without(announced, found.kept), Ids()) << "announced and lost";
  EXPECT_EQ(without(announced, found.in_file), Ids()) << "not in the file";
  EXPECT_EQ(found.kept, found.repaired);
}

class KillPoint : public testing::TestWithParam<Point> {
 protected:
  // Often visited points are left alone for longer.
  int draw_visits() {
    bool rare = GetParam() >= Point::before_conversation;
    return 1 + static_cast<int>(random_() % (rare ? 3 : 30));
  }

  // False when the run was over before its reaper came.
  bool kill(ForkedRun& run, Found& found) {
    Witness witness;
    Reaper reaper(GetParam(), draw_visits(), witness.committed());
    int status = run.play(&reaper);
    if (WIFEXITED(status)) {
      EXPECT_EQ(WEXITSTATUS(status), 0);
      return false;
    }
    EXPECT_EQ(WTERMSIG(status), SIGKILL);
    Found before = std::exchange(found, look_at(run));
    std::vector<std::string> announced = run.announced();
    check_commits(GetParam(), before, found, witness.committed());
    check_announced(announced, found);
    check_place(GetParam(), found, Ids(announced.begin(), announced.end()));
    return true;
  }

  void finish(ForkedRun& run) {
    EXPECT_EQ(run.play(nullptr), 0);
    Found found = look_at(run);
    EXPECT_EQ(found.kept.size(), size_t{kTarget});
    EXPECT_EQ(found.in_file, found.kept);
    check_announced(run.announced(), found);
    announced_ += run.announced().size();
  }

  const unsigned seed_ = 4711 + static_cast<unsigned>(GetParam());
  std::mt19937 random_{seed_};
  size_t announced_ = 0;
};

TEST_P(KillPoint, LosesAndDoublesNothing) {
  int kills = 0;
  while (kills < kKills && !HasFailure()) {
    ForkedRun run;
    Found found;
    for (int each = 0; each < kKillsOfARun && kills < kKills; ++each) {
      SCOPED_TRACE("kill " + std::to_string(kills));
      if (!kill(run, found)) break;
      ++kills;
    }
    finish(run);
  }
  EXPECT_EQ(kills, kKills) << "seed " << seed_;
  std::printf("seed %u: %d kills, %zu conversations announced\n", seed_, kills,
              announced_);
}

std::string name_of(const testing::TestParamInfo<Point>& info) {
  switch (info.param) {
    case Point::before_reply:
      return "BeforeTheInsertOfAReply";
    case Point::after_reply:
      return "AfterTheInsertOfAReply";
    case Point::before_reply_commit:
      return "BeforeTheCommitOfAReply";
    case Point::after_reply_commit:
      return "AfterTheCommitOfAReply";
    case Point::before_conversation:
      return "BeforeTheInsertOfAConversation";
    case Point::after_conversation:
      return "AfterTheInsertOfAConversation";
    case Point::before_commit:
      return "BeforeTheCommitOfAConversation";
    case Point::before_append:
      return "AfterTheCommitBeforeTheAppend";
    case Point::after_append:
      return "AfterTheAppend";
    case Point::before_announcement:
      return "AfterTheAppendBeforeTheAnnouncement";
    case Point::after_announcement:
      return "AfterTheAnnouncement";
  }
  return "";
}

INSTANTIATE_TEST_SUITE_P(
    At, KillPoint,
    testing::Values(Point::before_reply, Point::after_reply,
                    Point::before_reply_commit, Point::after_reply_commit,
                    Point::before_conversation, Point::after_conversation,
                    Point::before_commit, Point::before_append,
                    Point::after_append, Point::before_announcement,
                    Point::after_announcement),
    name_of);

}  // namespace
}  // namespace simulate
