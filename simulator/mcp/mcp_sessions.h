// The processes of MCP servers that have a state. A session is a
// conversation's place at one server: a process of its own in a private
// folder. What the caller holds is the truth, the process and its folder are a
// copy of it, so a process may be ended whenever another conversation needs
// one, and a session that failed leaves nothing behind.
//
// Owned by McpPool, used on the loop's thread; what it borrows outlives it.
// Tested by tests/mcp/mcp_pool_test.cpp.
#pragma once

#include <asio/any_io_executor.hpp>
#include <asio/awaitable.hpp>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "simulator/base/redactor.h"
#include "simulator/mcp/disk_thread.h"
#include "simulator/mcp/mcp_config.h"
#include "simulator/mcp/mcp_result.h"
#include "simulator/mcp/mcp_state.h"
#include "simulator/net/suspend.h"
#include "simulator/net/timer.h"

namespace simulate {

struct McpLimits {
  size_t processes = 16;         // of servers that have a state, at once
  size_t state_bytes = 4 << 20;  // in one server's folder
};

class McpSessions {
 public:
  McpSessions(asio::any_io_executor executor, Timer& timer,
              const std::vector<McpServerConfig>& servers,
              std::filesystem::path folder, const Redactor& redactor,
              McpLimits limits, DiskThread& disk);
  ~McpSessions();
  McpSessions(const McpSessions&) = delete;

  // Begins with exactly what `state` has of the server and leaves in it what
  // the server remembers then. One that would be too large is an error result,
  // and undone. Throws Error when the server is gone for good.
  asio::awaitable<McpResult> call(std::string conversation, size_t server,
                                  std::string tool, Json arguments,
                                  McpState& state);

  // The conversation is over: its processes and folders go. `state` gets what
  // the servers wrote when they were ended.
  asio::awaitable<void> leave(std::string conversation, McpState& state);

  // One for each process that no call is using: ends it.
  std::vector<asio::awaitable<void>> ends();

  void hang_up();  // ends all processes at once, for good

  size_t processes() const;  // alive

 private:
  struct Session;
  class InUse;
  using Key = std::pair<std::string, size_t>;  // conversation, server

  asio::awaitable<void> take(Session& session);
  asio::awaitable<void> bring_to(Session& session, std::filesystem::path folder,
                                 Json before);
  asio::awaitable<std::optional<Json>> content_after(
      Session& session, std::filesystem::path folder);
  asio::awaitable<std::optional<Json>> end_session(Key key);
  std::optional<Json> readable_state(const std::filesystem::path& folder) const;

  Session* longest_idle() const;
  asio::awaitable<void> end_process(Session& session);
  asio::awaitable<void> wait_for_release();
  void announce_release();

  std::filesystem::path folder_of(const Key& key) const;

  asio::any_io_executor executor_;
  Timer& timer_;
  const std::vector<McpServerConfig>& servers_;
  std::filesystem::path folder_;
  const Redactor& redactor_;
  McpLimits limits_;
  DiskThread& disk_;
  bool hung_up_ = false;
  std::map<Key, std::unique_ptr<Session>> sessions_;
  std::vector<Resumer> waiting_;  // for a session or a process to be released
  int64_t uses_ = 0;              // a clock for who was used last
};

}  // namespace simulate
