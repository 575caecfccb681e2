// A chat model without a server: scripts play the three roles from the
// request's scene, those of the companion or the scenes of another world. The
// same request always gets the same reply. Its records say "offline", so that
// nobody takes them for a model's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "simulator/models/chat.h"
#include "simulator/models/text_messages.h"
#include "simulator/offline/scenes.h"

namespace simulate {

class OfflineModel : public ChatModel {
 public:
  // Reads the phrases: Fatal when one of their files is faulty. `scenes` is the
  // text of a world's file of scenes; empty: the companion is played.
  explicit OfflineModel(const std::string& scenes = "");

  asio::awaitable<ChatOutcome> reply(const ChatRequest& request) override;

  // "en" and "en-GB": its phrases are English.
  static bool speaks(const std::string& language);

  // Those of `situations` that the scenes have nothing for. Throws BadUsage
  // when the text of the scenes is faulty.
  static std::vector<std::string> unplayed(
      const std::string& scenes, const std::vector<std::string>& situations);

 private:
  std::string scripted(const ChatRequest& request,
                       const std::vector<TextMessage>& texts) const;
  ChatReply reply_to(const ChatRequest& request) const;

  std::optional<offline::Scenes> world_;
};

}  // namespace simulate
