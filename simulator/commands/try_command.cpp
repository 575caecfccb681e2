// Tested by tests/program/usage_test.cpp.

#include "simulator/commands/commands.h"

#include <unistd.h>

#include <algorithm>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <cstdio>

#include "simulator/base/random.h"
#include "simulator/base/screen.h"
#include "simulator/base/text.h"
#include "simulator/commands/mcp_session.h"
#include "simulator/commands/run_files.h"
#include "simulator/commands/setup.h"
#include "simulator/conversation/evidence.h"
#include "simulator/conversation/recorded_servers.h"
#include "simulator/export/show.h"
#include "simulator/models/retried.h"
#include "simulator/models/text_messages.h"
#include "simulator/net/asio_timer.h"
#include "simulator/net/curl_http.h"
#include "simulator/net/redacted_http.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

bool named(const Persona& persona, const std::string& word) {
  std::string name = lowered(persona.name);
  std::string wanted = lowered(word);
  return name == wanted || name.starts_with(wanted + " ");
}

Persona chosen_persona(const Settings& settings, const PersonaList& personas) {
  std::error_code none;
  if (settings.persona.empty()) return personas[0];
  if (fs::is_regular_file(settings.persona, none)) {
    return load_personas(settings.persona)[0];
  }
  std::vector<std::string> names, firsts;
  for (const Persona& persona : personas) {
    if (named(persona, settings.persona)) return persona;
    names.push_back(quotable(persona.name));
    firsts.push_back(split(persona.name, ' ').front());
  }
  std::string guess = nearest(settings.persona, firsts);
  throw BadUsage("there is no persona \"" + quotable(settings.persona) +
                 "\"; " +
                 (guess.empty() ? "there are " + joined(names, ", ")
                                : "did you mean \"" + guess + "\"?"));
}

const Situation& chosen_situation(const std::string& name,
                                  const Situations& among) {
  if (const Situation* found = among.find(name)) return *found;
  std::vector<std::string> names;
  for (const Situation& one : among.all) names.push_back(one.name);
  std::string guess = nearest(name, names);
  throw BadUsage("there is no situation \"" + quotable(name) + "\"; " +
                 (guess.empty() ? "there are " + joined(names, ", ")
                                : "did you mean \"" + guess + "\"?"));
}

// The sessions that are played: one, or two when the situation is about what
// the tools remember. The first is one that it can follow.
std::vector<Slot> trial_slots(const Settings& settings, const Persona& persona,
                              const RunInputs& inputs) {
  Wave wave;
  wave.seed = seed_for(settings.seed.value_or(1), persona.name);
  wave.sessions = {2, 2};
  wave.turns = settings.turns;
  wave.tester_variants = static_cast<int>(inputs.prompts.tester.size());
  wave.assistant_variants = static_cast<int>(inputs.prompts.assistant.size());
  wave.personas = {{persona.name, "", persona.topics}};
  draw_lengths(wave);
  const Shares none;
  Draw draw{inputs.situations, none, names_of_groups(inputs.tools)};
  auto drawn = [&](int session, const Situation* situation,
                   const Storylines& before) {
    Slot slot = draw_slot(wave, session, session, before, draw);
    if (!settings.topic.empty()) slot.topic = settings.topic;
    if (!situation) return slot;
    slot.situation = situation->name;
    slot.turns =
        std::clamp(slot.turns, situation->turns.fewest, situation->turns.most);
    return slot;
  };
  if (settings.situation.empty()) return {drawn(1, nullptr, {})};
  const Situation& asked =
      chosen_situation(settings.situation, inputs.situations);
  if (asked.about.empty()) return {drawn(1, &asked, {})};
  const std::string& first =
      asked.after.empty() ? asked.otherwise : asked.after.front();
  Slot before = drawn(1, inputs.situations.find(first), {});
  StorylineSoFar so_far;
  so_far.add(before);
  Slot slot = drawn(2, &asked, {{before.storyline, so_far}});
  constexpr int64_t kMinutesOfADay = 24 * 60;
  int days = asked.days_apart.value_or(CountRange{4, 4}).fewest;
  slot.starts_at.minutes = before.starts_at.minutes + days * kMinutesOfADay;
  return {before, slot};
}

// What a tester of the next session knows of this one.
Past past_of(const Conversation& talk, SimulatedTime now) {
  PastSession session{talk.slot.starts_at, {}};
  for (const Message& message : talk.transcript.messages) {
    if (message.speaker == Speaker::system || message.content.empty()) continue;
    session.spoken.push_back(message);
  }
  return {true, past_text({session}, now), talk.slot.events};
}

