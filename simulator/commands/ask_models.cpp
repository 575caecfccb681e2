#include "simulator/commands/ask_models.h"

#include <algorithm>

#include "simulator/base/text.h"
#include "simulator/calls/reply_parser.h"
#include "simulator/models/native_models.h"
#include "simulator/models/served_models.h"

namespace simulate {

namespace {

constexpr int kEnoughTokens = 1024;  // for a model that thinks first
constexpr size_t kMostListed = 12;

// A model, and the roles that it would play.
struct Cue {
  const Provider* provider = nullptr;
  std::string model;
  std::vector<std::string> roles;
  bool calls = false;  // it is the assistant
};

void add_cue(const Provider& provider, const std::string& model, Role role,
             std::vector<Cue>& cues) {
  auto same = std::find_if(cues.begin(), cues.end(), [&](const Cue& cue) {
    return cue.provider == &provider && cue.model == model;
  });
  if (same == cues.end())
    same = cues.insert(cues.end(), {&provider, model, {}, false});
  same->roles.push_back(role_name(role));
  same->calls |= role == Role::assistant;
}

// Of each provider, in order.
std::vector<Cue> cues_of(const RunInputs& inputs) {
  std::vector<Cue> cues;
  for (const Provider& provider : inputs.providers) {
    for (Role role : roles_of(inputs.settings.conversation)) {
      const Players& players =
          players_of(inputs.settings.conversation.cast, role);
      if (players.empty()) {
        add_cue(provider, provider.model_for(role), role, cues);
      }
      for (const Player& player : players) {
        if (player.provider != provider.name) continue;
        add_cue(provider,
                player.model.empty() ? provider.model_for(role) : player.model,
                role, cues);
      }
    }
  }
  return cues;
}

const Offer& clock_offer() {
  static const Offer offer{
      {{"check_watch", "Tells what time it is.", "{}",
        *parse_json(R"({"type":"object","properties":{}})")}}};
  return offer;
}

ChatRequest question_to(const Cue& cue, const std::string& text) {
  ChatRequest request;
  request.role = cue.calls ? Role::assistant : Role::tester;
  request.players = {{cue.provider->name, cue.model}};
  request.messages.push_back({Speaker::tester, text});
  request.sampling = {0, kEnoughTokens, {}};
  return request;
}

ChatRequest tool_question(const Cue& cue, ToolMode mode) {
  std::string text = "Which time is it? Use the tool check_watch.";
  if (mode == ToolMode::tags) {
    text +=
        " A call takes effect only when it is written exactly so: "
        "<tool_call>check_watch()</tool_call>";
  }
  ChatRequest request = question_to(cue, text);
  request.offer = &clock_offer();
  request.tool_mode = mode;
  return request;
}

// What was asked, the call, and what comes back for it.
void add_result(ChatRequest& request, const ChatReply& reply) {
  Message call;
  call.speaker = Speaker::assistant;
  call.calls.push_back({"call00001", "check_watch"});
  call.wire = reply.wire;
  Message result;
  result.speaker = Speaker::tool;
  result.result = {"call00001", "check_watch", {{"time", "10:15"}}};
  request.messages.push_back(std::move(call));
  request.messages.push_back(std::move(result));
}

// What came of asking one model.
struct Answer {
  std::string model;    // that answered; empty: none did
  std::string failure;  // of the last question
  std::string tools;    // how it called one; empty: it did not
};

class Interview {
 public:
  Interview(const Asking& asking, const Cue& cue)
      : asking_(asking), cue_(cue) {}

  asio::awaitable<Answer> hold() {
    ToolMode mode = asking_.inputs.settings.conversation.tool_mode;
    bool tries_fields =
        cue_.calls && mode != ToolMode::tags && !cue_.provider->offline();
    if (tries_fields) co_await try_fields();
    // Some servers answer tools that they do not know with a 500.
    bool is_gone = fault_ == ChatFault::unusable;
    bool tries_tags = cue_.calls && answer_.tools.empty() && !is_gone &&
                      mode != ToolMode::native && !cue_.provider->offline();
    if (tries_tags) co_await try_tags();
    if (!cue_.calls || cue_.provider->offline()) {
      ChatRequest request =
          question_to(cue_, "Answer with the one word: ready");
      co_await ask(request);
    }
    co_return answer_;
  }

