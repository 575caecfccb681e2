// Every reply is kept before it is used, and one that was kept is never bought
// again: a decorator for the calls of one attempt.
#pragma once

#include <string>
#include <vector>

#include "simulator/models/chat.h"

namespace simulate {

// Which try at which slot; together with a counter it names a reply.
struct AttemptKey {
  int64_t slot = 0;
  int attempt = 1;
};

struct RecordedReply {
  AttemptKey key;
  int seq = 0;  // 0, 1, ... within the attempt
  Role role = Role::assistant;
  std::string request;  // content hash of what was asked
  std::string
      previous_rejection;  // why the reply before was rejected, if it was
  std::string correction;  // what the model was told then
  ChatReply reply;
};

// Everything that the answer depends on, except who happens to give it.
std::string request_hash(const ChatRequest& request);

// Where replies are kept; the ledger's store implements it.
class ReplyLog {
 public:
  virtual ~ReplyLog() = default;

  // Comes back when `reply` would survive the death of the process.
  virtual asio::awaitable<void> keep(RecordedReply reply) = 0;
};

class Recorded : public ChatModel {
 public:
  // `past` are the replies of this attempt that are kept already, in order.
  Recorded(ChatModel& next, ReplyLog& log, AttemptKey key,
           std::vector<RecordedReply> past);

  // A past reply when there is one. When it answers another question than
  // this one (prompts were edited since), the failure says `outdated`.
  asio::awaitable<ChatOutcome> reply(const ChatRequest& request) override;

 private:
  ChatModel& next_;
  ReplyLog& log_;
  AttemptKey key_;
  std::vector<RecordedReply> past_;
  int seq_ = 0;
};

}  // namespace simulate
