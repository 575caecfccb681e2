// A chat model without a server: scripts play the three roles from the
// request's scene. The same request always gets the same reply. Its records
// say "offline", so that nobody takes them for a model's.
#pragma once

#include "simulator/models/chat.h"

namespace simulate {

class OfflineModel : public ChatModel {
 public:
  // Reads the phrases: Fatal when one of their files is faulty.
  OfflineModel();

  asio::awaitable<ChatOutcome> reply(const ChatRequest& request) override;
};

}  // namespace simulate
