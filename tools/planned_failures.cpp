#include "tools/planned_failures.h"

#include <algorithm>
#include <vector>

#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr const char* kBusy =
    "it is busy at the moment, and nothing was done. Try the same call again.";
constexpr const char* kFull =
    "there is no room for it at the moment, and nothing was kept. Try again.";
constexpr const char* kNotFound =
    "what it was given is not to be found at the moment, and nothing was "
    "changed. Look at what is there and try again.";

bool has_step(const ToolDefinition& tool, const std::string& word) {
  auto begins = [&word](const ToolStep& step) {
    return lowered(step.sql).starts_with(word);
  };
  return std::any_of(tool.steps.begin(), tool.steps.end(), begins);
}

// Those that can happen to such a tool, as far as its SQL tells.
std::vector<const char*> failures_of(const ToolDefinition& tool) {
  std::vector<const char*> failures = {kBusy};
  if (has_step(tool, "insert")) {
    failures.push_back(kFull);
  } else if (has_step(tool, "delete") || has_step(tool, "update")) {
    failures.push_back(kNotFound);
  }
  return failures;
}

}  // namespace

std::optional<std::string> PlannedFailures::next(const ToolDefinition& tool) {
  bool fails = random_.chance(rate_);
  if (failed_.erase(tool.spec.name) > 0 || !fails) return std::nullopt;
  failed_.insert(tool.spec.name);
  return random_.pick(failures_of(tool));
}

}  // namespace simulate
