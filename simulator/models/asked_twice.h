// One question to a model, outside of any conversation: asked once, and once
// more, with a correction, when its answer cannot be read.
// Tested by tests/conversation/judge_test.cpp.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "simulator/base/error.h"
#include "simulator/models/chat.h"

namespace simulate {

// Nobody answers now: why.
class NoReply : public Error {
 public:
  explicit NoReply(ChatFailure failure)
      : Error(failure.message), failure_(std::move(failure)) {}
  const ChatFailure& failure() const { return failure_; }

 private:
  ChatFailure failure_;
};

// Nothing when the second answer cannot be read either. Throws NoReply.
template <class Content>
asio::awaitable<std::optional<Content>> ask_twice(
    ChatModel& model, ChatRequest request,
    std::function<std::optional<Content>(const ChatReply&)> read,
    std::string correction) {
  for (int asked = 1;; ++asked) {
    ChatOutcome outcome = co_await model.reply(request);
    if (auto* failure = std::get_if<ChatFailure>(&outcome)) {
      throw NoReply(std::move(*failure));
    }
    const ChatReply& reply = std::get<ChatReply>(outcome);
    std::optional<Content> content = read(reply);
    if (content || asked == 2) co_return content;
    const std::string& said = reply.content;
    request.messages.push_back(
        {Speaker::assistant, said.empty() ? "(empty)" : said});
    request.messages.push_back({Speaker::tester, correction});
    request.previous_rejection = Rejection{"unreadable", correction};
  }
}

}  // namespace simulate
