// The built program with tools that MCP servers run.
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <thread>

#include "simulator/base/text.h"
#include "simulator/store/ledger_reader.h"
#include "tests/program/program.h"
#include "tests/program/records.h"

namespace simulate {
namespace {

class McpProgram : public testing::Test {
 protected:
  McpProgram() { offer({"remember", "recall"}); }

  void offer(const std::vector<std::string>& tools,
             const std::string& command = SIMULATE_FAKE_MCP_SERVER) {
    Json server = {{"command", command}, {"tools", tools}};
    write_file(scratch_ / "mcp.json",
               to_text({{"mcpServers", {{"fake", server}}}}));
  }

  std::vector<std::string> command(int target) const {
    return {"--target",      std::to_string(target),
            "--providers",   "offline",
            "--output",      "run.json",
            "--tools",       "memory,watch",
            "--mcp",         "mcp.json",
            "--turns",       "3-5",
            "--concurrency", "4",
            "--json"};
  }

  int64_t number(const std::string& sql) {
    SQLite::Database database((scratch_ / "run.db").string());
    return database.execAndGet(sql).getInt64();
  }

  Scratch scratch_;
  Program program_{scratch_};
};

TEST_F(McpProgram, ServesStorylinesAndReplaysWithoutAServer) {
  Ended ended = program_.run(command(48));
  ASSERT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(records_in(scratch_ / "run.json").size(), 48u);
  EXPECT_GT(number("SELECT count(*) FROM tool_calls WHERE name = 'remember' "
                   "AND NOT error"),
            0);
  EXPECT_GT(number("SELECT count(*) FROM tool_states WHERE servers <> ''"), 0);
  EXPECT_EQ(number("SELECT count(*) FROM server_rounds WHERE results = '[]'"),
            number("SELECT count(DISTINCT slot) FROM server_rounds"))
      << "each conversation leaves its servers once";
  std::filesystem::remove(scratch_ / "mcp.json");
  Ended replay = program_.run({"replay", "run.db"});
  EXPECT_EQ(replay.status, 0) << replay.err;
  EXPECT_TRUE(contains(replay.err, "the same bytes")) << replay.err;
}

// A turn's messages, one letter each: user, call, answer, result, Error; a
// reply with several calls is a P.
std::string shape_of(const std::vector<Json>& turn) {
  std::string shape;
  for (const Json& message : turn) {
    std::string content = message["content"];
    size_t calls = 0;
    for (size_t at = 0; (at = content.find("<tool_call>", at)) != content.npos;
         ++at) {
      ++calls;
    }
    std::string role = message["role"];
    if (role == "tool") {
      shape += contains(content, "{\"error\"") ? 'E' : 'r';
    } else if (role == "assistant") {
      shape += calls > 1 ? 'P' : calls == 1 ? 'c' : 'a';
    } else {
      shape += role[0];
    }
  }
  return shape;
}

std::vector<std::vector<Json>> turns_of(const Json& record) {
  std::vector<std::vector<Json>> turns;
  for (const Json& message : record["conversations"]) {
    if (message["role"] == "user") turns.emplace_back();
    if (!turns.empty()) turns.back().push_back(message);
  }
  return turns;
}

TEST_F(McpProgram, HoldsEveryKindOfToolUse) {
  std::vector<std::string> with = command(200);
  with[7] = "memory,diary,reminders,watch,shopping";
  with.insert(with.end(), {"--tool-failures", "10%"});
  ASSERT_EQ(program_.run(with).status, 0);
  std::map<std::string, int> kinds;
  for (const Json& record : records_in(scratch_ / "run.json")) {
    check_record(record);
    for (const std::vector<Json>& turn : turns_of(record)) {
      std::string shape = shape_of(turn);
      kinds["recovery"] += contains(shape, "ucEcra");
      kinds["two rounds"] += shape == "ucrcra";
      kinds["parallel"] += contains(shape, "Prr");
      std::string text = to_text(turn);
      kinds["file"] += contains(text, "<tool_call>add_to_shopping_list(");
      kinds["server"] += contains(text, "<tool_call>remember(");
    }
  }
  for (const char* kind :
       {"recovery", "two rounds", "parallel", "file", "server"}) {
    EXPECT_GT(kinds[kind], 0) << kind;
  }
}

TEST_F(McpProgram, LosesAndAsksNothingTwiceWhenItIsKilled) {
  for (int kill = 0; kill < 5; ++kill) {
    program_.start(command(40));
    std::this_thread::sleep_for(std::chrono::milliseconds(700));
    program_.kill(SIGKILL);
    program_.wait();
  }
  Ended ended = program_.run(command(40));
  ASSERT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(ids_of(records_in(scratch_ / "run.json")).size(), 40u);
  EXPECT_EQ(number("SELECT count(*) FROM attempts WHERE status = 'outdated'"),
            0);
  Ended replay = program_.run({"replay", "run.db"});
  EXPECT_TRUE(contains(replay.err, "the same bytes")) << replay.err;
}

TEST_F(McpProgram, StopsWhenAServerOffersOtherTools) {
  ASSERT_EQ(program_.run(command(2)).status, 0);
  offer({"remember"});
  Ended ended = program_.run(command(4));
  EXPECT_EQ(ended.status, 2);
  EXPECT_TRUE(contains(ended.err, "tools mcp:fake")) << ended.err;
}

TEST_F(McpProgram, RefusesAServerThatDoesNotStart) {
  offer({"recall"}, "no-such-server");
  Ended ended = program_.run(command(2));
  EXPECT_EQ(ended.status, 2);
  EXPECT_TRUE(contains(ended.err, "no-such-server")) << ended.err;
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "run.db"));
}

TEST_F(McpProgram, LeavesNoProcessAndNoFolder) {
  Scratch temporary;
  program_.set_environment({{"TMPDIR", temporary.folder().string()}});
  ASSERT_EQ(program_.run(command(4)).status, 0);
  EXPECT_TRUE(std::filesystem::is_empty(temporary.folder()));
  ASSERT_EQ(program_.run({"try", "--providers", "offline", "--mcp", "mcp.json"})
                .status,
            0);
  ASSERT_EQ(
      program_.run({"check", "--providers", "offline", "--mcp", "mcp.json"})
          .status,
      0);
  EXPECT_TRUE(std::filesystem::is_empty(temporary.folder()));
}

}  // namespace
}  // namespace simulate
