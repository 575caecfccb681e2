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

// A first session, unless the situation is one of later ones.
Slot trial_slot(const Settings& settings, const Persona& persona,
                const RunInputs& inputs) {
  const Prompts& prompts = inputs.prompts;
  Wave wave;
  wave.seed = seed_for(settings.seed.value_or(1), persona.name);
  wave.turns = settings.turns;
  wave.tester_variants = static_cast<int>(prompts.tester.size());
  wave.assistant_variants = static_cast<int>(prompts.assistant.size());
  wave.personas = {{persona.name, "", persona.topics}};
  draw_lengths(wave);
  const Shares none;
  Slot slot = draw_slot(
      wave, 1, 1, {}, {inputs.situations, none, names_of_groups(inputs.tools)});
  if (!settings.topic.empty()) slot.topic = settings.topic;
  if (settings.situation.empty()) return slot;
  const Situation& situation =
      chosen_situation(settings.situation, inputs.situations);
  slot.situation = situation.name;
  slot.turns =
      std::clamp(slot.turns, situation.turns.fewest, situation.turns.most);
  return slot;
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
  Retried model(lanes, timer, Patience(), 1);
  Toolbox toolbox(inputs.tools);
  Evidence evidence(inputs.tools);
  Assignment plan;
  plan.slot = trial_slot(asked, persona, inputs);
  plan.moment = moment_of(plan.slot, inputs.situations);
  plan.moment.evidence = &evidence;
  plan.persona = persona;
  plan.prompts = &inputs.prompts;
  plan.settings = inputs.settings.conversation;
  plan.provider = inputs.providers.front().name;
  if (!asked.quiet) {
    for (const std::string& note : inputs.notes) say(stderr, note);
    say(stderr, one_line(persona.name) + " talks with Ada (" + plan.provider +
                    ") about " + one_line(plan.slot.topic) + " ...");
  }
  Progress progress(asked.quiet);
  Trial trial;
  RecordedServers served(servers.running(), nullptr, {1, 1}, {});
  asio::co_spawn(loop,
                 play(std::move(plan), model, toolbox, served, progress, trial),
                 [&loop](std::exception_ptr) { loop.stop(); });
  loop.run();
  progress.erase();
  if (trial.failure) std::rethrow_exception(trial.failure);
  bool colour = ::isatty(STDOUT_FILENO) != 0 && !std::getenv("NO_COLOR");
  show(stdout, show_conversation(*trial.conversation, colour));
  return ExitCode::done;
}

}  // namespace simulate
