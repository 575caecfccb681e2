// simulate replay: a ledger's run once more, from its recorded replies alone.
#pragma once

#include "simulator/base/error.h"
#include "simulator/commands/options.h"

namespace simulate {

// 0 when everything came out as it is kept, 1 when something differs.
ExitCode replay_command(const Options& options);

}  // namespace simulate
