// What the user asked for on the command line. The one place that knows CLI11;
// which options there are stands in the table of settings.
// Tested by tests/program/usage_test.cpp.
#pragma once

#include <optional>

#include "simulator/settings/setting.h"

namespace simulate {

struct CommandLine {
  Command command = Command::simulate;
  Settings settings;
};

// Nothing when help or the version was asked for and has been printed. Throws
// BadUsage, with the nearest right word; also for an option that the command
// would ignore.
std::optional<CommandLine> parse_command_line(int argc, char** argv);

}  // namespace simulate
