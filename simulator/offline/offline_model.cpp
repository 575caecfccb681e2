#include "simulator/offline/offline_model.h"

#include <asio/post.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/offline/english.h"
#include "simulator/offline/phrasebook.h"
#include "simulator/offline/scripts.h"

namespace simulate {

namespace {

constexpr size_t kCharactersPerToken = 4;
constexpr const char* kScenesFile = "scenes.json";

int64_t tokens_of(size_t characters) {
  return static_cast<int64_t>((characters + kCharactersPerToken - 1) /
                              kCharactersPerToken);
}

}  // namespace

OfflineModel::OfflineModel(const std::string& scenes) {
  offline::english();
  offline::phrasebook();
  if (!scenes.empty()) world_.emplace(kScenesFile, scenes);
}

std::vector<std::string> OfflineModel::unplayed(
    const std::string& scenes, const std::vector<std::string>& situations) {
  std::vector<std::string> missing;
  if (scenes.empty()) return missing;
  try {
    offline::Scenes world(kScenesFile, scenes);
    for (const std::string& name : situations) {
      if (!world.of(name)) missing.push_back(name);
    }
  } catch (const Fatal& wrong) {
    throw BadUsage(wrong.what());
  }
  return missing;
}

std::string OfflineModel::scripted(
    const ChatRequest& request, const std::vector<TextMessage>& texts) const {
  // Asked without a scene it is only asked whether it is there.
  if (request.scene.is_null()) return "ready";
  switch (request.role) {
    case Role::tester:
      return world_ ? offline::tester_script(request, texts, *world_)
                    : offline::tester_script(request, texts);
    case Role::assistant:
      return world_ ? offline::assistant_script(request, texts, *world_)
                    : offline::assistant_script(request, texts);
    case Role::rewriter:
      return offline::rewriter_script(request, texts);
    case Role::judge:
      return offline::judge_script(request);
    case Role::writer:
      return "";
  }
  return "";
}

ChatReply OfflineModel::reply_to(const ChatRequest& request) const {
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

// It suspends once, like a model that has to be waited for: callers that work
// only when nothing really waits are then found without a network.
asio::awaitable<ChatOutcome> OfflineModel::reply(const ChatRequest& request) {
  auto executor = co_await asio::this_coro::executor;
  co_await asio::post(executor, asio::use_awaitable);
  ChatReply reply = reply_to(request);
  if (request.on_text) request.on_text(reply.content);
  co_return reply;
}

bool OfflineModel::speaks(const std::string& language) {
  return lowered(language.substr(0, language.find_first_of("-_"))) == "en";
}

}  // namespace simulate
