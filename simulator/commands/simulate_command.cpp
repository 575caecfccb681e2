// Tested by tests/program/run_test.cpp.

#include "simulator/commands/commands.h"

#include <unistd.h>

#include <algorithm>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "simulator/base/hash.h"
#include "simulator/base/text.h"
#include "simulator/commands/dry_run.h"
#include "simulator/commands/interrupts.h"
#include "simulator/commands/mcp_session.h"
#include "simulator/commands/run_files.h"
#include "simulator/commands/setup.h"
#include "simulator/models/logged.h"
#include "simulator/net/asio_timer.h"
#include "simulator/net/curl_http.h"
#include "simulator/net/redacted_http.h"
#include "simulator/run/displays.h"
#include "simulator/run/judge_job.h"
#include "simulator/run/simulate.h"
#include "simulator/store/writer.h"

namespace simulate {

namespace {

std::unique_ptr<Status> make_status(const Settings& settings) {
  std::unique_ptr<Status> status;
  bool terminal = ::isatty(STDERR_FILENO) != 0;
  const char* kind = std::getenv("TERM");
  bool dumb = !kind || std::string(kind) == "dumb";
  if (settings.quiet || settings.log_level == LogLevel::error) {
    status = std::make_unique<QuietStatus>(stderr);
  } else if (terminal && !dumb && settings.log_level != LogLevel::debug) {
    bool colour = std::getenv("NO_COLOR") == nullptr;
    status = std::make_unique<TerminalStatus>(stderr, colour);
  } else {
    status = std::make_unique<PlainStatus>(stderr);
  }
  if (!settings.json) return status;
  return std::make_unique<JsonStatus>(stdout, std::move(status));
}

Schedule make_schedule(const RunInputs& inputs, RunFiles& files) {
  const Settings& settings = files.settings();
  PlanSettings plan;
  plan.seed = *settings.seed;
  plan.sessions = settings.sessions;
  plan.turns = settings.turns;
  plan.tester_variants = static_cast<int>(inputs.prompts.tester.size());
  plan.assistant_variants = static_cast<int>(inputs.prompts.assistant.size());
  plan.tools = names_of_groups(inputs.tools);
  plan.optional_tools = joined(settings.optional_tools, ",");
  return Schedule(settings.target, plan, PersonaSource(inputs.personas),
                  inputs.situations, files.reader().plan_so_far());
}

SimulationSettings simulation_settings(const RunFiles& files) {
  SimulationSettings settings;
  settings.conversation = files.settings().conversation;
  settings.concurrency =
      static_cast<int>(files.settings().concurrency.value_or(0));
  settings.seed = *files.settings().seed;
  settings.version = files.version();
  settings.failover = files.settings().failover;
  return settings;
}

// What still sleeps when the run is over (a lane that rests, the display) is
// not waited for.
asio::awaitable<void> run_to_end(asio::io_context& loop, Simulation& simulation,
                                 McpSession& servers,
                                 std::exception_ptr& failure) {
  try {
    co_await simulation.run();
    co_await servers.stop();
  } catch (...) {
    failure = std::current_exception();
  }
  loop.stop();
}

ExitCode outcome(const Report& report, const Simulation& simulation,
                 const Lanes& lanes, int signal, Status& status) {
  if (report.kept >= report.target) return ExitCode::done;
  if (signal == SIGINT) return ExitCode::interrupted;
  if (signal != 0) return static_cast<ExitCode>(128 + signal);
  if (simulation.budget_reached()) {
    status.note(lanes.budget_spent()
                    ? "--max-calls is reached; run the same command again to "
                      "go on."
                    : "What is left of --max-calls would not finish another "
                      "conversation; run the same command again to go on.");
    return ExitCode::budget_reached;
  }
  if (!simulation.advice().empty()) {
    status.warn(simulation.advice());
  }
  return ExitCode::work_left;
}

// Of a run some of whose conversations have verdicts, and the next ones none.
void tell_of_no_judge(const Settings& settings, LedgerReader& reader,
                      Status& status) {
  if (settings.conversation.judging != Judging::off) return;
  if (reader.records() >= settings.target) return;
  std::vector<SettingsVersion> versions = reader.versions();
  bool judged = std::any_of(versions.begin(), versions.end(), [](auto& one) {
    return one.settings.conversation.judging != Judging::off;
  });
  if (!judged) return;
  std::string output = settings.output.string();
  status.note(
      "A judge read earlier conversations of this run; new ones will have no "
      "verdict without --judge. simulate judge --output " +
      output + " gives them theirs afterwards.");
}

void tell_verdicts(const Rubric& rubric, LedgerReader& reader, Status& status) {
  VerdictTally tally = kept_verdicts(reader, rubric);
  std::string text = "  Judged: " + std::to_string(tally.judged) + " of " +
                     std::to_string(reader.records());
  if (tally.judged > 0) text += ", " + tally_text(tally, rubric);
  status.note(text);
  for (const auto& [reason, count] : reader.failures()) {
    if (reason != "judge") continue;
    status.note("  " + counted(count, "attempt") +
                " refused by the judge and tried again");
  }
}

}  // namespace

ExitCode simulate_command(const Settings& asked) {
  RunInputs inputs = read_run_inputs(asked);
  if (asked.dry_run) {
    Toolbox refuses_what_cannot_run(inputs.tools);
    return dry_run(inputs);
  }
  asio::io_context loop;
  AsioTimer timer(loop);
  McpSession servers(inputs, loop, timer);
  inputs = with_served_tools(std::move(inputs), servers.offered());
  Toolbox toolbox(inputs.tools);
  Evidence evidence(inputs.tools);
  RunFiles files(inputs);
  std::unique_ptr<Status> status = make_status(asked);
  for (const std::string& note : inputs.notes) status->note(note);
  for (const std::string& note : files.notes()) status->note(note);
  tell_of_no_judge(files.settings(), files.reader(), *status);

  CurlHttp http(loop);
  RedactedHttp redacted(http, Redactor(inputs.secrets));
  Lanes lanes(timer);
  open_lanes(lanes, inputs.providers, redacted, inputs.scenes);
  lanes.on_news([&status](const std::string& news) { status->warn(news); });
  for (const auto& [provider, stats] : files.reader().lanes()) {
    lanes.remember(provider, stats);
  }
  if (asked.max_calls) lanes.limit_calls(*asked.max_calls);
  Logged logged(lanes, timer,
                [&status](const std::string& line) { status->note(line); });
  bool debug = asked.log_level == LogLevel::debug;
  ChatModel& model = debug ? static_cast<ChatModel&>(logged) : lanes;
  Writer writer(files.ledger(), files.training_file());
  SimulationParts parts{
      model,           lanes,
      timer,           toolbox,
      evidence,        servers.running(),
      writer,          files.reader(),
      *status,         inputs.prompts,
      inputs.personas, inputs.rubric ? &*inputs.rubric : nullptr};
  SimulationSettings settings = simulation_settings(files);
  auto hang_up = [&http, &servers] {
    http.stop();
    servers.hang_up();
  };
  settings.hang_up = hang_up;
  Simulation simulation(std::move(settings), parts,
                        make_schedule(inputs, files));
  Interrupts interrupts(
      loop, Seconds(asked.drain_timeout),
      [&](const std::string& note) {
        status->note(note);
        simulation.stop();
      },
      [&] {
        lanes.stop();
        hang_up();
      });
  std::exception_ptr failure;
  asio::co_spawn(loop, run_to_end(loop, simulation, servers, failure),
                 asio::detached);
  loop.run();
  status->summary(simulation.report());
  if (failure) std::rethrow_exception(failure);
  if (inputs.rubric) tell_verdicts(*inputs.rubric, files.reader(), *status);
  return outcome(simulation.report(), simulation, lanes, interrupts.number(),
                 *status);
}

}  // namespace simulate
