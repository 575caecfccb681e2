#include "simulator/run/rejected_replies.h"

#include "simulator/base/text.h"
#include "simulator/calls/reply_parser.h"
#include "simulator/conversation/validate.h"

namespace simulate {

namespace {

std::vector<size_t> assistant_positions(const Transcript& transcript) {
  std::vector<size_t> positions;
  for (size_t at = 0; at < transcript.messages.size(); ++at) {
    if (transcript.messages[at].speaker == Speaker::assistant) {
      positions.push_back(at);
    }
  }
  return positions;
}

// Nothing when no template takes it.
std::optional<Message> message_of(const ChatReply& reply,
                                  const Transcript& transcript) {
  std::vector<ToolSpec> tools;
  if (transcript.offer) tools = transcript.offer->tools;
  ParsedReply parsed = parse_reply(reply.content, tools);
  if (!parsed.faults.empty()) return std::nullopt;
  Message message;
  message.speaker = Speaker::assistant;
  message.content = std::move(parsed.content);
  message.thinking = reply.thinking.empty()
                         ? std::move(parsed.thinking)
                         : std::string(trimmed(reply.thinking));
  int number = 0;
  for (ParsedCall& call : parsed.calls) {
    message.calls.push_back({"call9000" + std::to_string(number++ % 10),
                             std::move(call.name), std::move(call.arguments)});
  }
  bool says_something = !message.content.empty() || !message.calls.empty();
  if (!says_something || !message_fault(message).empty()) return std::nullopt;
  return message;
}

}  // namespace

std::vector<RejectedReply> rejected_replies(
    const Conversation& conversation,
    const std::vector<RecordedReply>& replies) {
  const Transcript& transcript = conversation.transcript;
  std::vector<size_t> positions = assistant_positions(transcript);
  std::vector<RejectedReply> found;
  size_t accepted = 0;
  for (size_t index = 0; index < replies.size(); ++index) {
    if (replies[index].role != Role::assistant) continue;
    std::optional<Rejection> rejection = verdict_on(replies, index).rejection;
    if (!rejection) {
      ++accepted;
      continue;
    }
    if (accepted >= positions.size()) break;
    auto message = message_of(replies[index].reply, transcript);
    if (!message) continue;
    found.push_back(
        {positions[accepted], std::move(*message), rejection->reason});
  }
  // Old conversations may have gone another way than their replies now tell.
  if (accepted != positions.size()) found.clear();
  return found;
}

}  // namespace simulate
