// The OpenAI-compatible chat wire: a request becomes a body that the provider
// accepts, what comes back becomes a reply or a typed failure. The two halves
// are pure functions; the class joins them to an Http.
#pragma once

#include <string>

#include "simulator/models/chat.h"
#include "simulator/models/provider.h"
#include "simulator/net/http.h"

namespace simulate {

// Only fields that the provider's schema knows, in its spelling and ranges.
// Messages are brought into the order every provider accepts: system first,
// then user and assistant in turn, a user at the end.
Json wire_body(const Provider& provider, const ChatRequest& request);

// Reads content and thinking in all the places where providers put them.
// `model` is the one that was asked.
ChatOutcome read_reply(const Provider& provider, const std::string& model,
                       const HttpResponse& response);

class OpenAiWire : public ChatModel {
 public:
  OpenAiWire(Provider provider, Http& http);

  asio::awaitable<ChatOutcome> reply(const ChatRequest& request) override;
  asio::awaitable<ChatOutcome> send(const ChatRequest& request,
                                    const CallEvents& events) override;

 private:
  Provider provider_;
  Http& http_;
};

}  // namespace simulate
