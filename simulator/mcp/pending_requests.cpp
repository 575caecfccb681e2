#include "simulator/mcp/pending_requests.h"

#include <algorithm>
#include <utility>

namespace simulate {

void PendingRequests::add(int64_t id, PendingRequest request) {
  requests_.emplace(id, std::move(request));
}

std::optional<int64_t> PendingRequests::only() const {
  if (requests_.size() != 1) return std::nullopt;
  return requests_.begin()->first;
}

const std::string& PendingRequests::method(int64_t id) const {
  return requests_.at(id).method;
}

Micros PendingRequests::next_deadline(Micros otherwise) const {
  Micros next = otherwise;
  for (const auto& [id, request] : requests_) {
    next = std::min(next, request.deadline);
  }
  return next;
}

std::vector<int64_t> PendingRequests::late(Micros now) const {
  std::vector<int64_t> late;
  for (const auto& [id, request] : requests_) {
    if (request.deadline <= now) late.push_back(id);
  }
  return late;
}

void PendingRequests::answer(int64_t id, McpAnswer answer) {
  auto request = requests_.extract(id);
  *request.mapped().answer = std::move(answer);
  request.mapped().resumer();
}

void PendingRequests::fail_all(const McpFailure& failure) {
  while (!requests_.empty()) answer(requests_.begin()->first, failure);
}

}  // namespace simulate
