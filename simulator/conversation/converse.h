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
  std::string situation;  // that was played; empty: the slot's
  std::string about;      // what it was about; may be empty
  bool missed = false;    // it did not take place
  std::string guards;     // why replies were not used, "empty_reply,stray_tags"
  int64_t thoughts_refused = 0;  // of those that were rewritten

  Outcome outcome() const {
    return {situation.empty() ? slot.situation : situation, !missed};
  }
};

// Throws AttemptFailure when the attempt comes to nothing. What is borrowed
// outlives the wait; `servers` may be null when the toolbox has no tools of
// servers, `watcher` when nobody watches.
asio::awaitable<Conversation> converse(Assignment plan, ChatModel& model,
                                       Toolbox& toolbox,
                                       RecordedServers* servers = nullptr,
                                       Watcher* watcher = nullptr);

}  // namespace simulate
