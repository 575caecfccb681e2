// simulate parse-reply: JSON lines with replies in, JSON lines with what the
// parser reads in them out. What one reaches for to see why a call did not run.
#pragma once

#include "simulator/base/error.h"
#include "simulator/commands/options.h"

namespace simulate {

ExitCode parse_reply_command(const Options& options);

}  // namespace simulate
