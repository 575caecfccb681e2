// One conversation from the tester's opening to an ending: the way
// docs/design.md describes, as one coroutine.
#pragma once

#include <string>

#include "simulator/conversation/dialogue.h"
#include "simulator/conversation/judge.h"

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
  int64_t calls = 0;  // of models
  Usage usage;
  std::string situation;  // that was played; empty: the slot's
  std::string about;      // what it was about; may be empty
  bool missed = false;    // it did not take place
  std::string guards;     // why replies were not used, "empty_reply,stray_tags"
  std::string blemishes;  // what was found in replies that were kept
  int64_t thoughts_refused = 0;  // of those that were rewritten
  std::string examples;          // that the assistant was shown
  // Of the input, what the same role's request before began with, too; and what
  // is to be trained on. Estimates.
  int64_t repeated_tokens = 0;
  int64_t trained_tokens = 0;
  std::vector<Finding> findings;  // of the guards; a ledger keeps their sums
  std::optional<JudgeVerdict> verdict;  // none: nobody judged it

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
