// Tested by tests/program/try_test.cpp and usage_test.cpp.

#include "simulator/commands/commands.h"

#include <unistd.h>

#include <algorithm>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <chrono>
#include <cstdio>
#include <thread>

#include "simulator/base/random.h"
#include "simulator/base/saved_files.h"
#include "simulator/base/screen.h"
#include "simulator/base/text.h"
#include "simulator/commands/mcp_session.h"
#include "simulator/commands/run_files.h"
#include "simulator/commands/setup.h"
#include "simulator/commands/shipped_files.h"
#include "simulator/conversation/evidence.h"
#include "simulator/conversation/first_state.h"
#include "simulator/conversation/recorded_servers.h"
#include "simulator/export/show.h"
#include "simulator/models/retried.h"
#include "simulator/models/text_messages.h"
#include "simulator/net/asio_timer.h"
#include "simulator/net/curl_http.h"
#include "simulator/net/redacted_http.h"
#include "simulator/offline/offline_model.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

bool named(const Persona& persona, const std::string& word) {
  std::string name = lowered(persona.name);
  std::string wanted = lowered(word);
  return name == wanted || name.starts_with(wanted + " ");
}

[[noreturn]] void refuse_language_of(const Persona& persona) {
  throw BadUsage(quotable(persona.name) + " speaks \"" +
                 quotable(persona.language) +
                 "\", and the scripted model only English; choose another "
                 "--persona, or a provider that has a key");
}

Persona persona_of_file(const fs::path& file, bool scripted) {
  Persona persona = load_personas(file)[0];
  if (scripted && !OfflineModel::speaks(persona.language)) {
    refuse_language_of(persona);
  }
  return persona;
}

// Of a task that is for somebody, that one.
Persona usual_persona(const Settings& settings, const RunInputs& inputs) {
  const Situation* asked = inputs.situations.find(settings.situation);
  bool somebody = asked && !asked->persona.empty();
  auto found = somebody ? inputs.personas.find(asked->persona) : std::nullopt;
  return inputs.personas[found.value_or(0)];
}

