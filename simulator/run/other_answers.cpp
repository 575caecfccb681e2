#include "simulator/run/other_answers.h"

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/conversation/validate.h"

namespace simulate {

namespace {

bool same_calls(const Message& one, const Message& other) {
  if (one.calls.size() != other.calls.size()) return false;
  for (size_t index = 0; index < one.calls.size(); ++index) {
    const ToolCall& call = one.calls[index];
    const ToolCall& its = other.calls[index];
    if (call.name != its.name || call.arguments != its.arguments) return false;
  }
  return true;
}

bool same_words(const Message& one, const Message& other) {
  return one.speaker == other.speaker && one.content == other.content &&
         one.result.body == other.result.body && same_calls(one, other);
}

size_t behind_system(const Transcript& transcript) {
  size_t at = 0;
  while (at < transcript.messages.size() &&
         transcript.messages[at].speaker == Speaker::system) {
    ++at;
  }
  return at;
}

bool same_slot(const Slot& slot, const Slot& other) {
  return slot.seed == other.seed && slot.persona == other.persona &&
         slot.situation == other.situation && slot.session == other.session;
}

}  // namespace

Parting parting_of(const Transcript& kept, const Transcript& other) {
  Parting parting;
  parting.kept = behind_system(kept);
  parting.other = behind_system(other);
  for (;; ++parting.kept, ++parting.other) {
    bool ends = parting.kept == kept.messages.size() ||
                parting.other == other.messages.size();
    if (ends) return parting;
    const Message& message = kept.messages[parting.kept];
    const Message& its = other.messages[parting.other];
    if (same_words(message, its)) continue;
    bool answers = message.speaker == Speaker::assistant &&
                   its.speaker == Speaker::assistant;
    parting.why = answers ? Parting::Why::answer : Parting::Why::history;
    return parting;
  }
}

std::optional<RejectedReply> OtherAnswers::to(const Conversation& kept) {
  const Slot& slot = kept.slot;
  std::optional<Slot> its = other_.slot(slot.number);
  if (its && !same_slot(slot, *its)) {
    throw BadUsage("--rejected-from: " + conversation_id(slot.number) +
                   " is another person's or another situation's there; pairs "
                   "are of two runs of the same slots, with the same --seed, "
                   "personas and situations");
  }
  ++asked_;
  int64_t number = its ? other_.commit_number_of(slot.number) : 0;
  if (number == 0) {
    ++absent_;
    return std::nullopt;
  }
  return answer_of(kept, other_.conversation(number));
}

std::optional<RejectedReply> OtherAnswers::answer_of(
    const Conversation& kept, const Conversation& other) {
  Parting parting = parting_of(kept.transcript, other.transcript);
  if (parting.why == Parting::Why::never) ++same_;
  if (parting.why == Parting::Why::history) ++parted_;
  if (parting.why != Parting::Why::answer) return std::nullopt;
  const Message& answer = other.transcript.messages[parting.other];
  if (!message_fault(answer).empty()) {
    ++refused_;
    return std::nullopt;
  }
  return RejectedReply{parting.kept, answer, "other_run"};
}

void OtherAnswers::begin_again() {
  asked_ = absent_ = parted_ = same_ = refused_ = 0;
}

std::string OtherAnswers::text() const {
  int64_t answered = asked_ - absent_ - parted_ - same_ - refused_;
  std::string text = "of " + counted(asked_, "conversation") + ", " +
                     std::to_string(answered) +
                     " are answered otherwise in the other run";
  auto add = [&](int64_t count, const std::string& what) {
    if (count > 0) text += ", " + std::to_string(count) + " " + what;
  };
  add(same_, "go the same way to the end");
  add(parted_, "part before an answer does, in what the tester or a tool says");
  add(absent_, "are not there");
  add(refused_, "have an answer there that no template takes");
  return text;
}

}  // namespace simulate
