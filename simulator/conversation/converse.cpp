#include "simulator/conversation/converse.h"

#include <exception>

#include "simulator/base/random.h"
#include "simulator/base/text.h"
#include "simulator/conversation/assistant.h"
#include "simulator/conversation/evidence.h"
#include "simulator/conversation/recorded_servers.h"
#include "simulator/conversation/rewriter.h"
#include "simulator/conversation/tester.h"
#include "simulator/conversation/validate.h"
#include "simulator/transcript/render.h"

namespace simulate {

namespace {

std::string players_of(DialogueState& dialogue, Role role) {
  std::set<std::string> names;
  for (const Player& player : dialogue.players[role]) {
    // As records always had it, also when a server left its model unnamed.
    names.insert(player.provider + ":" + player.model);
  }
  return joined({names.begin(), names.end()}, ",");
}

std::string names_of(const std::vector<Finding>& findings, bool rejected) {
  std::vector<std::string> names;
  for (const Finding& finding : findings) {
    if (finding.rejected == rejected) names.push_back(finding.guard);
  }
  return joined(names, ",");
}

std::string names_of(const std::vector<Example>& examples) {
  std::vector<std::string> names;
  for (const Example& example : examples) names.push_back(example.name);
  return joined(names, ",");
}

// What a trainer would read of it, at four bytes a token.
int64_t trained_tokens(const Transcript& transcript, ToolSyntax syntax) {
  size_t bytes = 0;
  for (const Message& message : transcript.messages) {
    if (!message.train) continue;
    bytes += message_text(message, syntax, Thinking::shown).size();
  }
  return static_cast<int64_t>(bytes / 4);
}

Conversation finished(DialogueState& dialogue) {
  Conversation result;
  result.slot = dialogue.assignment.slot;
  result.attempt = dialogue.assignment.attempt;
  result.transcript = std::move(dialogue.transcript);
  result.state = std::move(dialogue.state);
  result.language = dialogue.assignment.persona.language;
  result.assistant = players_of(dialogue, Role::assistant);
  result.tester = players_of(dialogue, Role::tester);
  result.rewriter = players_of(dialogue, Role::rewriter);
  result.prompts = dialogue.assignment.prompts->version;
  result.calls = dialogue.calls;
  result.usage = dialogue.usage;
  result.situation = dialogue.situation.name;
  result.about = dialogue.about;
  result.guards = names_of(dialogue.findings, true);
  result.blemishes = names_of(dialogue.findings, false);
  result.findings = std::move(dialogue.findings);
  result.examples = names_of(dialogue.examples);
  result.repeated_tokens = dialogue.repeated_tokens;
  result.trained_tokens = trained_tokens(
      result.transcript, dialogue.assignment.settings.tool_syntax);
  result.thoughts_refused = dialogue.thoughts_refused;
  Evidence* evidence = dialogue.assignment.moment.evidence;
  // One that nobody could tell the tester of did not take place.
  bool untold = dialogue.situation.tester.empty() &&
                dialogue.situation.says.empty() &&
                !dialogue.assignment.slot.situations.empty();
  bool shown = evidence && evidence->shows(dialogue.situation, result,
                                           dialogue.assignment.state);
  result.missed = evidence && (untold || !shown);
  return result;
}

// Between two messages of a chat a few minutes pass.
void let_time_pass(DialogueState& dialogue) {
  Random random(seed_for(dialogue.assignment.slot.seed,
                         "minutes " + std::to_string(dialogue.turn)));
  dialogue.now.minutes += random.between(1, 6);
}

// False when the tester has left without another word.
asio::awaitable<bool> take_turn(DialogueState& dialogue) {
  ++dialogue.turn;
  Speech speech = co_await speak(dialogue);
  if (speech.leaves) dialogue.transcript.ending = Ending::tester_left;
  if (speech.text.empty()) co_return false;
  dialogue.add({Speaker::tester, std::move(speech.text)});
  co_await answer(dialogue);
  if (dialogue.assignment.settings.rewrite == Rewrite::turn) {
    co_await rewrite_thinking(dialogue, Rewrite::turn);
  }
  let_time_pass(dialogue);
  co_return !speech.leaves;
}

asio::awaitable<void> talk_to_the_end(DialogueState& dialogue) {
  brief_assistant(dialogue);
  bool goes_on = true;
  while (goes_on && dialogue.turn < dialogue.assignment.slot.turns) {
    goes_on = co_await take_turn(dialogue);
  }
  if (dialogue.servers) {
    auto end = dialogue.servers->leave(dialogue.state.servers);
    dialogue.state.servers = co_await std::move(end);
  }
  if (dialogue.assignment.settings.rewrite == Rewrite::conversation) {
    co_await rewrite_thinking(dialogue, Rewrite::conversation);
  }
  std::string fault = transcript_fault(dialogue.transcript);
  if (!fault.empty()) {
    throw AttemptFailure(AttemptFailure::Kind::failed, "invalid", fault);
  }
}

// What asks about a conversation is no part of it.
class Beside : public ChatModel {
 public:
  explicit Beside(DialogueState& dialogue) : dialogue_(dialogue) {}

  asio::awaitable<ChatOutcome> reply(const ChatRequest& request) override {
    ChatRequest asked = request;
    ChatReply reply = co_await ask_beside(dialogue_, asked);
    co_return reply;
  }

 private:
  DialogueState& dialogue_;
};

JudgedTalk judged_talk(const DialogueState& dialogue) {
  const Assignment& assignment = dialogue.assignment;
  return {&dialogue.transcript,
          person_text(as_of(assignment.persona, assignment.slot)),
          situation_text(dialogue.situation, dialogue.about),
          assignment.settings.scripted};
}

// A judge that nobody can be had for fails no conversation; one that may be had
// later is waited for.
asio::awaitable<std::optional<JudgeVerdict>> judged(DialogueState& dialogue) {
  const Assignment& assignment = dialogue.assignment;
  Judging judging = assignment.settings.judging;
  if (judging == Judging::off || !assignment.rubric) co_return std::nullopt;
  const Rubric& rubric = *assignment.rubric;
  ChatRequest request = judge_request(rubric, judged_talk(dialogue));
  request.seed = seed_for(assignment.slot.seed, "judge");
  size_t messages = dialogue.transcript.messages.size();
  Beside model(dialogue);
  std::optional<JudgeVerdict> verdict;
  try {
    verdict = co_await judge(model, rubric, std::move(request), messages);
  } catch (const AttemptFailure& failure) {
    if (failure.kind() != AttemptFailure::Kind::failed) throw;
  }
  if (verdict && !verdict->good && judging == Judging::reject) {
    throw AttemptFailure(AttemptFailure::Kind::failed, "judge",
                         "the judge: " + verdict->fault());
  }
  co_return verdict;
}

}  // namespace

asio::awaitable<Conversation> converse(Assignment plan, ChatModel& model,
                                       Toolbox& toolbox,
                                       RecordedServers* servers,
                                       Watcher* watcher) {
  DialogueState dialogue(std::move(plan), model, toolbox, servers);
  dialogue.watcher = watcher;
  std::exception_ptr failure;
  std::optional<JudgeVerdict> verdict;
  try {
    co_await talk_to_the_end(dialogue);
    verdict = co_await judged(dialogue);
  } catch (AttemptFailure& what) {
    what.findings = std::move(dialogue.findings);
    failure = std::make_exception_ptr(what);
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure && servers) co_await servers->forget();
  if (failure) std::rethrow_exception(failure);
  Conversation result = finished(dialogue);
  result.verdict = std::move(verdict);
  co_return result;
}

}  // namespace simulate
