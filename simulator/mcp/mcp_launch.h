// How an MCP server is to be started: its program, its arguments and the whole
// of its environment.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "simulator/mcp/child_process.h"
#include "simulator/mcp/mcp_config.h"

namespace simulate {

// Throws Error when its program is nowhere.
ChildCommand mcp_launch(const McpServerConfig& config,
                        const std::filesystem::path& folder);

// Values of "env" that are keys, by the words in the names of their variables:
// no message and no result may show them.
std::vector<std::string> mcp_secrets(const McpServerConfig& config);

}  // namespace simulate