Persona chosen_persona(const Settings& settings, const RunInputs& inputs) {
  std::error_code none;
  if (settings.persona.empty()) return usual_persona(settings, inputs);
  if (fs::is_regular_file(settings.persona, none)) {
    return persona_of_file(settings.persona,
                           inputs.settings.conversation.scripted);
  }
  std::vector<std::string> names, firsts;
  for (const Persona& persona : inputs.personas) {
    if (named(persona, settings.persona)) return persona;
    names.push_back(quotable(persona.name));
    firsts.push_back(split(persona.name, ' ').front());
  }
  for (const Persona& persona : inputs.left_out) {
    if (named(persona, settings.persona)) refuse_language_of(persona);
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
// was said in an earlier one. The first is one that it can follow.
std::vector<Slot> trial_slots(const Settings& settings, const Persona& persona,
                              const RunInputs& inputs) {
  Wave wave;
  wave.seed = seed_for(settings.seed.value_or(1), persona.name);
  wave.sessions = {2, 2};
  wave.turns = settings.turns;
  wave.tester_variants = static_cast<int>(inputs.prompts.tester.size());
  wave.assistant_variants = static_cast<int>(inputs.prompts.assistant.size());
  wave.personas = {{persona.name, "", persona.topics, 0, persona.facts.size()}};
  draw_lengths(wave);
  const Shares none;
  Draw draw{inputs.situations, none, names_of_groups(inputs.tools)};
  auto drawn = [&](int session, const Situation* situation,
                   const Storylines& before) {
    Slot slot = draw_slot(wave, session, session, before, draw);
    if (!settings.topic.empty()) slot.topic = settings.topic;
    if (!situation) return slot;
    slot.situation = situation->name;
    if (!situation->opening.empty()) slot.opening = situation->opening;
    slot.turns =
        std::clamp(slot.turns, situation->turns.fewest, situation->turns.most);
    return slot;
  };
  if (settings.situation.empty()) return {drawn(1, nullptr, {})};
  const Situation& asked =
      chosen_situation(settings.situation, inputs.situations);
  if (persona.facts.size() < static_cast<size_t>(asked.facts)) {
    throw BadUsage("the situation " + quotable(asked.name) +
                   " needs a person with facts, and " + quotable(persona.name) +
                   " has too few; choose another " +
                   "--persona or --situation");
  }
  if (asked.about.empty() || asked.sessions.fewest == 1) {
    return {drawn(1, &asked, {})};
  }
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
Past past_of(const Conversation& talk, SimulatedTime now,
             const std::string& assistant) {
  PastSession session{talk.slot.starts_at, {}};
  for (const Message& message : talk.transcript.messages) {
    if (message.speaker == Speaker::system || message.content.empty()) continue;
    session.spoken.push_back(message);
  }
  return {true, past_text({session}, now, assistant), talk.slot.events};
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

void try_once(const Settings& asked) {
  RunInputs inputs = read_run_inputs(asked);
  Persona persona = chosen_persona(asked, inputs);
  asio::io_context loop;
  AsioTimer timer(loop);
  McpSession servers(inputs, loop, timer);
  inputs = with_served_tools(std::move(inputs), servers.offered());
  CurlHttp http(loop);
  RedactedHttp redacted(http, Redactor(inputs.secrets));
  Lanes lanes(timer);
  open_lanes(lanes, inputs.providers, redacted, inputs.scenes);
  Retried retried(lanes, timer, Patience(), 1);
  ShownRequests shown(retried);
  ChatModel& model =
      asked.show_requests ? static_cast<ChatModel&>(shown) : retried;
  Toolbox toolbox(inputs.tools);
  Evidence evidence(inputs.tools);
  std::vector<Slot> slots = trial_slots(asked, persona, inputs);
  std::string provider = inputs.providers.front().name;
  const std::string& assistant = inputs.settings.conversation.assistant_name;
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
    if (inputs.rubric) plan.rubric = &*inputs.rubric;
    plan.settings = inputs.settings.conversation;
    plan.provider = provider;
    plan.moment = moment_of(plan.slot, inputs.situations);
    plan.moment.evidence = &evidence;
    plan.state = first_state(persona, slot);
    if (trial.conversation) {
      plan.past = past_of(*trial.conversation, slot.starts_at, assistant);
      plan.state = trial.conversation->state;
    }
    if (!asked.quiet) {
      say(stderr, one_line(persona.name) + " talks with " + assistant + " (" +
                      provider + ") about " + one_line(slot.topic) + " ...");
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
  show(stdout,
       show_conversation(*trial.conversation, {colour, false, assistant}));
  if (!trial.conversation->verdict) return;
  std::string fault = trial.conversation->verdict->fault();
  say(stdout, "The judge: " + (fault.empty() ? "all statements hold" : fault));
}

// Whatever a half-edited file gives rise to, the next save is waited for.
void try_and_tell(const Settings& asked) {
  try {
    try_once(asked);
  } catch (const std::exception& trouble) {
    say(stderr, std::string("simulate: ") + trouble.what());
  }
}

SavedFiles watched_files(const Settings& asked) {
  return SavedFiles({shipped(asked.systemprompts, "systemprompts"),
                     shipped(asked.personas, "personas"),
                     shipped(asked.situations, "situations"),
                     shipped("", "tools"), asked.persona, asked.tasks,
                     asked.offline});
}

// Until somebody interrupts it.
[[noreturn]] void try_at_each_save(const Settings& asked) {
  constexpr std::chrono::milliseconds kBetweenLooks(200);
  SavedFiles files = watched_files(asked);
  while (true) {
    try_and_tell(asked);
    say(stderr, "Waiting for a file to be saved; Ctrl-C ends it.");
    std::vector<std::filesystem::path> changed;
    while (changed.empty()) {
      std::this_thread::sleep_for(kBetweenLooks);
      changed = files.changed();
    }
    std::this_thread::sleep_for(kBetweenLooks);  // others saved with it
    files.changed();
    say(stderr, "Saved: " + one_line(changed.front().string()));
  }
}

}  // namespace

ExitCode try_command(const Settings& asked) {
  if (asked.watch) try_at_each_save(asked);
  try_once(asked);
  return ExitCode::done;
}

}  // namespace simulate
