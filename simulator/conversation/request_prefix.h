// How much of what a role is sent it was sent at the beginning of its request
// before: providers keep such beginnings at hand, and charge less for them.
// One for each conversation.
// Tested by tests/conversation/request_prefix_test.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "simulator/models/chat.h"

namespace simulate {

class RequestPrefix {
 public:
  // From 0 to 1, by bytes of whole messages; a role's first request is new.
  double repeated_share(const ChatRequest& request);

 private:
  struct Piece {
    uint64_t hash = 0;
    size_t bytes = 0;
  };
  std::map<Role, std::vector<Piece>> before_;
};

}  // namespace simulate
