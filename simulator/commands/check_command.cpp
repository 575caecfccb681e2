// Tested by tests/program/usage_test.cpp.

#include "simulator/commands/commands.h"

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <cstdio>
#include <exception>

#include "simulator/base/screen.h"
#include "simulator/base/state_file.h"
#include "simulator/base/text.h"
#include "simulator/commands/ask_models.h"
#include "simulator/commands/mcp_session.h"
#include "simulator/commands/resume.h"
#include "simulator/commands/run_files.h"
#include "simulator/commands/setup.h"
#include "simulator/commands/shipped_files.h"
#include "simulator/models/native_models.h"
#include "simulator/net/asio_timer.h"
#include "simulator/net/curl_http.h"
#include "simulator/net/redacted_http.h"
#include "simulator/store/read_only.h"
#include "simulator/store/repair/examine.h"
#include "simulator/store/repair/repair.h"
#include "simulator/store/run_lock.h"
#include "tools/toolbox.h"

namespace simulate {

namespace {

void tell(const std::string& what, const std::string& text) {
  constexpr size_t kColumn = 14;
  std::string head = what;
  if (head.size() < kColumn) head.resize(kColumn, ' ');
  say(stdout, head + ' ' + text);
}

asio::awaitable<void> ask_all(const Asking& asking, ModelsAsked& asked,
                              std::exception_ptr& failure) {
  try {
    auto asks = ask_models(asking);
    asked = co_await std::move(asks);
  } catch (...) {
    failure = std::current_exception();
  }
}

bool ledger_exists(const Settings& settings) {
  std::error_code none;
  return std::filesystem::exists(settings.ledger(), none);
}

void say_how_to_repair(const Settings& settings) {
  tell("ledger", "simulate check --repair --output " +
                     settings.output.string() +
                     " recovers what can be, into new files");
}

// False when a training file lies there that no start would touch.
bool look_at_output(const Settings& settings) {
  try {
    refuse_bad_output(settings);
    return true;
  } catch (const BadUsage& refusal) {
    tell("training file", refusal.what());
    return false;
  }
}

// False when something is wrong with the run's files.
bool look_at_ledger(const Settings& settings) {
  if (!ledger_exists(settings)) return look_at_output(settings);
  bool under_way = RunLock::is_held(settings.ledger());
  Examination found = examine(settings.ledger(), settings.output, under_way);
  if (found.nothing_wrong()) {
    tell("ledger",
         counted(found.conversations, "conversation") + ", nothing wrong");
    return true;
  }
  for (const std::string& what : found.damage) tell("ledger", what);
  if (!found.damage.empty()) say_how_to_repair(settings);
  for (const std::string& what : found.file) tell("training file", what);
  return false;
}

// Personas, prompts and situations as they lie in their folders; a repair goes
// without those that cannot be read.
std::vector<std::string> spare_texts(const Settings& settings) {
  std::vector<std::string> texts;
  try {
    for (const Persona& persona :
         load_personas(shipped(settings.personas, "personas"))) {
      texts.push_back(to_text(persona.to_json()));
    }
    Prompts prompts =
        load_prompts(shipped(settings.systemprompts, "systemprompts"));
    for (const auto& [file, text] : prompts.files) texts.push_back(text);
    texts.push_back(chosen_situations(settings).text);
  } catch (const Fatal&) {
    return texts;
  }
  return texts;
}

ExitCode repair_command(const Settings& settings) {
  if (!ledger_exists(settings)) {
    throw BadUsage("there is no ledger " + settings.ledger().string() +
                   " to repair; name its training file with --output");
  }
  RunLock lock(settings.ledger());
  Repair done = repair(settings.output, spare_texts(settings));
  for (const std::string& sentence : done.report) tell("ledger", sentence);
  return done.lost_something ? ExitCode::work_left : ExitCode::done;
}

}  // namespace

ExitCode check_command(const Settings& settings) {
  if (settings.repair) return repair_command(settings);
  bool whole = look_at_ledger(settings);
  RunInputs inputs = read_run_inputs(settings);
  for (const std::string& note : inputs.notes) tell("providers", note);
  tell("prompts",
       std::to_string(inputs.prompts.files.size()) + " files, version " +
           inputs.prompts.version + ", from " +
           origin_text(shipped(settings.systemprompts, "systemprompts")));
  tell("personas", std::to_string(inputs.personas.size()) + " are good, from " +
                       origin_text(shipped(settings.personas, "personas")));
  if (!settings.tasks.empty()) {
    tell("tasks", std::to_string(inputs.situations.all.size()) +
                      " are good, from " + settings.tasks.string());
  }
  asio::io_context loop;
  AsioTimer timer(loop);
  McpSession servers(inputs, loop, timer);
  inputs = with_served_tools(std::move(inputs), servers.offered());
  Toolbox toolbox(inputs.tools);  // refuses what cannot be run
  for (const ToolGroup& group : inputs.tools) {
    tell("tools", group.name + " offers " + std::to_string(group.tools.size()));
  }
  CurlHttp http(loop);
  RedactedHttp redacted(http, Redactor(inputs.secrets));
  Lanes lanes(timer);
  open_lanes(lanes, inputs.providers, redacted, inputs.scenes);
  Asking asking{inputs, lanes, redacted, native_models_file(), today(), tell};
  ModelsAsked asked;
  std::exception_ptr failure;
  asio::co_spawn(loop, ask_all(asking, asked, failure),
                 [&loop](std::exception_ptr) { loop.stop(); });
  loop.run();
  if (failure) std::rethrow_exception(failure);
  return asked.silent == 0 && whole ? ExitCode::done : ExitCode::work_left;
}

}  // namespace simulate
