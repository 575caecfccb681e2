// main introduces everybody to everybody; the commands do the work. Here is
// one of the two places where errors are caught.
// Tested by tests/program/usage_test.cpp and its neighbours.
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <SQLiteCpp/SQLiteCpp.h>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <system_error>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/screen.h"
#include "simulator/commands/command_line.h"
#include "simulator/commands/commands.h"

namespace {

using simulate::Command;
using simulate::CommandLine;
using simulate::ExitCode;
using simulate::Settings;

ExitCode run(const CommandLine& line) {
  const Settings& settings = line.settings;
  switch (line.command) {
    case Command::simulate:
      return simulate_command(settings);
    case Command::init:
      return init_command(settings);
    case Command::try_one:
      return try_command(settings);
    case Command::check:
      return check_command(settings);
    case Command::export_file:
      return export_command(settings);
    case Command::replay:
      return replay_command(settings);
    case Command::status:
      return status_command(settings);
    case Command::reset_tools:
      return reset_tools_command(settings);
    case Command::plan:
      return plan_command(settings);
    case Command::show:
      return show_command(settings);
    case Command::redo:
      return redo_command(settings);
    case Command::drop:
      return drop_command(settings);
    case Command::judge:
      return judge_command(settings);
    case Command::parse_reply:
      return parse_reply_command(settings);
  }
  return ExitCode::bad_usage;
}

void complain(const char* what) {
  simulate::say(stderr, std::string("simulate: ") + what);
}

// Of files only the ledger's -shm is memory for us. Whoever cuts it takes that
// memory away; the run is as safe as after a kill.
void explain_cut_file(int) {
  simulate::say_in_handler(
      "simulate: the ledger's -shm was cut while it was in use, or its disk "
      "failed. What was saved is safe; run the same command again\n");
  std::_Exit(static_cast<int>(ExitCode::work_left));
}

// A core file would hold every key.
void leave_no_core() {
  rlimit none = {0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
}

// Keys may stand in the environment, which processes of the same user can read
// of each other: MCP servers, which we start, cannot of this one then. Nor can
// a leak checker, which looks at its process from outside.
void hide_from_children() {
#if !defined(__SANITIZE_ADDRESS__) && !defined(SIMULATE_SANITIZED)
  ::prctl(PR_SET_DUMPABLE, 0);
#endif
}

// A conversation in flight may need a connection of its own.
void allow_many_descriptors() {
  rlimit limit = {};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int main(int argc, char** argv) {
  ::umask(077);  // ledgers hold what people told a model
  allow_many_descriptors();
  leave_no_core();
  hide_from_children();
  // A reader that goes away is an error of write(), not the end of us.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // so is a file that may not grow
  std::signal(SIGBUS, explain_cut_file);
  try {
    std::optional<CommandLine> line = simulate::parse_command_line(argc, argv);
    return static_cast<int>(line ? run(*line) : ExitCode::done);
  } catch (const simulate::Fatal& error) {
    complain(error.what());
    return static_cast<int>(error.code());
  } catch (const SQLite::Exception& error) {
    complain((std::string("the ledger cannot be used: ") + error.what() +
              ". What was saved is safe; run the same command again")
                 .c_str());
    return static_cast<int>(ExitCode::work_left);
  } catch (const std::system_error& error) {
    std::string trouble = simulate::disk_trouble(error.code().value());
    complain((std::string(error.what()) + ": " + trouble).c_str());
    return static_cast<int>(ExitCode::work_left);
  } catch (const std::exception& error) {
    complain(error.what());
    return static_cast<int>(ExitCode::work_left);
  }
}
