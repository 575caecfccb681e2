// simulate try: one conversation right now, shown readable, kept out of every
// run: what one reaches for while editing a persona or a prompt.
#pragma once

#include "simulator/base/error.h"
#include "simulator/commands/options.h"

namespace simulate {

ExitCode try_command(const Options& options);

}  // namespace simulate
