// simulate status: how far the run of --output is, from sums in its ledger, so
// that it takes no longer when the run is large. Also while the run is going.
#pragma once

#include "simulator/base/error.h"
#include "simulator/commands/options.h"

namespace simulate {

ExitCode status_command(const Options& options);

}  // namespace simulate
