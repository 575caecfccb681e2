// simulate export: the training file again, in either format, from the ledger
// of the run that --output names. Reads only.
#pragma once

#include "simulator/base/error.h"
#include "simulator/commands/options.h"

namespace simulate {

ExitCode export_command(const Options& options);

}  // namespace simulate
