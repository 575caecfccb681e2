// Texts as vectors, by any OpenAI-compatible endpoint /embeddings. The wire is
// a chat model like the others, so that limits, patience, budgets and records
// are the same: a request's messages are the texts, its reply's content the
// vectors.
// Tested by tests/models/embeddings_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "simulator/models/chat.h"
#include "simulator/models/provider.h"
#include "simulator/net/http.h"

namespace simulate {

using Vector = std::vector<float>;

// A line for each vector: its numbers as base64 of 32-bit floats, the lowest
// byte first.
std::string vectors_text(const std::vector<Vector>& vectors);
// Nothing when `text` is no such text.
std::optional<std::vector<Vector>> vectors_in(std::string_view text);

// The texts to be turned into vectors, one message each.
ChatRequest embedding_request(const std::vector<std::string>& texts);

class EmbeddingsWire : public ChatModel {
 public:
  EmbeddingsWire(Provider provider, Http& http)
      : provider_(std::move(provider)), http_(http) {}

  asio::awaitable<ChatOutcome> reply(const ChatRequest& request) override;
  asio::awaitable<ChatOutcome> send(const ChatRequest& request,
                                    const CallEvents& events) override;

 private:
  Provider provider_;
  Http& http_;
};

}  // namespace simulate
