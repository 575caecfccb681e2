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
#include "simulator/conversation/past.h"
#include "simulator/conversation/persona.h"
#include "simulator/conversation/plan.h"
#include "simulator/conversation/prompts.h"
#include "simulator/conversation/request_prefix.h"
#include "simulator/conversation/situation.h"
#include "simulator/conversation/watcher.h"
#include "simulator/models/chat.h"
#include "simulator/transcript/transcript.h"
#include "tools/toolbox.h"

namespace simulate {

class Evidence;
struct Rubric;

// What a guard found in a reply.
struct Finding {
  Role role = Role::tester;
  Player player;
  std::string guard;
  bool rejected = true;  // the reply was not used
};

// Why an attempt came to nothing. A failed one counts against its slot; the
// others are nobody's fault and use no attempt up.
class AttemptFailure : public Error {
 public:
  enum class Kind { failed, parked, provider_disabled, outdated };

  AttemptFailure(Kind kind, std::string reason, const std::string& detail)
      : Error(detail), kind_(kind), reason_(std::move(reason)) {}

  std::vector<Finding> findings;  // of the guards, until then

  Kind kind() const { return kind_; }
  // One of a closed list of words, for the ledger and for counting.
  const std::string& reason() const { return reason_; }

 private:
  Kind kind_;
  std::string reason_;
};

// The situation that was drawn, and what is played instead when what the tools
// remember does not allow it. `evidence` outlives it.
struct Moment {
  Situation drawn;
  Situation otherwise;
  Evidence* evidence = nullptr;  // null: every situation is possible
  bool brief = false;            // it may end long before the turns drawn
};

// Of the slot's situation, as far as it is among them.
Moment moment_of(const Slot& slot, const Situations& among);

// What one conversation starts from. `prompts` and `rubric` outlive it.
struct Assignment {
  Slot slot;
  int attempt = 1;
  Persona persona;
  const Prompts* prompts = nullptr;
  const Rubric* rubric = nullptr;  // null: nobody judges
  ConversationSettings settings;
  std::string provider;  // the assistant's, by player_text; empty: any
  ToolState state;
  Past past;
  Moment moment;
};

class RecordedServers;

struct DialogueState {
  DialogueState(Assignment assigned, ChatModel& chat_model, Toolbox& tool_box,
                RecordedServers* tool_servers);

  // Appends to the transcript, and tells who watches. Throws AttemptFailure
  // when it grows too large.
  void add(Message message);

  // A reply is not used; tells who watches.
  void rejected(Role role, const ChatReply& reply, const Rejection& why);

  // Those that are offered, in an order of this conversation's own.
  const std::vector<ToolSpec>& tools() const { return offered_; }

  Assignment assignment;
  ChatModel& model;
  Toolbox& toolbox;
  RecordedServers* servers;  // null when no tool is run by a server
  Transcript transcript;
  ToolState state;
  Situation situation;            // that is played
  std::string about;              // what it is about
  std::string withheld_tools;     // of the slot and of the situation
  std::vector<Example> examples;  // that the assistant is shown
  PlannedFailures failures;
  SimulatedTime now;
  Watcher* watcher = nullptr;  // null when nobody watches
  int turn = 0;                // the one under way, from 1
  int calls = 0;
  Usage usage;
  std::map<Role, std::set<Player>> players;  // who answered
  std::vector<Finding> findings;
  RequestPrefix prefix;
  int64_t repeated_tokens = 0;
  int64_t thoughts_refused = 0;

 private:
  void settle_moment();
  void offer_tools();

  std::vector<ToolSpec> offered_;
  size_t bytes_ = 0;  // of the transcript
};

// How a speaker takes a reply: it is read once, and what was read is judged and
// handed on. Reading never fails; a judgement is why the reply is not used.
template <class Content>
struct Hearing {
  std::function<Content(const ChatReply&)> read;
  std::function<std::optional<Rejection>(const Content&)> judge;
  // When a second bad reply ends nothing, nothing tells later what became of
  // it: it is judged each time that it is read.
  bool goes_on_without = false;
};

// A call about a conversation that is no part of it: nothing is counted. Throws
// AttemptFailure.
asio::awaitable<ChatReply> ask_beside(DialogueState& dialogue,
                                      ChatRequest& request);

// One call, with what all calls of a conversation share. Throws AttemptFailure.
asio::awaitable<ChatReply> ask_once(DialogueState& dialogue,
                                    ChatRequest& request);

// What no reply may be, whoever speaks.
std::optional<Rejection> general_rejection(const ChatReply& reply);

// Makes `request` ask for another reply than the rejected one.
void ask_for_another(const DialogueState& dialogue, ChatRequest& request,
                     const ChatReply& rejected, const Rejection& why);

// Of a reply that was read before what became of it then is known, and is not
// judged again: what came after it depends on that.
template <class Content>
std::optional<Rejection> judged(const ChatReply& reply, const Content& content,
                                const Hearing<Content>& hearing) {
  if (reply.verdict.is_known && !reply.verdict.rejection) return std::nullopt;
  std::optional<Rejection> rejection = general_rejection(reply);
  if (!rejection) rejection = hearing.judge(content);
  return rejection || !reply.verdict.is_known ? rejection
                                              : reply.verdict.rejection;
}

// Asks, reads, and asks once more with a correction. The rejected reply and the
// correction are in the ledger, never in the transcript. Throws AttemptFailure.
template <class Content>
asio::awaitable<Content> ask(DialogueState& dialogue, ChatRequest request,
                             Hearing<Content> hearing) {
  ChatReply reply = co_await ask_once(dialogue, request);
  Content content = hearing.read(reply);
  std::optional<Rejection> rejection = judged(reply, content, hearing);
  if (!rejection) co_return content;
  dialogue.rejected(request.role, reply, *rejection);
  ask_for_another(dialogue, request, reply, *rejection);
  reply = co_await ask_once(dialogue, request);
  content = hearing.read(reply);
  if (hearing.goes_on_without) reply.verdict = {};
  rejection = judged(reply, content, hearing);
  if (!rejection) co_return content;
  dialogue.rejected(request.role, reply, *rejection);
  throw AttemptFailure(
      AttemptFailure::Kind::failed, rejection->reason,
      std::string(role_name(request.role)) + ": " + rejection->correction);
}

}  // namespace simulate
