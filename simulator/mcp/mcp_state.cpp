#include "simulator/mcp/mcp_state.h"

#include <optional>
#include <utility>

#include "simulator/base/error.h"

namespace simulate {

McpState::McpState(const ServerState& state) {
  if (state.text.empty()) return;
  std::optional<Json> value = parse_json(state.text);
  if (!value || !value->is_object()) {
    throw Error("the state of a storyline's MCP servers is no JSON object");
  }
  for (auto& [server, content] : value->items()) {
    put(server, std::move(content));
  }
}

Json McpState::of(const std::string& server) const {
  auto found = folders_.find(server);
  return found == folders_.end() ? Json::object() : found->second;
}

void McpState::put(const std::string& server, Json content) {
  folders_.erase(server);
  if (!content.empty()) folders_[server] = std::move(content);
}

ServerState McpState::text() const {
  if (folders_.empty()) return {};
  Json servers = Json::object();
  for (const auto& [server, content] : folders_) servers[server] = content;
  return {to_text(servers)};
}

}  // namespace simulate
