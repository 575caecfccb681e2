// The MCP servers of --mcp for as long as a command works: started, asked for
// their tools, ended. Without the flag there are none.
#pragma once

#include <asio/awaitable.hpp>
#include <asio/io_context.hpp>
#include <memory>

#include "simulator/commands/options.h"
#include "simulator/commands/run_inputs.h"
#include "simulator/net/timer.h"
#include "tools/tool_servers.h"

namespace simulate {

class McpPool;
class ServerFolder;

class McpSession {
 public:
  // Runs `loop` until all have said what they offer, and adds that to the
  // tools of `material`. Throws BadUsage.
  McpSession(const Options& options, asio::io_context& loop, Timer& timer,
             RunInputs& inputs);
  McpSession(const McpSession&) = delete;
  ~McpSession();

  ToolServers* running() const;  // null without any

  asio::awaitable<void> stop();  // when no conversation is under way
  void hang_up();                // at any time

 private:
  std::unique_ptr<ServerFolder> folder_;
  std::unique_ptr<McpPool> pool_;
};

}  // namespace simulate
