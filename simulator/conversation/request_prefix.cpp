#include "simulator/conversation/request_prefix.h"

#include <string>

#include "simulator/base/hash.h"
#include "simulator/transcript/render.h"

namespace simulate {

double RequestPrefix::repeated_share(const ChatRequest& request) {
  std::vector<Piece>& before = before_[request.role];
  std::vector<Piece> now;
  size_t all = 0;
  size_t repeated = 0;
  bool same = true;
  for (const Message& message : request.messages) {
    std::string text = message_text(message, request.syntax, Thinking::shown);
    Piece piece{quick_hash(text), text.size()};
    same = same && now.size() < before.size() &&
           before[now.size()].hash == piece.hash;
    all += piece.bytes;
    if (same) repeated += piece.bytes;
    now.push_back(piece);
  }
  before = std::move(now);
  return all == 0 ? 0.0
                  : static_cast<double>(repeated) / static_cast<double>(all);
}

}  // namespace simulate
