#include "simulator/samples/preference.h"

#include <optional>

namespace simulate {

namespace {

// The conversation up to there, with that message at its end to be learnt.
std::optional<Sample> sample_with(FinishedConversation conversation,
                                  size_t position, Message last,
                                  const SampleRules& rules) {
  auto& messages = conversation.transcript.messages;
  messages.resize(position);
  for (Message& message : messages) message.train = false;
  last.train = true;
  messages.push_back(std::move(last));
  SampleRules only_last = rules;
  only_last.last_only = true;
  only_last.errors = Untrained::mask;
  std::vector<Sample> samples = samples_of(conversation, only_last);
  if (samples.empty()) return std::nullopt;
  return std::move(samples.front());
}

}  // namespace

std::vector<Preference> preferences_of(const FinishedConversation& conversation,
                                       const SampleRules& rules) {
  std::vector<Preference> pairs;
  const auto& messages = conversation.transcript.messages;
  for (const RejectedReply& reply : conversation.rejected) {
    const Message& kept = messages.at(reply.position);
    if (!kept.train) continue;
    auto chosen = sample_with(conversation, reply.position, kept, rules);
    auto other =
        sample_with(conversation, reply.position, reply.message, rules);
    if (!chosen || !other) continue;
    pairs.push_back(
        {std::move(*chosen), std::move(other->messages.back()), reply.reason});
  }
  return pairs;
}

}  // namespace simulate
