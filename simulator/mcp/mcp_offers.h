// Which tools of which MCP servers a run offers, and under which names. A
// value.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "simulator/calls/tool.h"
#include "simulator/mcp/mcp_config.h"
#include "tools/tool_file.h"

namespace simulate {

struct McpOffer {
  std::string name;  // as a model knows it
  size_t server;     // by its place in the config
  std::string tool;  // as the server does
};

// Of a page of tools/list, as far as they are tools. A server may describe one
// by its title alone.
std::vector<ToolSpec> tools_in(const Json& page);

class McpOffers {
 public:
  McpOffers() = default;

  // `found` holds the tools of each server. `taken` are names that other tools
  // have. Throws BadUsage; see offered_names.
  McpOffers(const std::vector<McpServerConfig>& servers,
            const std::vector<std::vector<ToolSpec>>& found,
            const std::vector<std::string>& taken);

  // A group for each server that has tools: "mcp:" and its name.
  const std::vector<ToolGroup>& groups() const { return groups_; }

  const McpOffer* find(const std::string& name) const;  // null: there is none

 private:
  std::vector<McpOffer> offers_;
  std::vector<ToolGroup> groups_;
};

}  // namespace simulate
