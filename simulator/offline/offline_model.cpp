#include "simulator/offline/offline_model.h"

#include <asio/post.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include "simulator/offline/english.h"
#include "simulator/offline/phrasebook.h"
#include "simulator/offline/scripts.h"

namespace simulate {

namespace {

constexpr size_t kCharactersPerToken = 4;

std::string scripted(const ChatRequest& request,
                     const std::vector<TextMessage>& texts) {
  // Asked without a scene it is only asked whether it is there.
  if (request.scene.is_null()) return "ready";
  switch (request.role) {
    case Role::tester:
      return offline::tester_script(request, texts);
    case Role::assistant:
      return offline::assistant_script(request, texts);
    case Role::rewriter:
      return offline::rewriter_script(request, texts);
  }
  return "";
}

int64_t tokens_of(size_t characters) {
  return static_cast<int64_t>((characters + kCharactersPerToken - 1) /
                              kCharactersPerToken);
}

ChatReply reply_to(const ChatRequest& request) {
  std::vector<TextMessage> texts = text_messages(request);
  size_t read = 0;
  for (const TextMessage& message : texts) read += message.content.size();
  ChatReply reply;
  reply.content = scripted(request, texts);
  reply.usage.input_tokens = tokens_of(read);
  reply.usage.output_tokens = tokens_of(reply.content.size());
  reply.player = {"offline", "script-1"};
  return reply;
}

}  // namespace

OfflineModel::OfflineModel() {
  offline::english();
  offline::phrasebook();
}

// It suspends once, like a model that has to be waited for: callers that work
// only when nothing really waits are then found without a network.
asio::awaitable<ChatOutcome> OfflineModel::reply(const ChatRequest& request) {
  auto executor = co_await asio::this_coro::executor;
  co_await asio::post(executor, asio::use_awaitable);
  ChatReply reply = reply_to(request);
  if (request.on_text) request.on_text(reply.content);
  co_return reply;
}

}  // namespace simulate
