#include "simulator/models/text_messages.h"

#include "simulator/transcript/render.h"

namespace simulate {

namespace {

TextMessage::From from_of(Speaker speaker) {
  switch (speaker) {
    case Speaker::system:
      return TextMessage::From::system;
    case Speaker::assistant:
      return TextMessage::From::assistant;
    case Speaker::tester:
    case Speaker::tool:
      break;
  }
  return TextMessage::From::user;
}

}  // namespace

std::vector<TextMessage> text_messages(const ChatRequest& request) {
  std::vector<TextMessage> texts;
  texts.reserve(request.messages.size());
  Speaker before = Speaker::system;
  for (const Message& message : request.messages) {
    std::string text = message_text(message, request.syntax, Thinking::shown);
    TextMessage::From from = from_of(message.speaker);
    if (before == Speaker::tool && from == TextMessage::From::user) {
      texts.back().content += '\n' + text;
    } else {
      texts.push_back({from, std::move(text)});
      before = message.speaker;
    }
  }
  return texts;
}

}  // namespace simulate
