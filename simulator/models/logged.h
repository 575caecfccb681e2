// Says what every call did, for --log-level debug: a decorator.
#pragma once

#include <functional>
#include <string>

#include "simulator/models/chat.h"
#include "simulator/net/timer.h"

namespace simulate {

class Logged : public ChatModel {
 public:
  using Line = std::function<void(const std::string&)>;

  Logged(ChatModel& next, Timer& timer, Line line)
      : next_(next), timer_(timer), line_(std::move(line)) {}

  asio::awaitable<ChatOutcome> reply(const ChatRequest& request) override;

 private:
  ChatModel& next_;
  Timer& timer_;
  Line line_;
};

}  // namespace simulate
