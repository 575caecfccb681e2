// --dry-run: what a start would do and what it would take, without a call and
// without a change to any file.
// Tested by tests/program/usage_test.cpp.
#pragma once

#include "simulator/base/error.h"
#include "simulator/commands/run_inputs.h"

namespace simulate {

// Throws what the start would be refused with.
ExitCode dry_run(const RunInputs& inputs);

}  // namespace simulate
