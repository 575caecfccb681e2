#include "simulator/conversation/validate.h"

#include <set>

#include "simulator/base/text.h"
#include "simulator/calls/special_tokens.h"
#include "simulator/guards/markup.h"

namespace simulate {

namespace {

// Walks the messages in the only order that is right: system, then turns of
// one tester message, rounds of calls with their results, and an answer.
class Walk {
 public:
  explicit Walk(const std::vector<Message>& messages) : messages_(messages) {}

  std::string fault() {
    if (!take(Speaker::system))
      return "it does not begin with a system message";
    if (at_ == messages_.size()) return "nobody speaks";
    while (at_ < messages_.size()) {
      std::string wrong = turn();
      if (!wrong.empty()) return wrong;
    }
    return "";
  }

 private:
  std::string turn() {
    if (!take(Speaker::tester)) return "the roles do not alternate";
    if (trimmed(last().content).empty()) return "a message is empty";
    while (true) {
      if (!take(Speaker::assistant)) return "a turn has no answer";
      const Message& message = last();
      if (message.calls.empty()) {
        return trimmed(message.content).empty() ? "an answer is empty" : "";
      }
      std::string wrong = results_of(message);
      if (!wrong.empty()) return wrong;
    }
  }

  std::string results_of(const Message& message) {
    for (const ToolCall& call : message.calls) {
      if (!ids_.insert(call.id).second) return "a call's id stands twice";
      if (!take(Speaker::tool) || last().result.call_id != call.id) {
        return "the call of " + call.name + " has no result";
      }
    }
    return "";
  }

  bool take(Speaker speaker) {
    if (at_ == messages_.size() || messages_[at_].speaker != speaker) {
      return false;
    }
    ++at_;
    return true;
  }

  const Message& last() const { return messages_[at_ - 1]; }

  const std::vector<Message>& messages_;
  size_t at_ = 0;
  std::set<std::string> ids_;
};

}  // namespace

std::string transcript_fault(const Transcript& transcript) {
  std::string fault = Walk(transcript.messages).fault();
  for (const Message& message : transcript.messages) {
    if (fault.empty()) fault = message_fault(message);
  }
  return fault;
}

std::string message_fault(const Message& message) {
  if (message.speaker == Speaker::system) return "";
  std::string called;
  for (const ToolCall& call : message.calls) called += to_text(call.arguments);
  if (has_special_tokens(called)) return "a special token stands in a call";
  for (const std::string* text : {&message.content, &message.thinking}) {
    if (guards::has_tags(*text)) return "a tag stands where none belongs";
    if (has_special_tokens(*text)) return "a special token stands in it";
    if (!is_utf8(*text)) return "a message is not UTF-8";
    if (written_text(*text) != *text) return "a message has hidden characters";
  }
  return "";
}

}  // namespace simulate