 private:
  // Nothing when it failed.
  asio::awaitable<std::optional<ChatReply>> ask(const ChatRequest& request) {
    auto asked = asking_.lanes.reply(request);
    ChatOutcome outcome = co_await std::move(asked);
    std::optional<ChatReply> reply;
    if (auto* got = std::get_if<ChatReply>(&outcome)) {
      answer_.model = got->player.model;
      reply = std::move(*got);
    } else {
      const ChatFailure& failure = std::get<ChatFailure>(outcome);
      answer_.failure = failure.message;
      fault_ = failure.fault;
    }
    co_return reply;
  }

  asio::awaitable<void> try_fields() {
    ChatRequest request = tool_question(cue_, ToolMode::native);
    auto first = ask(request);
    std::optional<ChatReply> reply = co_await std::move(first);
    if (reply && !reply->wire.empty()) {
      add_result(request, *reply);
      auto second = ask(request);
      if (co_await std::move(second)) answer_.tools = "native";
    }
    bool calls = answer_.tools == "native";
    // A server that was busy has told nothing of what its models can do.
    if (!calls && fault_ && *fault_ != ChatFault::refused) co_return;
    note_native_model(asking_.native_models, *cue_.provider, cue_.model, calls,
                      asking_.day);
  }

  asio::awaitable<void> try_tags() {
    ChatRequest request = tool_question(cue_, ToolMode::tags);
    auto asked = ask(request);
    std::optional<ChatReply> reply = co_await std::move(asked);
    if (!reply) co_return;
    bool called =
        !parse_reply(reply->content, clock_offer().tools).calls.empty();
    if (called) answer_.tools = "tags";
  }

  const Asking& asking_;
  const Cue& cue_;
  Answer answer_;
  std::optional<ChatFault> fault_;  // of the last question that failed
};

std::string listed(const std::vector<std::string>& served) {
  std::vector<std::string> some = served;
  some.resize(std::min(some.size(), kMostListed));
  std::string text = joined(some, ", ");
  size_t more = served.size() - some.size();
  return more == 0 ? text : text + " and " + std::to_string(more) + " more";
}

asio::awaitable<std::string> what_is_served(const Asking& asking,
                                            const Cue& cue) {
  auto asked = served_models(*cue.provider, asking.http);
  std::vector<std::string> served = co_await std::move(asked);
  bool is_there =
      std::find(served.begin(), served.end(), cue.model) != served.end();
  std::string sentence;
  if (served.empty() || is_there) co_return sentence;
  std::string nearest = nearest_model(cue.model, served);
  sentence = "it serves " + listed(served);
  if (!nearest.empty()) sentence += "; did you mean " + nearest + "?";
  co_return sentence;
}

std::string how_it_calls(const Cue& cue, const Answer& answer) {
  if (!cue.calls || cue.provider->offline()) return "";
  if (answer.tools.empty()) {
    return ", but called no tool when it was told to" +
           (answer.failure.empty() ? "" : ": " + answer.failure);
  }
  std::string text = ", calls tools in ";
  return text + (answer.tools == "native" ? "fields (native)" : "tags");
}

}  // namespace

asio::awaitable<ModelsAsked> ask_models(const Asking& asking) {
  ModelsAsked asked;
  const std::vector<Cue> cues = cues_of(asking.inputs);
  for (const Cue& cue : cues) {
    const std::string& name = cue.provider->name;
    std::string as = " (" + joined(cue.roles, ", ") + ")";
    Interview interview(asking, cue);
    auto held = interview.hold();
    Answer answer = co_await std::move(held);
    if (!answer.model.empty()) {
      asking.tell(
          name, "answers as " + answer.model + as + how_it_calls(cue, answer));
      continue;
    }
    ++asked.silent;
    asking.tell(name, "does not answer: " + answer.failure + as);
    if (cue.provider->offline()) continue;
    auto looked = what_is_served(asking, cue);
    std::string served = co_await std::move(looked);
    if (!served.empty()) asking.tell(name, served);
  }
  co_return asked;
}

}  // namespace simulate
