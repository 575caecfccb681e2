#include "simulator/mcp/mcp_config.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

class McpConfigTest : public testing::Test {
 protected:
  std::vector<McpServerConfig> read(const std::string& text) {
    write_file(path_, text);
    return read_mcp_config(path_);
  }

  std::string complaint(const std::string& text) {
    try {
      read(text);
    } catch (const BadUsage& error) {
      return error.what();
    }
    return "";
  }

  std::string complaint_about_server(const std::string& fields) {
    return complaint(R"({"mcpServers": {"box": {)" + fields + "}}}");
  }

  Scratch scratch_;
  std::filesystem::path path_ = scratch_ / "mcp.json";
};

TEST_F(McpConfigTest, ReadsTheFileOfOtherClients) {
  auto servers = read(R"({"mcpServers": {
      "memory": {"type": "stdio", "command": "npx",
                 "args": ["-y", "@modelcontextprotocol/server-memory"],
                 "env": {"MEMORY_FILE_PATH": "{{folder}}/memory.json"},
                 "autoApprove": ["x"], "timeout": 5, "icon": "m.png"},
      "off": {"url": "http://127.0.0.1/mcp", "disabled": true},
      "clock": {"command": "clock"}}})");
  ASSERT_EQ(servers.size(), 2u);
  EXPECT_EQ(servers[0].name, "memory");
  EXPECT_EQ(servers[0].arguments.size(), 2u);
  EXPECT_EQ(servers[0].environment[0].second, "{{folder}}/memory.json");
  EXPECT_FALSE(servers[0].stateless);
  EXPECT_EQ(servers[0].timeout, Seconds(60));
  EXPECT_EQ(servers[0].max_result_bytes, 65'536u);
  EXPECT_EQ(servers[1].name, "clock");
}

TEST_F(McpConfigTest, ReadsOurOwnFields) {
  auto servers = read(R"({"mcpServers": {"box": {"command": "b",
      "stateless": true, "timeout_seconds": 0.5, "max_result_bytes": 1000,
      "tools": ["a", "b"], "prefix": "box_"}}})");
  EXPECT_TRUE(servers[0].stateless);
  EXPECT_EQ(servers[0].timeout, Millis(500));
  EXPECT_EQ(servers[0].max_result_bytes, 1000u);
  EXPECT_EQ(servers[0].tools, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(servers[0].prefix, "box_");
}

TEST_F(McpConfigTest, NamesFileFieldAndRemedy) {
  const std::pair<const char*, const char*> rows[] = {
      {R"("args": [])", "\"command\" is missing"},
      {R"("command": 5)", "\"command\" must be a string, got number"},
      {R"("command": "x", "args": "y")", "\"args\" must be a list of strings"},
      {R"("command": "x", "args": [1])", "\"args\" must be a list of strings"},
      {R"("command": "x", "env": [])", "\"env\" must be an object"},
      {R"("command": "x", "env": {"A": 1})", "\"env.A\" must be a variable"},
      {R"("command": "x", "stateless": "yes")",
       "\"stateless\" must be true or false"},
      {R"("command": "x", "timeout_seconds": 0)",
       "\"timeout_seconds\" must be a number from 0.001 to 86400"},
      {R"("command": "x", "max_result_bytes": "1")",
       "\"max_result_bytes\" must be a number"},
      {R"("command": "x", "tool": [])", "did you mean \"tools\"?"},
      {R"("command": "x", "cwd": "/")", "whole paths"},
      {R"("url": "https://example.org/mcp")", "stdin and stdout"},
      {R"("command": "x", "type": "sse")", "stdin and stdout"},
  };
  for (const auto& [fields, expected] : rows) {
    std::string said = complaint_about_server(fields);
    EXPECT_NE(said.find(path_.string() + ": server \"box\": "),
              std::string::npos)
        << fields << "\n"
        << said;
    EXPECT_NE(said.find(expected), std::string::npos) << fields << "\n" << said;
  }
}

TEST_F(McpConfigTest, RefusesAFileOfAnotherShape) {
  for (const char* text :
       {"[]", "{}", R"({"servers": {}})", R"({"mcpServers": []})"}) {
    EXPECT_NE(complaint(text).find("\"mcpServers\""), std::string::npos);
  }
  EXPECT_NE(complaint("{\n\"mcpServers\": {").find("is no JSON: line 2"),
            std::string::npos);
  EXPECT_NE(complaint(R"({"mcpServers": {"a": 5}})").find("must be an object"),
            std::string::npos);
  EXPECT_NE(complaint(R"({"mcpServers": {"../a": {"command": "x"}}})")
                .find("rename it"),
            std::string::npos);
}

TEST_F(McpConfigTest, NeverShowsAKey) {
  std::string said =
      complaint_about_server(R"("command": "x", "env": {"A_KEY": ["canary"]})");
  EXPECT_NE(said, "");
  EXPECT_EQ(said.find("canary"), std::string::npos);
}

}  // namespace
}  // namespace simulate
