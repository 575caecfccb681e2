// A conversation under way: what it was given, and what has become of it so
// far. The speakers (tester, assistant, rewriter) each work on one
// DialogueState.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>

#include "simulator/base/error.h"
#include "simulator/conversation/conversation_settings.h"
#include "simulator/conversation/persona.h"
#include "simulator/conversation/plan.h"
#include "simulator/conversation/prompts.h"
#include "simulator/conversation/transcript.h"
#include "simulator/models/chat.h"
#include "tools/toolbox.h"

namespace simulate {

// Why an attempt came to nothing. A failed one counts against its slot; the
// others are nobody's fault and use no attempt up.
class AttemptFailure : public Error {
 public:
  enum class Kind { failed, parked, provider_disabled, outdated };

  AttemptFailure(Kind kind, std::string reason, const std::string& detail)
      : Error(detail), kind_(kind), reason_(std::move(reason)) {}

  Kind kind() const { return kind_; }
  // One of a closed list of words, for the ledger and for counting.
  const std::string& reason() const { return reason_; }

 private:
  Kind kind_;
  std::string reason_;
};

// What one conversation starts from. `prompts` outlive it.
struct Assignment {
  Slot slot;
  int attempt = 1;
  Persona persona;
  const Prompts* prompts = nullptr;
  ConversationSettings settings;
  std::string provider;  // the assistant's; empty: whichever is free
  ToolState state;
};

class RecordedServers;

struct DialogueState {
  DialogueState(Assignment assigned, ChatModel& chat_model, Toolbox& tool_box,
                RecordedServers* tool_servers);

  // Those that are offered.
  const std::vector<ToolSpec>& tools() const {
    return toolbox.tools(assignment.slot.withheld_tools);
  }

  Assignment assignment;
  ChatModel& model;
  Toolbox& toolbox;
  RecordedServers* servers;  // null when no tool is run by a server
  Transcript transcript;
  ToolState state;
  PlannedFailures failures;
  SimulatedTime now;
  int turn = 0;  // the one under way, from 1
  int calls = 0;
  Usage usage;
  std::set<std::string> players[3];  // "provider:model" by Role
};

// What is wrong with a reply, and what to tell the model about it.
struct Complaint {
  std::string reason;
  std::string correction;
};

using Check = std::function<std::optional<Complaint>(const ChatReply&)>;

// Asks, checks, and asks once more with a correction. The rejected reply and
// the correction are in the ledger, never in the transcript. Throws
// AttemptFailure.
asio::awaitable<ChatReply> ask(DialogueState& dialogue, ChatRequest request,
                               Check check);

}  // namespace simulate
