// What the scripted assistant can know when it is asked: what was said, what
// its tools answered, what the person wants. Read from the request and nothing
// else. A value.
// Tested by tests/offline/assistant_script_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "simulator/models/text_messages.h"
#include "simulator/offline/listening.h"
#include "simulator/offline/scenes.h"

namespace simulate::offline {

struct MadeCall {
  std::string name;
  Json arguments;
  Json result;

  bool failed() const { return result.contains("error"); }
  bool failed_for_now() const;  // trying again may help
};

struct Memory {
  int index = 0;
  std::string date;
  std::string text;
};

struct AssistantView {
  AssistantView(const ChatRequest& request, std::vector<TextMessage> texts,
                const Scenes& scenes);

  bool offers(const std::string& tool) const;
  const MadeCall* made(const std::string& tool) const;  // this turn, worked
  bool tried(const std::string& tool, const Json& arguments) const;
  bool failed_for_now(const std::string& tool) const;  // this turn
  // The last list of memories seen in this conversation, if any.
  const Json* memories_seen() const;
  bool diary_written() const;

  std::string said;                  // the person's message
  std::string before;                // the assistant's words before it
  std::vector<std::string> answers;  // all its words so far
  std::vector<MadeCall> calls;       // of this turn
  std::vector<MadeCall> earlier;     // of the turns before
  std::vector<std::string> reminders;
  std::vector<std::string> facts;  // what the person stated, as they said it
  std::string topic;    // what the talk is about, "my cat"; may be empty
  std::string subject;  // of a question about the past, as it was said
  Wishes wishes;
  const SceneLine* line = nullptr;  // that was said, if it is one of a scene
  Values told = Json::object();     // by lines of scenes, so far
  // Beside that what the tools have given, in the turns before and by so many
  // calls of this one.
  Values known_after(size_t calls) const;
  size_t worked() const;  // calls of this turn
  std::string date;
  Json tools;  // by name: the arguments of a good call
  int session = 1, turn = 1, turns = 1, round = 0;
  bool json_syntax = false;
  uint64_t seed = 0;  // the same in all rounds of a turn

 private:
  void read_scene(const Json& scene);
  void read_messages(const std::vector<TextMessage>& messages,
                     const Scenes& scenes);
  void hear(const std::string& message, const Scenes& scenes);
};

// The memory that has most in common with `subject`; none when nothing has.
std::optional<Memory> best_memory(const Json& result,
                                  const std::string& subject);

}  // namespace simulate::offline
