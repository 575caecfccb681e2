#include "simulator/guards/deeds.h"

#include <re2/re2.h>

#include <algorithm>

#include "simulator/base/text.h"

namespace simulate::guards {

namespace {

// A word of the name: "add" in add_memory, memory.add, addMemory.
bool has_word(const std::string& tool, const char* words) {
  static const RE2 humps("([a-z0-9])([A-Z])");
  std::string name = tool;
  RE2::GlobalReplace(&name, humps, "\\1_\\2");
  return RE2::PartialMatch(
      lowered(name), "(?:^|[^a-z])(?:" + std::string(words) + ")(?:$|[^a-z])");
}

constexpr const char* kSaving =
    "add|set|save|store|remember|memorize|create|update|edit|change|write|"
    "append|insert|put|post|log|record|note|keep|track|check_off|tick|mark|"
    "complete|finish|replace|rename|move|schedule|book|snooze|start|begin|"
    "make|new|send|upsert|register|start_tracking";
constexpr const char* kRemoving =
    "delete|remove|forget|clear|erase|drop|take_off|cancel|purge|wipe|"
    "complete|finish|discard|unset|dismiss|update|edit|replace|check_off|stop|"
    "reset|empty|mark";
constexpr const char* kFinding =
    "recall|search|list|find|get|look|lookup|show|read|check|query|fetch|view|"
    "open|retrieve|browse|load|see|describe|count";
constexpr const char* kTimed =
    "reminders?|alarms?|timers?|calendar|events?|appointments?|schedule|tasks?|"
    "todos?|remind|snooze|notifications?|habits?";

// The longest list in a body, and lists in it; -1 where there is none.
int longest_list(const Json& body) {
  int longest = -1;
  if (body.is_array()) longest = static_cast<int>(body.size());
  if (body.is_structured()) {
    for (const Json& part : body)
      longest = std::max(longest, longest_list(part));
  }
  return longest;
}

// Lists that are all empty say that nothing was there; a body without a list
// is taken for something unless it is empty itself.
bool holds_something(const Json& body) {
  int longest = longest_list(body);
  if (longest >= 0) return longest > 0;
  return !body.is_null() && !body.empty();
}

template <class Is>
bool any_result(const Transcript& transcript, size_t begin, Is is) {
  const auto& messages = transcript.messages;
  auto from = messages.begin() +
              static_cast<std::ptrdiff_t>(std::min(begin, messages.size()));
  return std::any_of(from, messages.end(), [&](const Message& message) {
    return message.speaker == Speaker::tool && !message.result.error &&
           is(message.result);
  });
}

}  // namespace

bool does(const std::string& tool, Deed deed) {
  switch (deed) {
    case Deed::save:
      return has_word(tool, kSaving);
    case Deed::set:
      return has_word(tool, kSaving) && has_word(tool, kTimed);
    case Deed::remove:
      return has_word(tool, kRemoving);
    case Deed::find:
      return has_word(tool, kFinding) && !has_word(tool, "check_off");
  }
  return false;
}

bool was_done(const Transcript& transcript, size_t begin, Deed deed) {
  return any_result(transcript, begin, [deed](const ToolResult& result) {
    return does(result.name, deed);
  });
}

bool something_was_found(const Transcript& transcript, size_t begin) {
  return any_result(transcript, begin, [](const ToolResult& result) {
    return does(result.name, Deed::find) && holds_something(result.body);
  });
}

}  // namespace simulate::guards
