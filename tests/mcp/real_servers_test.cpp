// The servers of the Model Context Protocol's own project, as npm has them.
// scripts/install-mcp-servers brings them here; without them there is nothing
// to test against.
#include <gtest/gtest.h>

#include "simulator/mcp/mcp_pool.h"
#include "tests/mcp/mcp_loop.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

const std::string kPrograms =
    SIMULATE_SOURCE_DIR "/build/mcp/node_modules/.bin/";

class RealServersTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kPrograms + "mcp-server-memory")) {
      GTEST_SKIP() << "the real MCP servers are not here; run "
                      "scripts/install-mcp-servers";
    }
    McpServerConfig memory;
    memory.name = "memory";
    memory.command = kPrograms + "mcp-server-memory";
    memory.environment = {{"MEMORY_FILE_PATH", "{{folder}}/memory.json"}};
    McpServerConfig everything;
    everything.name = "everything";
    everything.command = kPrograms + "mcp-server-everything";
    everything.arguments = {"stdio"};
    everything.stateless = true;
    std::filesystem::create_directory(scratch_ / "servers");
    pool_ = std::make_unique<McpPool>(
        loop_.loop.get_executor(), loop_.timer,
        std::vector<McpServerConfig>{memory, everything}, scratch_ / "servers",
        Redactor());
    loop_.run(pool_->open());
  }

  ServedRound round(const std::string& conversation, ServerState before,
                    const std::string& tool, const char* arguments = "{}") {
    return loop_.run(pool_->run(conversation, std::move(before),
                                {{"call00001", tool, *parse_json(arguments)}}));
  }

  Json result(const std::string& tool, const char* arguments = "{}") {
    return round("c1", {}, tool, arguments).results[0].body;
  }

  McpLoop loop_;
  Scratch scratch_;
  std::unique_ptr<McpPool> pool_;
};

constexpr const char* kBishop = R"({"entities": [{"name": "Bishop",
    "entityType": "cat", "observations": ["bites"]}]})";

TEST_F(RealServersTest, EverythingAnswers) {
  EXPECT_EQ(result("echo", R"({"message": "hello"})"),
            Json({{"result", "Echo: hello"}}));
  EXPECT_EQ(result("get-sum", R"({"a": 2, "b": 3})"),
            Json({{"result", "The sum of 2 and 3 is 5."}}));
  std::string image = to_text(result("get-tiny-image"));
  EXPECT_NE(image.find("[image, image/png]"), std::string::npos) << image;
  EXPECT_TRUE(result("get-structured-content", R"({"location": "Chicago"})")
                  .contains("temperature"));
  EXPECT_TRUE(round("c1", {}, "get-sum", R"({"a": "x"})").results[0].error);
}

TEST_F(RealServersTest, MemoryIsOfItsStoryline) {
  ServerState one = round("s1", {}, "create_entities", kBishop).state;
  EXPECT_NE(one.text.find("Bishop"), std::string::npos) << one.text;
  auto other = round("s2", {}, "read_graph");
  EXPECT_EQ(other.results[0].body.at("entities"), Json::array());
}

TEST_F(RealServersTest, MemoryComesBackAsOfTheLastCommit) {
  ServerState committed = round("s1", {}, "create_entities", kBishop).state;
  round("s1", committed, "delete_entities", R"({"entityNames": ["Bishop"]})");
  loop_.run(pool_->leave("s1", committed));
  auto graph = round("s1_2", committed, "read_graph");
  const Json& entities = graph.results[0].body.at("entities");
  ASSERT_EQ(entities.size(), 1u);
  EXPECT_EQ(entities[0].at("observations"), Json({"bites"}));
  EXPECT_EQ(graph.state.text, committed.text);
}

}  // namespace
}  // namespace simulate
