// The requests that a server has not answered yet, each with the coroutine
// that waits for its answer. Owned by McpConnection.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "simulator/base/time.h"
#include "simulator/mcp/rpc_message.h"
#include "simulator/net/suspend.h"

namespace simulate {

struct PendingRequest {
  std::string method;
  Micros deadline{0};
  McpAnswer* answer = nullptr;  // where it is to be written
  Resumer resumer;
};

class PendingRequests {
 public:
  void add(int64_t id, PendingRequest request);

  bool empty() const { return requests_.empty(); }
  bool has(int64_t id) const { return requests_.count(id) > 0; }
  std::optional<int64_t> only() const;  // the id, when there is exactly one
  const std::string& method(int64_t id) const;

  Micros next_deadline(Micros otherwise) const;  // the earlier of the two
  std::vector<int64_t> late(Micros now) const;

  void answer(int64_t id, McpAnswer answer);
  void fail_all(const McpFailure& failure);

 private:
  std::map<int64_t, PendingRequest> requests_;
};

}  // namespace simulate
