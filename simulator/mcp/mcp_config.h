// Which MCP servers a run may use: the file that other MCP clients read, too,
// {"mcpServers": {name: {"command", "args", "env", ...}}}, as values.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "simulator/base/time.h"

namespace simulate {

// "{{folder}}" in an argument or a variable stands for the private folder that
// the server runs in.
struct McpServerConfig {
  std::string name;  // letters, digits, "_", "." and "-"
  std::string command;
  std::vector<std::string> arguments;
  std::vector<std::pair<std::string, std::string>> environment;
  // It remembers nothing from one call to the next, so one process serves all.
  bool stateless = false;
  Millis timeout{60'000};
  size_t max_result_bytes = 65'536;
  std::vector<std::string> tools;  // those that are offered; empty: all
  std::string prefix;              // put before the name of each of its tools
  bool optional = false;           // a storyline has its tools or has them not
};

// In the order of the file, without those that are "disabled". Throws BadUsage
// with file, field and remedy. Values of "env" are never shown: they are keys.
std::vector<McpServerConfig> read_mcp_config(const std::filesystem::path& path);

}  // namespace simulate
