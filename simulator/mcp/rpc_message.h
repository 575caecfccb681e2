// JSON-RPC 2.0 as MCP speaks it, in values: what we send, and what a message
// of the server means. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "simulator/base/json.h"
#include "simulator/base/line_cutter.h"

namespace simulate {

enum class McpFault {
  refused,    // the server answered with an error
  timed_out,  // no answer; it was told that the call is cancelled
  too_long,   // the answer was longer than a line may be
  lost,       // the process ended, or close() was called
};

// `message` is a clause: "it ended with exit code 3".
struct McpFailure {
  McpFault fault = McpFault::lost;
  std::string message;
};

using McpAnswer = std::variant<Json, McpFailure>;

// Without an id: a notification. Null parameters are left out.
Json rpc_message(const std::string& method, Json parameters);

// What we answer to a request of the server's.
Json rpc_reply(const Json& request);

// The id of a message that is an answer to a request of ours.
std::optional<int64_t> answered_id(const Json& message);

// Its "result", or why there is none.
McpAnswer answer_in(const Json& message);

// Whom a line that was too long was meant for, where its ends tell.
std::optional<int64_t> answered_id(const LineCutter::Line& too_long);

}  // namespace simulate
