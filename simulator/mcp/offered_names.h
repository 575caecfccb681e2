// Under which names the tools of several MCP servers are offered to a model.
#pragma once

#include <string>
#include <vector>

namespace simulate {

struct McpToolName {
  std::string server;
  std::string prefix;  // from the config
  std::string tool;    // as the server calls it
};

// One for each of `tools`, in order: the prefix and the tool's own name, with
// each character that is no letter, digit, "_", "." or "-" as "_", at most 64
// of them. Those that would meet another, or one of `taken`, become
// server_tool. Throws BadUsage when that is not enough.
std::vector<std::string> offered_names(const std::vector<McpToolName>& tools,
                                       const std::vector<std::string>& taken);

}  // namespace simulate