// Says on stderr what goes on: which replies were rejected, a line each, and on
// a terminal who is speaking, in a line that is written over.
class Progress : public Watcher {
 public:
  explicit Progress(bool quiet)
      : quiet_(quiet), terminal_(!quiet && ::isatty(STDERR_FILENO) != 0) {}

  void added(const Message& message) override {
    std::string text = message.content;
    for (const ToolCall& call : message.calls) text += " -> " + call.name;
    if (message.speaker == Speaker::tool) text = "<- " + message.result.name;
    if (message.speaker == Speaker::system || !terminal_) return;
    erase_line(stderr);
    show(stderr, Shown(shortened(one_line(text), 70)));
  }

  void rejected(Role role, const ChatReply& reply,
                const Rejection& why) override {
    if (quiet_) return;
    erase();
    say(stderr, std::string("A reply of the ") + role_name(role) +
                    " is not used (" + why.reason +
                    "): " + shortened(one_line(reply.content), 200));
  }

  void erase() {
    if (terminal_) erase_line(stderr);
  }

 private:
  bool quiet_;
  bool terminal_;
};

// Prints each request as text, the way a model without native calls is sent it.
class ShownRequests : public ChatModel {
 public:
  explicit ShownRequests(ChatModel& next) : next_(next) {}

  asio::awaitable<ChatOutcome> reply(const ChatRequest& request) override {
    std::string text = std::string("=== to the ") + role_name(request.role) +
                       ", call " + std::to_string(++calls_) + " ===\n";
    for (const TextMessage& message : text_messages(request)) {
      text += std::string("--- ") + from_name(message.from) + " ---\n" +
              message.content + "\n";
    }
    show(stdout, Shown(text));
    ChatOutcome outcome = co_await next_.reply(request);
    co_return outcome;
  }

 private:
  static const char* from_name(TextMessage::From from) {
    if (from == TextMessage::From::system) return "system";
    return from == TextMessage::From::user ? "user" : "assistant";
  }

  ChatModel& next_;
  int calls_ = 0;
};

struct Trial {
  std::optional<Conversation> conversation;
  std::exception_ptr failure;
};

asio::awaitable<void> play(Assignment plan, ChatModel& model, Toolbox& toolbox,
                           RecordedServers& servers, Progress& progress,
                           Trial& trial) {
  try {
    trial.conversation =
        co_await converse(std::move(plan), model, toolbox, &servers, &progress);
  } catch (...) {
    trial.failure = std::current_exception();
  }
}

}  // namespace

ExitCode try_command(const Settings& asked) {
  RunInputs inputs = read_run_inputs(asked);
  Persona persona = chosen_persona(asked, inputs.personas);
  asio::io_context loop;
  AsioTimer timer(loop);
  McpSession servers(inputs, loop, timer);
  inputs = with_served_tools(std::move(inputs), servers.offered());
  CurlHttp http(loop);
  RedactedHttp redacted(http, Redactor(inputs.secrets));
  Lanes lanes(timer);
  open_lanes(lanes, inputs.providers, redacted);
  Retried retried(lanes, timer, Patience(), 1);
  ShownRequests shown(retried);
  ChatModel& model =
      asked.show_requests ? static_cast<ChatModel&>(shown) : retried;
  Toolbox toolbox(inputs.tools);
  Evidence evidence(inputs.tools);
  std::vector<Slot> slots = trial_slots(asked, persona, inputs);
  std::string provider = inputs.providers.front().name;
  if (!asked.quiet) {
    for (const std::string& note : inputs.notes) say(stderr, note);
  }
  Progress progress(asked.quiet);
  Trial trial;
  for (const Slot& slot : slots) {
    Assignment plan;
    plan.slot = slot;
    plan.persona = persona;
    plan.prompts = &inputs.prompts;
    plan.settings = inputs.settings.conversation;
    plan.provider = provider;
    plan.moment = moment_of(plan.slot, inputs.situations);
    plan.moment.evidence = &evidence;
    if (trial.conversation) {
      plan.past = past_of(*trial.conversation, slot.starts_at);
      plan.state = trial.conversation->state;
    }
    if (!asked.quiet) {
      say(stderr, one_line(persona.name) + " talks with Ada (" + provider +
                      ") about " + one_line(slot.topic) + " ...");
    }
    RecordedServers served(servers.running(), nullptr, {slot.number, 1}, {});
    loop.restart();
    asio::co_spawn(
        loop, play(std::move(plan), model, toolbox, served, progress, trial),
        [&loop](std::exception_ptr) { loop.stop(); });
    loop.run();
    progress.erase();
    if (trial.failure) std::rethrow_exception(trial.failure);
  }
  bool colour = ::isatty(STDOUT_FILENO) != 0 && !std::getenv("NO_COLOR");
  show(stdout, show_conversation(*trial.conversation, {colour}));
  return ExitCode::done;
}

}  // namespace simulate
