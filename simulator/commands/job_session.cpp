#include "simulator/commands/job_session.h"

#include <unistd.h>

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <csignal>
#include <cstdlib>

#include "simulator/base/screen.h"
#include "simulator/base/text.h"
#include "simulator/commands/interrupts.h"
#include "simulator/commands/resume.h"
#include "simulator/commands/world.h"

namespace simulate {

namespace {

// One line, written over on a terminal; elsewhere a line now and then.
class JobDisplay {
 public:
  JobDisplay(const Job& job, Timer& timer, std::string doing, bool quiet)
      : job_(job), timer_(timer), doing_(std::move(doing)), quiet_(quiet) {}

  asio::awaitable<void> show_until_stopped() {
    Micros pause = terminal_ ? Micros(Millis(200)) : Micros(Seconds(30));
    while (!stopped_ && !quiet_) {
      Micros next = timer_.now() + pause;
      co_await timer_.wait_until(next);
      if (!stopped_) show_line();
    }
  }

  void stop() {
    stopped_ = true;
    if (shown_ && terminal_) erase_line(stderr);
  }

 private:
  void show_line() {
    JobProgress now = job_.progress();
    std::string line = doing_ + " " + std::to_string(now.before + now.done) +
                       ", " + std::to_string(now.in_flight) + " under way";
    if (now.failed > 0) line += ", " + std::to_string(now.failed) + " failed";
    if (!terminal_) return say(stderr, line);
    if (shown_) erase_line(stderr);
    show(stderr, Shown(line));
    shown_ = true;
  }

  const Job& job_;
  Timer& timer_;
  std::string doing_;
  bool quiet_;
  bool terminal_ = ::isatty(STDERR_FILENO) != 0;
  bool shown_ = false;
  bool stopped_ = false;
};

asio::awaitable<void> run_to_end(asio::io_context& loop, Job& job,
                                 std::exception_ptr& failure) {
  try {
    co_await job.run();
  } catch (...) {
    failure = std::current_exception();
  }
  loop.stop();
}

ExitCode outcome(const Job& job, const Lanes& lanes, int signal) {
  JobProgress now = job.progress();
  constexpr const char* kAgain = "; run the same command again to go on.";
  if (now.failed > 0) {
    say(stderr, counted(now.failed, "item") +
                    " failed, the last because: " + one_line(now.trouble));
  }
  if (job.finished()) {
    return now.failed > 0 ? ExitCode::work_left : ExitCode::done;
  }
  if (signal == SIGINT) return ExitCode::interrupted;
  if (signal != 0) return static_cast<ExitCode>(128 + signal);
  if (lanes.budget_spent()) {
    say(stderr, std::string("--max-calls is reached") + kAgain);
    return ExitCode::budget_reached;
  }
  say(stderr, counted(now.left_open, "item") + " got no answer (" +
                  one_line(now.trouble) + ")" + kAgain);
  return ExitCode::work_left;
}

void refuse_without_run(const Settings& settings) {
  std::error_code none;
  if (std::filesystem::exists(settings.ledger(), none)) return;
  throw BadUsage("there is no run at " + settings.output.string() +
                 "; name it with --output");
}

// Whom --embeddings names is asked, whoever else is the embedder.
std::set<Role> given_roles(Role role) {
  if (role == Role::embedder) return {};
  return {role};
}

}  // namespace

std::filesystem::path ledger_beside(const std::filesystem::path& file) {
  return file.string() + ".jobs.db";
}

JobSession::JobSession(const Settings& settings, Role role,
                       const std::filesystem::path& ledger)
    : settings_(settings),
      chosen_(chosen_providers(settings, given_roles(role))),
      lock_(ledger),
      ledger_(std::make_unique<Ledger>(ledger, ToolSyntax::python)),
      reader_(std::make_unique<LedgerReader>(ledger)) {}

JobSession JobSession::of_run(const Settings& settings, Role role) {
  refuse_bad_output(settings);
  refuse_without_run(settings);
  return JobSession(settings, role, settings.ledger());
}

JobSession JobSession::of_file(const Settings& settings, Role role,
                               const std::filesystem::path& file) {
  return JobSession(settings, role, ledger_beside(file));
}

std::set<std::string> JobSession::players(Role role) const {
  std::set<std::string> names;
  const Players& cast = players_of(chosen_.cast, role);
  for (const Provider& provider : chosen_.providers) {
    if (!may_play(cast, provider.name)) continue;
    std::string model =
        provider.offline() ? "script-1" : provider.model_for(role);
    names.insert(player_text({provider.name, std::move(model)}));
  }
  return names;
}

void JobSession::ask_for_vectors(const std::string& model) {
  chosen_.cast.erase(Role::embedder);
  for (Provider& provider : chosen_.providers) {
    provider.model = model;
    provider.roles.erase(Role::embedder);
    if (!provider.offline()) provider.wire = Wire::embeddings;
  }
}

ExitCode JobSession::run(const std::string& kind, const Json& job_settings,
                         JobSource& source, const std::string& doing) {
  asio::io_context loop;
  AsioTimer timer(loop);
  CurlHttp http(loop);
  RedactedHttp redacted(http, Redactor(chosen_.secrets));
  Lanes lanes(timer);
  open_lanes(lanes, chosen_.providers, redacted, "");
  lanes.on_news([](const std::string& news) { say(stderr, news); });
  for (const auto& [provider, stats] : reader_->lanes()) {
    lanes.remember(provider, stats);
  }
  if (settings_.max_calls) lanes.limit_calls(*settings_.max_calls);
  Writer writer(*ledger_);
  JobParts parts{lanes, lanes, timer, writer, *reader_, chosen_.cast};
  Job job(parts, kind, job_settings, source,
          static_cast<int>(settings_.concurrency.value_or(0)));
  JobDisplay display(job, timer, doing, settings_.quiet);
  Interrupts interrupts(
      loop, Seconds(settings_.drain_timeout),
      [&](const std::string& note) {
        say(stderr, note);
        job.stop();
      },
      [&] {
        lanes.stop();
        http.stop();
      });
  std::exception_ptr failure;
  asio::co_spawn(loop, display.show_until_stopped(), asio::detached);
  asio::co_spawn(loop, run_to_end(loop, job, failure), asio::detached);
  loop.run();
  display.stop();
  if (failure) std::rethrow_exception(failure);
  return outcome(job, lanes, interrupts.number());
}

}  // namespace simulate
