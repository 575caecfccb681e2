// simulate reset-tools: from now on, what is not begun yet in the run of
// --output belongs to new storylines, with empty memories.
#pragma once

#include "simulator/base/error.h"
#include "simulator/commands/options.h"

namespace simulate {

// Throws Fatal while another process has the run.
ExitCode reset_tools_command(const Options& options);

}  // namespace simulate
