// McpServer against a server that behaves as badly as it is told to.
#include "simulator/mcp/mcp_server.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "simulator/mcp/mcp_launch.h"
#include "tests/mcp/mcp_loop.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

class McpServerTest : public testing::Test {
 protected:
  McpServer& server(McpServerConfig config = fake_server()) {
    server_ = std::make_unique<McpServer>(
        loop_.loop.get_executor(), loop_.timer, config, scratch_.folder(),
        Redactor(mcp_secrets({config})));
    return *server_;
  }

  McpResult call(const std::string& name, Json arguments = Json::object()) {
    return loop_.run(server_->call(name, std::move(arguments)));
  }

  std::string complaint(asio::awaitable<McpResult> work) {
    try {
      loop_.run(std::move(work));
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  McpLoop loop_;
  Scratch scratch_;
  std::unique_ptr<McpServer> server_;
};

std::string error_of(const McpResult& result) {
  EXPECT_TRUE(result.error);
  return string_at(result.body, "error");
}

TEST_F(McpServerTest, ListsToolsWithTheirTitleWhereThereIsNoDescription) {
  std::vector<ToolSpec> tools = loop_.run(server().tools());
  ASSERT_EQ(tools.size(), 12u);
  EXPECT_EQ(tools[2].name, "echo");
  EXPECT_EQ(tools[2].description, "Does echo");
  EXPECT_EQ(tools[2].parameters, Json({{"type", "object"}}));
}

TEST_F(McpServerTest, ReadsAllPagesOfTools) {
  EXPECT_EQ(loop_.run(server(fake_server({"pages"})).tools()).size(), 12u);
}

TEST_F(McpServerTest, OffersTheWantedToolsOnly) {
  McpServerConfig config = fake_server();
  config.tools = {"recall", "echo"};
  std::vector<ToolSpec> tools = loop_.run(server(config).tools());
  ASSERT_EQ(tools.size(), 2u);
  EXPECT_EQ(tools[0].name, "echo");
  config.tools = {"ecko"};
  EXPECT_THROW(loop_.run(server(config).tools()), BadUsage);
}

TEST_F(McpServerTest, GivesBackWhatTheToolSaid) {
  server();
  EXPECT_EQ(call("echo", {{"text", "grüße\n\"x\""}}).body,
            Json({{"result", "grüße\n\"x\""}}));
  EXPECT_EQ(call("structure").body, Json({{"degrees", 21}}));
  EXPECT_EQ(call("image").body,
            Json({{"result", "A cat:\n[image, image/png]"}}));
  EXPECT_EQ(server_->starts(), 1);
}

TEST_F(McpServerTest, TakesAnErrorOfTheToolOrOfTheProtocolAsAnErrorResult) {
  server();
  EXPECT_EQ(error_of(call("fails")), "no such city");
  EXPECT_EQ(error_of(call("nonsense")), "unknown tool nonsense");
}

asio::awaitable<void> call_into(McpServer& server, std::string name,
                                Json arguments, std::vector<std::string>& log) {
  auto work = server.call(name, std::move(arguments));
  McpResult result = co_await std::move(work);
  log.push_back(name + ": " + to_text(result.body));
}

TEST_F(McpServerTest, LetsALaterCallOvertakeAnEarlierOne) {
  std::vector<std::string> log;
  server();
  asio::co_spawn(loop_.loop, call_into(*server_, "hold", {{"name", "a"}}, log),
                 asio::detached);
  asio::co_spawn(loop_.loop, call_into(*server_, "echo", {{"text", "b"}}, log),
                 asio::detached);
  loop_.run_until([&] { return !log.empty(); });
  EXPECT_EQ(log[0], R"(echo: {"result":"b"})");
  call("release", {{"name", "a"}});
  ASSERT_EQ(log.size(), 2u);
  EXPECT_EQ(log[1], R"(hold: {"result":"held back"})");
  EXPECT_EQ(server_->starts(), 1);
}

TEST_F(McpServerTest, LetsTheLoopRunDryAfterTheLastAnswerAndStop) {
  server();
  EXPECT_FALSE(call("echo").error);
  loop_.run(server_->stop());
  loop_.run_dry();
  EXPECT_FALSE(server_->is_running());
}

TEST_F(McpServerTest, SkipsLinesThatAreNoMessages) {
  server(fake_server({"garbage"}));
  EXPECT_EQ(call("echo", {{"text", "x"}}).body, Json({{"result", "x"}}));
  EXPECT_GE(server_->noise(), 3);
}

TEST_F(McpServerTest, UnderstandsBatchesAndOlderVersions) {
  server(fake_server({"old"}));
  EXPECT_EQ(call("echo", {{"text", "x"}}).body, Json({{"result", "x"}}));
}

TEST_F(McpServerTest, AnswersWhatTheServerAsks) {
  server();
  Json answers = call("ask").body.at("result");
  ASSERT_EQ(answers.size(), 4u);
  EXPECT_EQ(answers[0].at("id"), "ping");
  EXPECT_EQ(answers[0].at("result"), Json::object());
  EXPECT_EQ(answers[1].at("result"), Json({{"roots", Json::array()}}));
  EXPECT_EQ(answers[2].at("error").at("code"), -32601);
  EXPECT_EQ(answers[3].at("error").at("code"), -32601);
}

TEST_F(McpServerTest, NotesThatTheToolsHaveChanged) {
  server();
  call("echo");
  EXPECT_FALSE(server_->tools_changed());
  call("changed");
  EXPECT_TRUE(server_->tools_changed());
}

// The process is real, the time is moved.
class McpPatienceTest : public testing::Test {
 protected:
  void start(McpServerConfig config) {
    server_ = std::make_unique<McpServer>(loop_.loop.get_executor(), timer_,
                                          config, scratch_.folder(),
                                          Redactor(mcp_secrets({config})));
    auto greeted = server_->tools();
    loop_.run(std::move(greeted));
  }

  McpResult call(const std::string& name) {
    return loop_.run(server_->call(name, Json::object()));
  }

  // A call during which a minute goes by.
  std::string error_after_a_minute(const std::string& name) {
    std::optional<McpResult> result;
    std::exception_ptr failure;
    auto work = server_->call(name, Json::object());
    asio::co_spawn(loop_.loop, keep_result(std::move(work), result, failure),
                   asio::detached);
    loop_.loop.restart();
    loop_.loop.poll();
    timer_.advance(Seconds(60));
    loop_.run_until([&] { return result || failure; });
    return string_at(result.value_or(McpResult()).body, "error");
  }

  McpLoop loop_;
  FakeTimer timer_;
  Scratch scratch_;
  std::unique_ptr<McpServer> server_;
};

TEST_F(McpPatienceTest, GivesUpACallInTimeAndTellsTheServer) {
  start(fake_server());
  EXPECT_EQ(error_after_a_minute("silent"),
            "silent gave no answer within 60 s.");
  Json told = call("cancelled").body.at("result");
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].at("requestId"), 3);
}

