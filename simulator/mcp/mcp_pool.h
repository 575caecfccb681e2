// All MCP servers of a run, as one set of tools. A stateless server is one
// process for everybody. Any other is a process for each conversation, see
// McpSessions, and what it remembers is a value that goes in before a round
// and comes out after it, like Toolbox's: so a replay needs no server, it has
// the results.
//
// Owned by main, used on the loop's thread.
#pragma once

#include <asio/any_io_executor.hpp>
#include <asio/awaitable.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "simulator/base/redactor.h"
#include "simulator/mcp/disk_thread.h"
#include "simulator/mcp/mcp_config.h"
#include "simulator/mcp/mcp_offers.h"
#include "simulator/mcp/mcp_result.h"
#include "simulator/mcp/mcp_sessions.h"
#include "simulator/net/timer.h"
#include "tools/tool_file.h"
#include "tools/tool_servers.h"

namespace simulate {

class McpServer;

class McpPool : public ToolServers {
 public:
  // `folder` is there, empty, and nobody else's. What servers say and leave
  // behind passes `redactor`.
  McpPool(asio::any_io_executor executor, Timer& timer,
          std::vector<McpServerConfig> servers, std::filesystem::path folder,
          Redactor redactor, McpLimits limits = {});
  ~McpPool() override;
  McpPool(const McpPool&) = delete;

  // Asks each server for its tools; once, first. `taken` are names that other
  // tools have. Throws BadUsage; see McpServer::tools and offered_names.
  asio::awaitable<void> open(std::vector<std::string> taken = {});

  // A group for each server, in the order of the config: "mcp:" and its name,
  // its tools under the names that are offered.
  const std::vector<ToolGroup>& groups() const { return offers_.groups(); }

  // As ToolServers has it. What an attempt's servers keep in their folders is
  // the state; a call that would make it too large is answered with an error
  // and undone. Calls of tools that are not there are answered with an error.
  asio::awaitable<ServedRound> run(std::string conversation, ServerState before,
                                   std::vector<ToolCall> calls) override;
  asio::awaitable<ServerState> leave(std::string conversation,
                                     ServerState last) override;
  bool stopped() const override { return stopped_; }

  // Ends all processes; when no round is under way.
  asio::awaitable<void> stop();

  // Ends all processes at once; rounds under way come back soon.
  void hang_up();

  // Alive, of servers that have a state.
  size_t processes() const { return sessions_.processes(); }

 private:
  asio::awaitable<std::vector<ToolSpec>> tools_of(size_t server);
  asio::awaitable<McpResult> answer(std::string conversation, ToolCall call,
                                    McpState& state);

  asio::any_io_executor executor_;
  Timer& timer_;
  std::vector<McpServerConfig> configs_;
  std::filesystem::path folder_;
  Redactor redactor_;
  McpOffers offers_;
  bool stopped_ = false;
  std::vector<std::unique_ptr<McpServer>> shared_;  // null: it has a state
  McpSessions sessions_;
  DiskThread disk_;  // last, so that its work is done before anything else goes
};

}  // namespace simulate
