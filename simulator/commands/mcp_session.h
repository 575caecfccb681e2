// The MCP servers of --mcp for as long as a command works: started, asked for
// their tools, ended. Without the option there are none.
// Tested by tests/program/mcp_test.cpp.
#pragma once

#include <asio/awaitable.hpp>
#include <asio/io_context.hpp>
#include <memory>

#include "simulator/commands/run_inputs.h"
#include "simulator/net/timer.h"
#include "tools/tool_servers.h"

namespace simulate {

class McpPool;
class ServerFolder;

class McpSession {
 public:
  // Runs `loop` until all have said what they offer. No tool may have the name
  // of one that `inputs` holds already. Throws BadUsage.
  McpSession(const RunInputs& inputs, asio::io_context& loop, Timer& timer);
  McpSession(const McpSession&) = delete;
  ~McpSession();

  const ServedTools& offered() const { return offered_; }
  ToolServers* running() const;  // null without any

  asio::awaitable<void> stop();  // when no conversation is under way
  void hang_up();                // at any time

 private:
  std::unique_ptr<ServerFolder> folder_;
  std::unique_ptr<McpPool> pool_;
  ServedTools offered_;
};

// The values of their "env" that nothing may show. Throws BadUsage when the
// file is wrong.
std::vector<std::string> secrets_of_servers(const Settings& settings);

// The names of the groups that these servers would offer; starts nobody.
// Throws BadUsage when the file is wrong.
std::vector<std::string> mcp_groups(const Settings& settings);

}  // namespace simulate
