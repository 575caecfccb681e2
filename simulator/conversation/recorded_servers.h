// What servers' tools answered in one attempt at a conversation: kept before it
// is used, and not asked for again. The counterpart of Recorded for tools; a
// replay plays from it without any server.
// Tested by tests/conversation/served_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/models/recorded.h"
#include "tools/tool_servers.h"

namespace simulate {

struct RecordedRound {
  AttemptKey key;
  int seq = 0;           // 0, 1, ... within the attempt
  std::string question;  // content hash of the calls
  ServedRound answer;
  bool new_state = false;  // else it is the one before the round
};

// Where rounds are kept; the ledger's store implements it.
class RoundLog {
 public:
  virtual ~RoundLog() = default;

  // Comes back when `round` would survive the death of the process.
  virtual asio::awaitable<void> keep(RecordedRound round) = 0;
};

class RecordedServers {
 public:
  // `past` are the rounds of this attempt that are kept already, in order.
  // Without `next` there is nothing but them; without `log` none is kept.
  RecordedServers(ToolServers* next, RoundLog* log, AttemptKey key,
                  std::vector<RecordedRound> past);

  // Throws AttemptFailure when its record answers other calls, or has ended.
  asio::awaitable<ServedRound> run(ServerState before,
                                   std::vector<ToolCall> calls);

  // At the conversation's end: what the servers remember.
  asio::awaitable<ServerState> leave(ServerState last);

  // Instead of leave(), for an attempt that came to nothing. Throws nothing.
  asio::awaitable<void> forget();

  bool ran_out() const { return ran_out_; }

 private:
  asio::awaitable<ServedRound> take(std::string question, ServerState before,
                                    std::vector<ToolCall> calls);
  asio::awaitable<ServedRound> ask(ServerState before,
                                   std::vector<ToolCall> calls);
  std::string name() const;

  ToolServers* next_;
  RoundLog* log_;
  AttemptKey key_;
  std::vector<RecordedRound> past_;
  int seq_ = 0;
  bool asked_ = false;
  bool ran_out_ = false;
};

}  // namespace simulate
