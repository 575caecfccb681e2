#include "simulator/transcript/transcript.h"

#include <algorithm>

namespace simulate {

namespace {

constexpr const char* kSpeakers[] = {"system", "tester", "assistant", "tool"};
constexpr const char* kEndings[] = {"tester_left", "turns_reached"};

}  // namespace

const char* speaker_name(Speaker speaker) {
  return kSpeakers[static_cast<size_t>(speaker)];
}

Speaker speaker_named(const std::string& name) {
  auto found = std::find(std::begin(kSpeakers), std::end(kSpeakers), name);
  if (found == std::end(kSpeakers)) return Speaker::tester;
  return static_cast<Speaker>(found - std::begin(kSpeakers));
}

const char* ending_name(Ending ending) {
  return kEndings[static_cast<size_t>(ending)];
}

Ending ending_named(const std::string& name) {
  return name == kEndings[0] ? Ending::tester_left : Ending::turns_reached;
}

int Transcript::turns() const {
  return static_cast<int>(std::count_if(
      messages.begin(), messages.end(),
      [](const Message& m) { return m.speaker == Speaker::tester; }));
}

int Transcript::tool_calls() const {
  size_t calls = 0;
  for (const Message& message : messages) calls += message.calls.size();
  return static_cast<int>(calls);
}

int Transcript::tool_errors() const {
  return static_cast<int>(
      std::count_if(messages.begin(), messages.end(), [](const Message& m) {
        return m.speaker == Speaker::tool && m.result.error;
      }));
}

int Transcript::tool_failures() const {
  return static_cast<int>(
      std::count_if(messages.begin(), messages.end(), [](const Message& m) {
        return m.speaker == Speaker::tool && m.result.planned;
      }));
}

}  // namespace simulate
