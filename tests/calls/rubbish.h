// Texts that no model means, for whoever asks what reading them costs: what
// opens calls in each family, with every beginning of a call behind it, over
// and over, and bytes without any sense.
#pragma once

#include <string>
#include <vector>

#include "simulator/calls/tool.h"

namespace simulate {

struct Rubbish {
  std::string once;   // before
  std::string again;  // and this, over and over
};

// Each beginning over and over, and once with its body over and over.
std::vector<Rubbish> all_rubbish();

// Random bytes, random parts, deep nesting, one long text: whole at once.
std::vector<Rubbish> random_rubbish(size_t bytes);

std::string written(const Rubbish& rubbish, size_t bytes);
std::string shown(const Rubbish& rubbish);  // as JSON, shortened

// `f`, which the texts call.
std::vector<ToolSpec> rubbish_tools();

}  // namespace simulate
