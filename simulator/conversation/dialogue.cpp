#include "simulator/conversation/dialogue.h"

#include <algorithm>

#include "simulator/base/random.h"
#include "simulator/base/text.h"
#include "simulator/conversation/evidence.h"

namespace simulate {

namespace {

AttemptFailure failure_of(const ChatFailure& failure) {
  switch (failure.fault) {
    case ChatFault::unusable:
      return {AttemptFailure::Kind::provider_disabled, "provider_gone",
              failure.message};
    case ChatFault::outdated:
      return {AttemptFailure::Kind::outdated, "outdated", failure.message};
    case ChatFault::refused:
      return {AttemptFailure::Kind::failed, "refused", failure.message};
    case ChatFault::too_long:
      return {AttemptFailure::Kind::failed, "too_long", failure.message};
    case ChatFault::rate_limited:
    case ChatFault::unavailable:
    case ChatFault::stopped:
      break;
  }
  return {AttemptFailure::Kind::parked, "unavailable", failure.message};
}

// Of one conversation, so that a record has an end.
constexpr size_t kMostBytes = 8 << 20;

size_t size_of(const Message& message) {
  size_t bytes = message.content.size() + message.thinking.size();
  for (const ToolCall& call : message.calls) {
    bytes += to_text(call.arguments).size();
  }
  bool is_result = message.speaker == Speaker::tool;
  return is_result ? bytes + to_text(message.result.body).size() : bytes;
}

// A storyline's assistant stays with one provider.
Players players_for(const DialogueState& dialogue, Role role) {
  const Assignment& assignment = dialogue.assignment;
  Players players = players_of(assignment.settings.cast, role);
  if (role != Role::assistant || assignment.provider.empty()) return players;
  Player own = player_named(assignment.provider);
  if (!own.model.empty()) return {own};
  std::erase_if(players,
                [&](const Player& p) { return p.provider != own.provider; });
  if (players.empty()) players.push_back(own);
  return players;
}

bool is_brief(const Slot& slot, const std::vector<Axis>& axes) {
  return std::any_of(axes.begin(), axes.end(), [&](const Axis& axis) {
    const std::string& drawn = slot.*axis_member(axis.name);
    return std::any_of(
        axis.values.begin(), axis.values.end(),
        [&](const AxisValue& one) { return one.brief && one.value == drawn; });
  });
}

}  // namespace

Moment moment_of(const Slot& slot, const Situations& among) {
  Moment moment;
  moment.brief = is_brief(slot, among.axes);
  const Situation* drawn = among.find(slot.situation);
  if (!drawn) return moment;
  moment.drawn = *drawn;
  const Situation* otherwise = among.find(drawn->otherwise);
  if (otherwise) moment.otherwise = *otherwise;
  return moment;
}

DialogueState::DialogueState(Assignment assigned, ChatModel& chat_model,
                             Toolbox& tool_box, RecordedServers* tool_servers)
    : assignment(std::move(assigned)),
      model(chat_model),
      toolbox(tool_box),
      servers(tool_servers),
      state(assignment.state),
      now(assignment.slot.starts_at) {
  settle_moment();
  withheld_tools = assignment.slot.withheld_tools;
  for (const std::string& group : situation.withhold) {
    withheld_tools += (withheld_tools.empty() ? "" : ",") + group;
  }
  offer_tools();
  uint64_t seed = seed_for(assignment.slot.seed, "examples");
  examples = drawn_examples(assignment.prompts->examples, situation.name,
                            offered_, seed);
  failures = PlannedFailures(
      std::max(assignment.settings.tool_failures, situation.tool_failures),
      seed_for(assignment.slot.seed,
               "tools " + std::to_string(assignment.attempt)));
}

// By what the tools remember, and by nothing else.
void DialogueState::settle_moment() {
  const Moment& moment = assignment.moment;
  situation = moment.drawn;
  if (situation.name.empty()) situation.name = assignment.slot.situation;
  if (situation.about.empty() || !moment.evidence) return;
  std::vector<std::string> subjects =
      moment.evidence->subjects(situation, state, now);
  if (subjects.empty()) {
    situation = moment.otherwise;
    return;
  }
  Random random(seed_for(assignment.slot.seed, "about"));
  about = random.pick(subjects);
}

// So that no tool is learned by its place in the list.
void DialogueState::offer_tools() {
  offered_ = toolbox.tools(withheld_tools);
  Random random(seed_for(assignment.slot.seed, "order of tools"));
  shuffle(offered_, random);
}

void DialogueState::rejected(Role role, const ChatReply& reply,
                             const Rejection& why) {
  findings.push_back({role, reply.player, why.reason});
  if (watcher) watcher->rejected(role, reply, why);
}

void DialogueState::add(Message message) {
  bytes_ += size_of(message);
  if (bytes_ > kMostBytes) {
    throw AttemptFailure(AttemptFailure::Kind::failed, "too_large",
                         "the conversation grew beyond 8 MiB");
  }
  if (watcher) watcher->added(message);
  transcript.messages.push_back(std::move(message));
}

asio::awaitable<ChatReply> ask_beside(DialogueState& dialogue,
                                      ChatRequest& request) {
  request.priority = dialogue.assignment.slot.number;
  request.players = players_for(dialogue, request.role);
  ChatOutcome outcome = co_await dialogue.model.reply(request);
  if (const auto* failure = std::get_if<ChatFailure>(&outcome)) {
    throw failure_of(*failure);
  }
  ChatReply reply = std::move(std::get<ChatReply>(outcome));
  // The ledger has it as it came; nobody reads more than can be seen.
  reply.content = written_text(reply.content);
  reply.thinking = written_text(reply.thinking);
  co_return reply;
}

asio::awaitable<ChatReply> ask_once(DialogueState& dialogue,
                                    ChatRequest& request) {
  request.syntax = dialogue.assignment.settings.tool_syntax;
  if (Watcher* watcher = dialogue.watcher) {
    request.on_text = [watcher, role = request.role](std::string_view piece) {
      watcher->heard(role, piece);
    };
  }
  request.seed =
      seed_for(dialogue.assignment.slot.seed,
               "attempt " + std::to_string(dialogue.assignment.attempt) +
                   " call " + std::to_string(dialogue.calls++));
  double repeated = dialogue.prefix.repeated_share(request);
  ChatReply reply = co_await ask_beside(dialogue, request);
  dialogue.usage.input_tokens += reply.usage.input_tokens;
  dialogue.usage.output_tokens += reply.usage.output_tokens;
  dialogue.repeated_tokens += static_cast<int64_t>(
      repeated * static_cast<double>(reply.usage.input_tokens));
  dialogue.players[request.role].insert(reply.player);
  co_return reply;
}

std::optional<Rejection> general_rejection(const ChatReply& reply) {
  if (reply.finish == Finish::length) {
    return Rejection{"cut_short",
                     "Your reply was too long and was cut off. Write it again, "
                     "much shorter."};
  }
  if (reply.finish == Finish::refused) {
    return Rejection{"refused_reply",
                     "Your reply was withheld. Write another "
                     "one that fits the conversation."};
  }
  return std::nullopt;
}

void ask_for_another(const DialogueState& dialogue, ChatRequest& request,
                     const ChatReply& rejected, const Rejection& why) {
  const std::string& said = rejected.content;
  request.messages.push_back(
      {Speaker::assistant, said.empty() ? "(empty)" : said});
  request.messages.push_back({Speaker::tester, why.correction});
  request.previous_rejection = why;
  if (dialogue.assignment.settings.scripted) {
    request.scene["correction"] = why.reason;
  }
}

}  // namespace simulate
