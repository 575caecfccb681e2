// One conversation from the tester's opening to an ending: the way
// docs/design.md describes, as one coroutine.
#pragma once

#include <string>

#include "simulator/conversation/dialogue.h"

namespace simulate {

// What is saved: the unit of everything.
struct Conversation {
  Slot slot;
  int attempt = 1;
  Transcript transcript;
  ToolState state;  // the storyline's, after this session
  std::string language;
  std::string assistant;  // "provider:model", several joined with commas
  std::string tester;
  std::string rewriter;
  std::string prompts;  // their version
  uint64_t run_seed = 0;
  Usage usage;
};

// Throws AttemptFailure when the attempt comes to nothing. What is borrowed
// outlives the wait; `servers` may be null when the toolbox has no tools of
// servers, `watcher` when nobody watches.
asio::awaitable<Conversation> converse(Assignment plan, ChatModel& model,
                                       Toolbox& toolbox,
                                       RecordedServers* servers = nullptr,
                                       Watcher* watcher = nullptr);

}  // namespace simulate
