// simulate check: looks at everything a run needs and asks each provider for
// one word, before a night is spent on it.
#pragma once

#include "simulator/base/error.h"
#include "simulator/commands/options.h"

namespace simulate {

ExitCode check_command(const Options& options);

}  // namespace simulate
