// What several commands need before they can begin: the folders that ship, the
// providers that were asked for, and lanes to them.
#pragma once

#include <filesystem>
#include <vector>

#include "simulator/commands/options.h"
#include "simulator/models/lanes.h"
#include "simulator/models/secrets.h"
#include "simulator/net/http.h"
#include "tools/tool_file.h"

namespace simulate {

// `given` if there is any, else `name` in the working folder, else the one
// that ships beside the program.
std::filesystem::path shipped(const std::filesystem::path& given,
                              const std::string& name);

// Where the files of tools are: tools/ of the working folder if it holds any,
// else the folder that ships beside the program.
std::filesystem::path tools_folder();

// The groups of tools that are offered when nothing else is asked for.
std::vector<ToolGroup> shipped_tools();

using Cast = std::map<Role, std::vector<std::string>>;

// The providers of --providers, or of secrets.json, or those that have a key;
// and who of them plays which role, where secrets.json says so. Throws BadUsage
// that says how to go on when there is none.
struct Chosen {
  std::vector<Provider> providers;
  Cast cast;
};
Chosen chosen_providers(const Options& options);

void open_lanes(Lanes& lanes, const std::vector<Provider>& providers,
                Http& http);

bool all_offline(const std::vector<Provider>& providers);

}  // namespace simulate
