// All MCP servers of a run, as one set of tools. A stateless server is one
// process for everybody. Any other is a process for each conversation, in a
// private folder, and what it remembers is what stands in that folder: a value
// that goes in before a round and comes out after it, like Toolbox's. So a
// process may be ended whenever room is needed, a conversation that failed
// leaves nothing behind, and a replay needs no server: it has the results.
//
// Owned by main, used on the loop's thread.
#pragma once

#include <asio/any_io_executor.hpp>
#include <asio/awaitable.hpp>
#include <asio/thread_pool.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "simulator/mcp/mcp_config.h"
#include "simulator/mcp/mcp_result.h"
#include "simulator/net/suspend.h"
#include "simulator/net/timer.h"
#include "tools/tool_file.h"
#include "tools/tool_servers.h"

namespace simulate {

class McpServer;

struct McpLimits {
  size_t processes = 16;         // of servers that have a state, at once
  size_t state_bytes = 4 << 20;  // in one server's folder
};

class McpPool : public ToolServers {
 public:
  // `folder` is there, empty, and nobody else's.
  McpPool(asio::any_io_executor executor, Timer& timer,
          std::vector<McpServerConfig> servers, std::filesystem::path folder,
          McpLimits limits = {});
  ~McpPool() override;
  McpPool(const McpPool&) = delete;

  // Asks each server for its tools; once, first. `taken` are names that other
  // tools have. Throws BadUsage; see McpServer::tools and offered_names.
  asio::awaitable<void> open(std::vector<std::string> taken = {});

  // A group for each server, in the order of the config: "mcp:" and its name,
  // its tools under the names that are offered.
  const std::vector<ToolGroup>& groups() const { return groups_; }

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

  size_t processes() const;  // alive, of servers that have a state

 private:
  struct Offer;
  struct Seat;
  class Occupied;
  using Key = std::pair<std::string, size_t>;  // conversation, server

  const Offer* find(const std::string& tool) const;
  asio::awaitable<std::vector<ToolSpec>> tools_of(size_t server);
  void offer(const std::vector<std::pair<size_t, ToolSpec>>& found,
             const std::vector<std::string>& taken);

  asio::awaitable<McpResult> answer(std::string conversation, ToolCall call,
                                    Json& state);
  asio::awaitable<McpResult> answer_with_state(Key key, std::string tool,
                                               Json arguments, Json& state);
  asio::awaitable<void> furnish(Seat& seat, std::filesystem::path folder,
                                Json before);
  std::optional<Json> readable_state(const std::filesystem::path& folder) const;
  asio::awaitable<std::optional<Json>> content_of(Seat& seat,
                                                  std::filesystem::path folder);
  asio::awaitable<std::optional<Json>> vacate(Key key);

  asio::awaitable<void> claim(Seat& seat);
  Seat* longest_idle() const;
  asio::awaitable<void> end_process(Seat& seat);
  asio::awaitable<void> wait_for_room();
  void make_room_known();
  asio::awaitable<void> off_loop(std::function<void()> work);

  std::filesystem::path folder_of(const Key& key) const;

  asio::any_io_executor executor_;
  Timer& timer_;
  std::vector<McpServerConfig> configs_;
  std::filesystem::path folder_;
  McpLimits limits_;
  std::vector<Offer> offers_;
  std::vector<ToolGroup> groups_;
  bool stopped_ = false;
  std::vector<Resumer> waiting_;                    // for room
  std::vector<std::unique_ptr<McpServer>> shared_;  // null: it has a state
  std::map<Key, std::unique_ptr<Seat>> seats_;
  int64_t rounds_ = 0;  // a clock for who was used last
  // The disk's own thread: the loop waits for no file. Last, so that its work
  // is done before anything else goes.
  asio::thread_pool disk_{1};
};

}  // namespace simulate
