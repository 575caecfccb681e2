// McpPool: what a server remembers is a value that goes in and comes out.
#include "simulator/mcp/mcp_pool.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <set>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/mcp/mcp_launch.h"
#include "tests/mcp/mcp_loop.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

class McpPoolTest : public testing::Test {
 protected:
  McpPool& open(std::vector<McpServerConfig> servers, McpLimits limits = {},
                std::vector<std::string> taken = {}) {
    std::filesystem::create_directory(folder_);
    pool_ = std::make_unique<McpPool>(loop_.loop.get_executor(), loop_.timer,
                                      servers, folder_,
                                      Redactor(mcp_secrets(servers)), limits);
    loop_.run(pool_->open(std::move(taken)));
    return *pool_;
  }

  ServedRound round(const std::string& conversation, ServerState before,
                    const std::string& tool, Json arguments = Json::object()) {
    return loop_.run(pool_->run(conversation, std::move(before),
                                {{"call00001", tool, std::move(arguments)}}));
  }

  ServerState remember(const std::string& conversation, ServerState before,
                       const std::string& text) {
    return round(conversation, before, "remember", {{"text", text}}).state;
  }

  std::string recall(const std::string& conversation, ServerState before) {
    Json body = round(conversation, before, "recall").results[0].body;
    return string_at(body, "result");
  }

  ServerState leave(const std::string& conversation, ServerState last) {
    return loop_.run(pool_->leave(conversation, std::move(last)));
  }

  McpLoop loop_;
  Scratch scratch_;
  std::filesystem::path folder_ = scratch_ / "servers";
  std::unique_ptr<McpPool> pool_;
};

McpServerConfig named(const std::string& name, bool stateless,
                      std::vector<std::string> words = {}) {
  McpServerConfig config = fake_server(std::move(words));
  config.name = name;
  config.stateless = stateless;
  return config;
}

TEST_F(McpPoolTest, OffersTheToolsOfAllServersUnderNamesOfTheirOwn) {
  McpServerConfig first = named("first", true);
  first.tools = {"echo", "recall"};
  McpServerConfig second = named("second", true);
  second.tools = {"echo", "image"};
  open({first, second}, {}, {"recall"});
  std::vector<std::string> names;
  for (const ToolGroup& group : pool_->groups()) {
    EXPECT_TRUE(group.served);
    names.push_back(group.name);
    for (const auto& tool : group.tools) names.push_back(tool.spec.name);
  }
  EXPECT_EQ(joined(names, " "),
            "mcp:first first_echo first_recall mcp:second second_echo image");
  auto result = round("c1", {}, "second_echo", {{"text", "x"}}).results[0];
  EXPECT_EQ(result.body, Json({{"result", "x"}}));
  EXPECT_EQ(result.call_id, "call00001");
  EXPECT_EQ(result.name, "second_echo");
}

TEST_F(McpPoolTest, ServesEverybodyWithOneStatelessProcess) {
  open({named("fake", true)});
  std::set<std::string> processes;
  for (const char* conversation : {"c1", "c2", "c3"}) {
    auto answer = round(conversation, {}, "remember", {{"text", "x"}});
    processes.insert(to_text(answer.results[0].body));
    EXPECT_EQ(answer.state.text, "");
  }
  EXPECT_EQ(processes.size(), 1u);
  EXPECT_EQ(pool_->processes(), 0u);
}

TEST_F(McpPoolTest, GivesBackWhatAServerRemembers) {
  open({named("fake", false)});
  ServerState state = remember("c1", {}, "tea");
  EXPECT_EQ(state.text, R"({"fake":{"notes.txt":"tea\n"}})");
  state = remember("c1", state, "milk");
  EXPECT_EQ(recall("c1", state), "tea\nmilk\n");
  EXPECT_EQ(leave("c1", state).text, state.text);
  EXPECT_EQ(recall("c2", state), "tea\nmilk\n") << "the next session";
}

TEST_F(McpPoolTest, KeepsConversationsApart) {
  open({named("fake", false)});
  ServerState one = remember("c1", {}, "of one");
  ServerState two = remember("c2", {}, "of two");
  EXPECT_EQ(recall("c1", one), "of one\n");
  EXPECT_EQ(recall("c2", two), "of two\n");
  EXPECT_EQ(pool_->processes(), 2u);
}

TEST_F(McpPoolTest, ForgetsWhatWasNotCommitted) {
  open({named("fake", false)});
  ServerState committed = remember("c1", {}, "kept");
  remember("c1", committed, "of an attempt that failed");
  leave("c1", {});
  EXPECT_EQ(recall("c1_2", committed), "kept\n");
  remember("c1_2", committed, "lost");
  EXPECT_EQ(recall("c1_2", committed), "kept\n") << "the caller is right";
}

