// Failures of tools that the plan wants, so that the data holds recoveries: a
// seeded share of the good calls of a conversation is answered as if the tool
// were busy, had no room, or found nothing. A value.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "simulator/base/random.h"
#include "tools/tool_file.h"

namespace simulate {

class PlannedFailures {
 public:
  // No failures.
  PlannedFailures() : PlannedFailures(0, 0) {}

  // `rate` of the calls, 0 to 1; the same seed fails the same calls.
  PlannedFailures(double rate, uint64_t seed) : rate_(rate), random_(seed) {}

  // What the next call is answered with instead of being run; mostly nothing.
  // A tool never fails twice in a row: trying again helps.
  std::optional<std::string> next(const ToolDefinition& tool);

 private:
  double rate_;
  Random random_;
  std::set<std::string> failed_;  // tools whose next call works
};

}  // namespace simulate
