// What a storyline's MCP servers remember: for each server what its folder
// holds, see folder_state.h. A value; its text is the same bytes whatever the
// order of the calls was.
#pragma once

#include <map>
#include <string>

#include "simulator/base/json.h"
#include "tools/tool_servers.h"

namespace simulate {

class McpState {
 public:
  // Throws Error when `state` is none of ours.
  explicit McpState(const ServerState& state);

  Json of(const std::string& server) const;  // empty: it remembers nothing
  void put(const std::string& server, Json content);

  ServerState text() const;

 private:
  std::map<std::string, Json> folders_;  // by server
};

}  // namespace simulate
