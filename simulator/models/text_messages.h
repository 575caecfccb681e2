// A request as plain text, calls and results in tags: what a wire without calls
// of its own sends, what the scripted model reads, and what a request is known
// by in the ledger.
#pragma once

#include <string>
#include <vector>

#include "simulator/models/chat.h"

namespace simulate {

struct TextMessage {
  enum class From { system, user, assistant };
  From from = From::user;
  std::string content;
};

// Results travel in a user message, all of a round in one: every provider
// accepts user and assistant in turn, and none then asks for call ids of its
// own wire format. What is said right behind them joins them.
std::vector<TextMessage> text_messages(const ChatRequest& request);

}  // namespace simulate
