// How an MCP server is to be started: its program, its arguments and the whole
// of its environment.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "simulator/base/child_process.h"
#include "simulator/mcp/mcp_config.h"

namespace simulate {

// Throws Error when its program is nowhere.
ChildCommand mcp_launch(const McpServerConfig& config,
                        const std::filesystem::path& folder);

// The values of "env" that no message, result or state may show: keys, by the
// words in the names of their variables, and all others but numbers, names,
// words, paths, and addresses without a login.
std::vector<std::string> mcp_secrets(
    const std::vector<McpServerConfig>& configs);

}  // namespace simulate
