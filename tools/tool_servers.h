// Tools that somebody else runs for us: the seam to MCP servers.
// Tested by tests/conversation/served_test.cpp.
#pragma once

#include <asio/awaitable.hpp>
#include <string>
#include <vector>

#include "simulator/calls/tool.h"
#include "tools/tool_state.h"

namespace simulate {

// What came of a round of calls: one result per call, in order.
struct ServedRound {
  std::vector<ToolResult> results;
  ServerState state;
};

class ToolServers {
 public:
  virtual ~ToolServers() = default;

  // The calls are of tools that were offered, with arguments that were judged.
  // `conversation` names one attempt at a conversation and no other: letters,
  // digits, "_" and "-". Its first round begins with exactly `before`; so does
  // any round whose `before` is not what the one before gave back. One round
  // of a conversation at a time. Throws Fatal when a server is gone for good.
  virtual asio::awaitable<ServedRound> run(std::string conversation,
                                           ServerState before,
                                           std::vector<ToolCall> calls) = 0;

  // The conversation is over; gives back what its servers remember: `last`, the
  // state of its last round, with what they wrote when they were ended. Once
  // for each conversation, also for one that failed.
  virtual asio::awaitable<ServerState> leave(std::string conversation,
                                             ServerState last) = 0;

  // Whether they were told to stop: what a round then gives is worth nothing.
  virtual bool stopped() const = 0;
};

}  // namespace simulate
