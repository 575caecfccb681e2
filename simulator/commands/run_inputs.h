// What decides the content of a run: read from the user's files once, and
// written down in the ledger as the settings of a version.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "simulator/commands/options.h"
#include "simulator/conversation/persona.h"
#include "simulator/conversation/prompts.h"
#include "simulator/models/provider.h"
#include "tools/tool_file.h"

namespace simulate {

struct RunInputs {
  Prompts prompts;
  std::vector<Persona> personas;
  std::vector<Provider> providers;
  std::map<Role, std::vector<std::string>> cast;  // who plays which role
  std::vector<ToolGroup> tools;
  std::vector<std::string> optional_tools;  // of these groups, see --tools
};

// Reads and checks prompts, personas, tools and providers. Throws BadUsage.
RunInputs read_run_inputs(const Options& options);

// What compare_settings compares when the run goes on.
Json settings_of(const Options& options, const RunInputs& inputs,
                 uint64_t seed);

}  // namespace simulate