TEST_F(McpPatienceTest, DoesNotTakeAnAnswerToAnotherQuestion) {
  start(fake_server({"wrong-ids"}));
  EXPECT_EQ(error_after_a_minute("echo"), "echo gave no answer within 60 s.");
  loop_.run(server_->tools());  // its answer came after the wrong one
  EXPECT_EQ(server_->noise(), 1);
}

TEST_F(McpPatienceTest, StopsAServerThatHangsAndStartsItAgain) {
  start(fake_server());
  for (int i = 0; i < 3; ++i) error_after_a_minute("silent");
  EXPECT_FALSE(server_->is_running());
  EXPECT_FALSE(call("echo").error);
  EXPECT_EQ(server_->starts(), 2);
}

TEST_F(McpServerTest, RefusesAResultThatIsTooLarge) {
  McpServerConfig config = fake_server();
  config.max_result_bytes = 1000;
  server(config);
  EXPECT_FALSE(call("huge", {{"bytes", 900}}).error);
  EXPECT_EQ(error_of(call("huge", {{"bytes", 1000}})),
            "The result has 1013 bytes, and at most 1000 are taken. Ask for "
            "less.");
}

TEST_F(McpServerTest, SurvivesALineThatIsLongerThanAnyMemory) {
  server();
  for (const char* word : {"", "old"}) {
    server(fake_server({word}));
    EXPECT_NE(error_of(call("huge", {{"bytes", 5'000'000}})).find("too large"),
              std::string::npos);
    EXPECT_FALSE(call("echo").error);
    EXPECT_EQ(server_->starts(), 1);
  }
}