TEST_F(McpPoolTest, LeavesNoFolderBehindAfterAConversation) {
  open({named("fake", false)});
  ServerState state = remember("c1", {}, "tea");
  EXPECT_TRUE(std::filesystem::exists(folder_ / "fake" / "c1" / "notes.txt"));
  leave("c1", state);
  EXPECT_TRUE(std::filesystem::is_empty(folder_ / "fake"));
}

TEST_F(McpPoolTest, KeepsFewProcessesAliveAndNobodyNotices) {
  open({named("fake", false)}, {2, 1 << 20});
  std::map<std::string, ServerState> states;
  for (int turn = 0; turn < 3; ++turn) {
    for (const char* name : {"c1", "c2", "c3", "c4"}) {
      states[name] = remember(name, states[name], name);
      EXPECT_LE(pool_->processes(), 2u);
    }
  }
  EXPECT_EQ(recall("c3", states["c3"]), "c3\nc3\nc3\n");
}

asio::awaitable<void> remember_into(McpPool& pool, std::string name,
                                    int& left) {
  std::vector<ToolCall> calls = {{"call00001", "remember", {{"text", name}}},
                                 {"call00002", "recall", Json::object()}};
  auto work = pool.run(name, {}, std::move(calls));
  ServedRound round = co_await std::move(work);
  EXPECT_EQ(round.results[1].body, Json({{"result", name + "\n"}}));
  --left;
}

TEST_F(McpPoolTest, LetsConversationsWaitForAProcess) {
  open({named("fake", false)}, {2, 1 << 20});
  int left = 8;
  for (int i = 0; i < 8; ++i) {
    asio::co_spawn(loop_.loop,
                   remember_into(*pool_, "c" + std::to_string(i), left),
                   asio::detached);
  }
  loop_.run_until([&] {
    EXPECT_LE(pool_->processes(), 2u);
    return left == 0;
  });
}

TEST_F(McpPoolTest, KeepsWhatAServerWritesAtItsEnd) {
  open({named("fake", false, {"farewell"})}, {1, 1 << 20});
  ServerState state = remember("c1", {}, "x");
  remember("c2", {}, "makes c1 give up its process");
  EXPECT_EQ(leave("c1", state).text,
            R"({"fake":{"farewell.txt":"goodbye","notes.txt":"x\n"}})");
}

TEST_F(McpPoolTest, EndsAllProcessesAndStartsThemAgainWhenNeeded) {
  McpServerConfig shared = named("shared", true);
  shared.tools = {"echo"};
  McpServerConfig fake = named("fake", false, {"stubborn"});
  fake.tools = {"remember", "recall"};
  open({shared, fake});
  for (const char* name : {"c1", "c2", "c3"}) remember(name, {}, name);
  EXPECT_EQ(pool_->processes(), 3u);
  loop_.run(pool_->stop());
  EXPECT_EQ(pool_->processes(), 0u);
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a process is left";
  EXPECT_EQ(recall("c1", {}), "");
}

TEST_F(McpPoolTest, AnswersForAToolThatIsGone) {
  open({named("fake", true)});
  auto result = round("c1", {}, "teleport").results[0];
  EXPECT_TRUE(result.error);
}

TEST_F(McpPoolTest, UndoesACallThatWouldKeepTooMuch) {
  open({named("fake", false)}, {16, 100});
  ServerState state = remember("c1", {}, "tea");
  auto much = round("c1", state, "remember", {{"text", std::string(200, 'x')}});
  EXPECT_TRUE(much.results[0].error);
  EXPECT_EQ(much.state.text, state.text);
  EXPECT_EQ(recall("c1", state), "tea\n");
}

TEST_F(McpPoolTest, EndsTheRunWithAServerThatIsGoneForGood) {
  EXPECT_THROW(open({named("fake", false, {"dies"})}), BadUsage);
}

asio::awaitable<void> hang_up_soon(McpPool& pool, Timer& timer) {
  co_await timer.wait_until(timer.now() + Millis(200));
  pool.hang_up();
}

TEST_F(McpPoolTest, ComesBackSoonWhenItIsToldToStop) {
  open({named("fake", false)});
  asio::co_spawn(loop_.loop, hang_up_soon(*pool_, loop_.timer), asio::detached);
  EXPECT_TRUE(round("c1", {}, "sleep").results[0].error);
  EXPECT_TRUE(pool_->stopped());
}

TEST_F(McpPoolTest, RefusesANameThatIsNoFolder) {
  open({named("fake", false)});
  EXPECT_THROW(recall("../c1", {}), Fatal);
}

}  // namespace
}  // namespace simulate
