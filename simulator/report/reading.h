// A conversation as the measures see it: read once, shared by all of them.
// Borrows the conversation.
// Tested by tests/report/reading_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "simulator/guards/guard.h"
#include "simulator/report/memory_claims.h"
#include "simulator/report/run_facts.h"
#include "simulator/samples/source.h"

namespace simulate {

// What a guard finds in a message that was kept.
struct KeptFault {
  const guards::Guard* guard = nullptr;
  size_t position = 0;
};

struct Reading {
  Reading(const FinishedConversation& conversation, const ReportRules& rules);

  const std::string& id() const { return talk.id; }
  const std::vector<Message>& messages() const {
    return talk.transcript.messages;
  }
  // Of the metadata, whatever its type; empty when it is not there.
  std::string label(const std::string& key) const;
  std::optional<double> number(const std::string& key) const;
  bool has(const std::string& key) const;

  const FinishedConversation& talk;
  std::string language;                   // of the metadata, or as it sounds
  std::vector<const Message*> answers;    // words to the person
  std::vector<const Message*> questions;  // the tester's messages
  int64_t replies = 0;                    // messages of the assistant
  int64_t blank_replies = 0;              // neither words nor calls
  int64_t calls = 0;
  int64_t errors = 0;
  std::vector<KeptFault> faults;
  std::vector<MemoryClaim> claims;
  int64_t trained_tokens = 0;  // of the metadata, or at four bytes a token

  int64_t unbacked_claims() const;
  std::string said_by_both() const;  // words alone, a line a message
};

// A copy that knows which part of its system message tells of tools, where its
// metadata name them: what records of ours leave to their readers.
FinishedConversation with_offer(FinishedConversation talk);

}  // namespace simulate
