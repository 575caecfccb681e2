#include "simulator/models/logged.h"

namespace simulate {

namespace {

std::string description(const ChatOutcome& outcome) {
  if (const auto* failure = std::get_if<ChatFailure>(&outcome)) {
    return failure->message;
  }
  const ChatReply& reply = std::get<ChatReply>(outcome);
  return player_text(reply.player) + " " + finish_name(reply.finish) + ", " +
         std::to_string(reply.usage.input_tokens) + " tokens in, " +
         std::to_string(reply.usage.output_tokens) + " out";
}

}  // namespace

asio::awaitable<ChatOutcome> Logged::reply(const ChatRequest& request) {
  Micros begun = timer_.now();
  ChatOutcome outcome = co_await next_.reply(request);
  auto millis = std::chrono::duration_cast<Millis>(timer_.now() - begun);
  line_("slot " + std::to_string(request.priority) + " " +
        role_name(request.role) + ", " + std::to_string(millis.count()) +
        " ms: " + description(outcome));
  co_return outcome;
}

}  // namespace simulate