TEST_F(McpServerTest, AnswersForADeadServerAndStartsItAgain) {
  server();
  EXPECT_EQ(error_of(call("die", {{"code", 7}})),
            "The server of die ended before it answered: it ended with exit "
            "code 7.");
  EXPECT_FALSE(call("echo").error);
  EXPECT_EQ(server_->starts(), 2);
}

TEST_F(McpServerTest, OutlivesAToolThatCrashesItsProcess) {
  server();
  for (int i = 0; i < 8; ++i) EXPECT_TRUE(call("die").error);
  EXPECT_FALSE(call("echo").error);
  EXPECT_EQ(server_->starts(), 9);
}

TEST_F(McpServerTest, GivesUpAfterFourStartsWithItsLastWords) {
  McpServerConfig config = fake_server({"dies"});
  config.environment = {{"FAKE_API_KEY", "hush-hush-1"}};
  server(config);
  std::string said = complaint(server_->call("echo", Json::object()));
  EXPECT_NE(said.find("MCP server \"fake\" was started 4 times"),
            std::string::npos)
      << said;
  EXPECT_NE(said.find("it said: cannot find my database (hidden)"),
            std::string::npos)
      << said;
}

TEST_F(McpServerTest, StartsNoMoreWhenItIsKilled) {
  server();
  EXPECT_FALSE(call("echo").error);
  server_->kill();
  EXPECT_NE(complaint(server_->call("echo", Json::object())), "");
  EXPECT_EQ(server_->starts(), 1);
}

TEST_F(McpServerTest, SaysWhyItDoesNotStart) {
  server(fake_server({"dies"}));
  std::string said = complaint(server_->call("echo", Json::object()));
  EXPECT_NE(said.find("it ended with exit code 4; it said: cannot find my "
                      "database"),
            std::string::npos)
      << said;
  McpServerConfig absent = fake_server();
  absent.command = "no-such-program";
  said = complaint(server(absent).call("echo", Json::object()));
  EXPECT_NE(said.find("no program \"no-such-program\""), std::string::npos);
}

TEST_F(McpServerTest, SaysThatAProgramIsNoMcpServer) {
  McpServerConfig config = fake_server({"mute"});
  config.timeout = Millis(100);
  std::string said = complaint(server(config).call("echo", Json::object()));
  EXPECT_NE(said.find("does not say hello: it gave no answer in time"),
            std::string::npos)
      << said;
}

TEST_F(McpServerTest, HandsOnNothingOfOurEnvironment) {
  ::setenv("MISTRAL_API_KEY", "canary-in-the-mine", 1);
  McpServerConfig config = fake_server();
  config.environment = {{"PLACE", "{{folder}}/x"},
                        {"FAKE_TOKEN", "config-canary"}};
  server(config);
  std::string said = string_at(call("environment").body, "result");
  ::unsetenv("MISTRAL_API_KEY");
  EXPECT_EQ(said.find("canary"), std::string::npos) << said;
  EXPECT_NE(said.find("PATH="), std::string::npos);
  EXPECT_NE(said.find("FAKE_TOKEN=(hidden)"), std::string::npos);
  EXPECT_NE(said.find("PLACE=/workspace/x"), std::string::npos) << said;
}

McpServerConfig with_key(const std::string& key) {
  McpServerConfig config = fake_server();
  config.environment = {{"FAKE_API_KEY", key}};
  return config;
}

TEST_F(McpServerTest, HidesAKeyThatAResultWritesWithEscapes) {
  server(with_key("hush-hush-1"));
  EXPECT_EQ(call("escaped").body, Json({{"key", "(hidden)"}}));
}

TEST_F(McpServerTest, HidesAKeyThatAnErrorOfTheProtocolRepeats) {
  server(with_key("hush-hush-1"));
  EXPECT_EQ(error_of(call("hush-hush-1")), "unknown tool (hidden)");
}

