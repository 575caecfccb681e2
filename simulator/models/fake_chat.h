// A chat model made of a function, with a latency on any Timer: the fake that
// ships with the interface.
// Tested by tests/models/lanes_test.cpp.
#pragma once

#include <functional>

#include "simulator/models/chat.h"
#include "simulator/net/timer.h"

namespace simulate {

class FakeChat : public ChatModel {
 public:
  using Answer = std::function<ChatOutcome(const ChatRequest&)>;

  FakeChat(Timer& timer, Answer answer, Micros latency = Micros(0))
      : timer_(timer), answer_(std::move(answer)), latency_(latency) {}

  asio::awaitable<ChatOutcome> reply(const ChatRequest& request) override {
    ++calls_;
    ChatOutcome outcome = answer_(request);
    Micros moment = timer_.now() + latency_;
    co_await timer_.wait_until(moment);
    co_return outcome;
  }

  int calls() const { return calls_; }

 private:
  Timer& timer_;
  Answer answer_;
  Micros latency_;
  int calls_ = 0;
};

}  // namespace simulate
