#include "simulator/conversation/converse.h"

#include <exception>

#include "simulator/base/random.h"
#include "simulator/base/text.h"
#include "simulator/conversation/assistant.h"
#include "simulator/conversation/recorded_servers.h"
#include "simulator/conversation/rewriter.h"
#include "simulator/conversation/tester.h"
#include "simulator/conversation/validate.h"

namespace simulate {

namespace {

std::string players_of(const Talk& talk, Role role) {
  const auto& names = talk.players[static_cast<size_t>(role)];
  return joined({names.begin(), names.end()}, ",");
}

Conversation finished(Talk& talk) {
  Conversation result;
  result.slot = talk.plan.slot;
  result.attempt = talk.plan.attempt;
  result.transcript = std::move(talk.transcript);
  result.state = std::move(talk.state);
  result.language = talk.plan.persona.language;
  result.assistant = players_of(talk, Role::assistant);
  result.tester = players_of(talk, Role::tester);
  result.rewriter = players_of(talk, Role::rewriter);
  result.prompts = talk.plan.prompts->version;
  result.usage = talk.usage;
  return result;
}

void add(Talk& talk, Speaker speaker, std::string content) {
  Message message;
  message.speaker = speaker;
  message.content = std::move(content);
  talk.transcript.messages.push_back(std::move(message));
}

// Between two messages of a chat a few minutes pass.
void let_time_pass(Talk& talk) {
  Random random(
      seed_for(talk.plan.slot.seed, "minutes " + std::to_string(talk.turn)));
  talk.now.minutes += random.between(1, 6);
}

// False when the tester has left without another word.
asio::awaitable<bool> take_turn(Talk& talk) {
  ++talk.turn;
  Speech speech = co_await speak(talk);
  if (speech.leaves) talk.transcript.ending = Ending::tester_left;
  if (speech.text.empty()) co_return false;
  add(talk, Speaker::tester, std::move(speech.text));
  co_await answer(talk);
  if (talk.plan.direction.rewrite == Rewrite::turn) {
    co_await rewrite_thinking(talk, Rewrite::turn);
  }
  let_time_pass(talk);
  co_return !speech.leaves;
}

asio::awaitable<void> talk_to_the_end(Talk& talk) {
  add(talk, Speaker::system, assistant_system_message(talk));
  bool goes_on = true;
  while (goes_on && talk.turn < talk.plan.slot.turns) {
    goes_on = co_await take_turn(talk);
  }
  if (talk.servers) {
    auto end = talk.servers->leave(talk.state.servers);
    talk.state.servers = co_await std::move(end);
  }
  if (talk.plan.direction.rewrite == Rewrite::conversation) {
    co_await rewrite_thinking(talk, Rewrite::conversation);
  }
  std::string fault = transcript_fault(talk.transcript);
  if (!fault.empty()) {
    throw Setback(Setback::Kind::failed, "invalid", fault);
  }
}

}  // namespace

asio::awaitable<Conversation> converse(Assignment plan, ChatModel& model,
                                       Toolbox& toolbox,
                                       RecordedServers* servers) {
  Talk talk(std::move(plan), model, toolbox, servers);
  std::exception_ptr failure;
  try {
    co_await talk_to_the_end(talk);
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure && servers) co_await servers->forget();
  if (failure) std::rethrow_exception(failure);
  co_return finished(talk);
}

}  // namespace simulate