// 20,000 questions by a server that reads no answer: a pipe holds about 1,600
// answers, and as many as are kept unsent.
TEST_F(McpServerTest, KeepsFewAnswersForAServerThatDoesNotRead) {
  server();
  std::string answered = string_at(call("flood").body, "result");
  ASSERT_NE(answered, "");
  EXPECT_LT(std::stoi(answered), 10'000);
  EXPECT_FALSE(call("echo").error);
}

size_t open_descriptors() {
  std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<size_t>(std::distance(begin(all), end(all)));
}

TEST_F(McpServerTest, HandsOnNoDescriptorAndKeepsNone) {
  server();
  call("echo");
  loop_.run(server_->stop());
  size_t before = open_descriptors();
  Descriptor ours(::open("/dev/null", O_RDONLY));  // not close-on-exec
  EXPECT_EQ(call("descriptors").body, Json({{"result", "0"}}));
  call("die");
  call("echo");
  loop_.run(server_->stop());
  EXPECT_EQ(open_descriptors(), before + 1);
}

TEST_F(McpServerTest, AnswersCallsUnderWayWhenItIsStopped) {
  std::vector<std::string> log;
  server();
  call("echo");
  asio::co_spawn(loop_.loop, call_into(*server_, "silent", {}, log),
                 asio::detached);
  loop_.run(server_->stop());
  loop_.run_dry();
  ASSERT_EQ(log.size(), 1u);
  EXPECT_NE(log[0].find("it was stopped"), std::string::npos);
  EXPECT_FALSE(call("echo").error) << "a later call starts it again";
}

// Children of this process that are alive, dead or zombies.
bool has_children() {
  siginfo_t found = {};
  return ::waitid(P_ALL, 0, &found, WEXITED | WNOHANG | WNOWAIT) == 0;
}

// Half a minute and no longer: the number of the process that ended, or 0.
pid_t wait_for_end(pid_t process, int* status) {
  for (int tries = 0; tries < 3000; ++tries) {
    pid_t ended = ::waitpid(process, status, WNOHANG);
    if (ended != 0) return ended;
    std::this_thread::sleep_for(Millis(10));
  }
  return 0;
}

// Ends what a test has left behind, so that the next one finds nothing.
void end_children() {
  std::string path = "/proc/self/task/" + std::to_string(::getpid());
  do {
    std::ifstream children(path + "/children");
    for (pid_t child; children >> child;) ::kill(child, SIGKILL);
  } while (::waitpid(-1, nullptr, 0) > 0);
}

TEST_F(McpServerTest, LeavesNoProcessBehindHoweverItEnds) {
  for (const char* word : {"", "stubborn"}) {
    server(fake_server({word}));
    call("echo");
    EXPECT_TRUE(has_children());
    loop_.run(server_->stop());
    EXPECT_FALSE(has_children());
    call("echo");
    server_.reset();
    EXPECT_FALSE(has_children()) << "destroyed without a stop";
  }
  server();
  call("die");
  EXPECT_FALSE(has_children()) << "died by itself";
}

// A process of ours that starts a stubborn server and ends as if killed.
[[noreturn]] void start_and_vanish(const std::filesystem::path& folder) {
  McpLoop loop;
  McpServer server(loop.loop.get_executor(), loop.timer,
                   fake_server({"stubborn"}), folder, Redactor());
  bool good = !loop.run(server.call("echo", Json::object())).error;
  std::_Exit(good ? 0 : 1);
}

TEST_F(McpServerTest, LeavesNoProcessBehindWhenOursIsKilled) {
  ASSERT_EQ(::prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
  pid_t ours = ::fork();
  if (ours == 0) start_and_vanish(scratch_.folder());
  int status = -1;
  EXPECT_EQ(wait_for_end(ours, &status), ours);
  EXPECT_EQ(status, 0);
  // The server is our child now, and comes to its end without our help.
  status = 0;
  EXPECT_GT(wait_for_end(-1, &status), 0) << "the server lives on";
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  end_children();
  ::prctl(PR_SET_CHILD_SUBREAPER, 0);
}

}  // namespace
}  // namespace simulate
