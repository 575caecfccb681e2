#include "simulator/mcp/mcp_offers.h"

#include "simulator/base/error.h"
#include "simulator/mcp/offered_names.h"
#include "tools/arguments.h"

namespace simulate {

namespace {

std::vector<std::string> names_for(
    const std::vector<McpServerConfig>& servers,
    const std::vector<std::vector<ToolSpec>>& found,
    const std::vector<std::string>& taken) {
  std::vector<McpToolName> own;
  for (size_t server = 0; server < servers.size(); ++server) {
    for (const ToolSpec& spec : found[server]) {
      own.push_back({servers[server].name, servers[server].prefix, spec.name});
    }
  }
  return offered_names(own, taken);
}

void expect_usable(const ToolSpec& spec, const std::string& server) {
  try {
    ArgumentCheck{spec};
  } catch (const Error& wrong) {
    throw BadUsage("MCP server \"" + server + "\": " + wrong.what() +
                   "; leave the tool out of its \"tools\"");
  }
}

}  // namespace

std::vector<ToolSpec> tools_in(const Json& page) {
  std::vector<ToolSpec> specs;
  auto tools = page.find("tools");
  if (tools == page.end() || !tools->is_array()) return specs;
  for (const Json& tool : *tools) {
    std::optional<ToolSpec> spec = tool_spec_from(tool);
    if (!spec) continue;
    if (spec->description.empty()) {
      spec->description = string_at(tool, "title");
    }
    specs.push_back(std::move(*spec));
  }
  return specs;
}

McpOffers::McpOffers(const std::vector<McpServerConfig>& servers,
                     const std::vector<std::vector<ToolSpec>>& found,
                     const std::vector<std::string>& taken) {
  std::vector<std::string> names = names_for(servers, found, taken);
  for (size_t server = 0; server < servers.size(); ++server) {
    std::vector<ToolSpec> specs = found[server];
    for (ToolSpec& spec : specs) {
      const std::string& name = names[offers_.size()];
      offers_.push_back({name, server, spec.name});
      spec.name = name;
      expect_usable(spec, servers[server].name);
    }
    if (specs.empty()) continue;
    groups_.push_back(served_group("mcp:" + servers[server].name, specs));
  }
}

const McpOffer* McpOffers::find(const std::string& name) const {
  for (const McpOffer& offer : offers_) {
    if (offer.name == name) return &offer;
  }
  return nullptr;
}

}  // namespace simulate
