// simulate: the main job from the command line to the exit code.
#pragma once

#include "simulator/base/error.h"
#include "simulator/commands/options.h"

namespace simulate {

// Throws BadUsage before anything is touched, and Fatal.
ExitCode simulate_command(const Options& options);

}  // namespace simulate
