#include "simulator/conversation/metadata.h"

#include <algorithm>

#include "simulator/base/text.h"

namespace simulate {

namespace {

std::string names_of(const std::optional<Offer>& offer) {
  std::vector<std::string> names;
  if (!offer) return "";
  for (const ToolSpec& tool : offer->tools) names.push_back(tool.name);
  return joined(names, ",");
}

template <class Condition>
int64_t count_of(const Transcript& transcript, Condition condition) {
  return std::count_if(transcript.messages.begin(), transcript.messages.end(),
                       condition);
}

}  // namespace

const char* record_role(Speaker speaker) {
  switch (speaker) {
    case Speaker::system:
      return "system";
    case Speaker::tester:
      return "user";
    case Speaker::assistant:
      return "assistant";
    case Speaker::tool:
      return "tool";
  }
  return "user";
}

// The members are put together by hand: what keeps its order goes through all
// of them for each that is looked up.
Json metadata_of(const Conversation& conversation) {
  const Slot& slot = conversation.slot;
  const Transcript& transcript = conversation.transcript;
  Outcome outcome = conversation.outcome();
  const std::string& guards = conversation.guards;
  int64_t corrections =
      guards.empty() ? 0 : 1 + std::count(guards.begin(), guards.end(), ',');
  return Json::object_t{
      {"persona", slot.persona},
      {"language", conversation.language},
      {"storyline", slot.storyline},
      {"session", slot.session},
      {"date", slot.starts_at.minutes == 0 ? "" : date_text(slot.starts_at)},
      {"situation", outcome.situation},
      {"took_place", outcome.took_place},
      {"about", conversation.about},
      {"topic", slot.topic},
      {"mood", slot.mood},
      {"style", slot.style},
      {"typing", slot.typing},
      {"opening", slot.opening},
      {"purpose", slot.purpose},
      {"tester_variant", slot.tester_variant + 1},
      {"assistant_variant", slot.assistant_variant + 1},
      {"tools", names_of(transcript.offer)},
      {"assistant", conversation.assistant},
      {"tester", conversation.tester},
      {"rewriter", conversation.rewriter},
      {"prompts", conversation.prompts},
      {"seed", conversation.run_seed},
      {"ending", ending_name(transcript.ending)},
      {"turns", transcript.turns()},
      {"tool_calls", transcript.tool_calls()},
      {"tool_errors", transcript.tool_errors()},
      {"tool_failures", transcript.tool_failures()},
      {"corrections", corrections},
      {"guards", guards},
      {"blemishes", conversation.blemishes},
      {"thoughts", count_of(transcript,
                            [](const Message& message) {
                              return !message.thinking.empty();
                            })},
      {"thoughts_rewritten",
       count_of(transcript,
                [](const Message& message) {
                  return !message.original_thinking.empty();
                })},
      {"thoughts_refused", conversation.thoughts_refused},
      {"calls", conversation.calls},
      {"input_tokens", conversation.usage.input_tokens},
      {"output_tokens", conversation.usage.output_tokens},
      {"repeated_tokens", conversation.repeated_tokens},
      {"trained_tokens", conversation.trained_tokens},
      {"examples", conversation.examples}};
}

}  // namespace simulate
