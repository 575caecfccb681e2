// The OpenAI-compatible chat wire: a request becomes a body that the provider
// accepts, what comes back becomes a reply or a typed failure (wire_reply.h).
// The two halves are pure functions; the class joins them to an Http.
#pragma once

#include <string>

#include "simulator/models/chat.h"
#include "simulator/models/provider.h"
#include "simulator/net/http.h"

namespace simulate {

// Only fields that the provider's schema knows, in its spelling and ranges.
Json wire_body(const Provider& provider, const ChatRequest& request);

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
