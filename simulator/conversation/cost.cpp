#include "simulator/conversation/cost.h"

#include <algorithm>
#include <cstdio>

namespace simulate {

namespace {

double ratio(int64_t part, int64_t whole) {
  return static_cast<double>(part) /
         static_cast<double>(std::max<int64_t>(1, whole));
}

}  // namespace

void Cost::add(const Conversation& conversation) {
  ++conversations;
  turns += conversation.transcript.turns();
  calls += conversation.calls;
  input_tokens += conversation.usage.input_tokens;
  repeated_tokens += conversation.repeated_tokens;
  output_tokens += conversation.usage.output_tokens;
  trained_tokens += conversation.trained_tokens;
}

std::string Cost::text() const {
  char line[256];
  std::snprintf(
      line, sizeof line,
      "A conversation: %.1f calls (%.2f a turn), %.0f tokens in (%.0f %% of "
      "them repeat the request before), %.0f out, %.0f to train on; %.0f in "
      "per 1,000 trained",
      ratio(calls, conversations), ratio(calls, turns),
      ratio(input_tokens, conversations),
      100 * ratio(repeated_tokens, input_tokens),
      ratio(output_tokens, conversations), ratio(trained_tokens, conversations),
      1000 * ratio(input_tokens, trained_tokens));
  return line;
}

Json Cost::to_json() const {
  Json json = {{"conversations", conversations}};
  for (const CostSum& one : kCostSums) json[one.name] = this->*one.sum;
  return json;
}

}  // namespace simulate
