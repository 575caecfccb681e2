// Where personas, prompts, tools and prices are read from: what the user
// names, else what lies in the working folder, else what was installed with
// the program.
// Tested by tests/program/init_test.cpp.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "simulator/models/prices.h"
#include "tools/tool_file.h"

namespace simulate {

// `given` if there is any, else `name` in the working folder, else the one
// that was installed.
std::filesystem::path shipped(const std::filesystem::path& given,
                              const std::string& name);

// The one that was installed: in share/simulate beside the program's bin/, or,
// in a build tree, in the sources. Empty when there is none.
std::filesystem::path installed(const std::string& name);

// Group by group from tools/ of the working folder, else from the installed
// ones: a tools/ that happens to be there hides no group. Throws BadUsage.
std::vector<ToolGroup> load_tools(const std::vector<std::string>& names);

// The groups of tools that are offered when nothing else is asked for.
std::vector<ToolGroup> shipped_tools();

// What models cost; where no list is found, no price is known. Throws BadUsage.
PriceList shipped_prices(const std::filesystem::path& given);

// "installed ones (/usr/share/simulate)" or "those of this folder": for a
// person who wonders which file was taken.
std::string origin_text(const std::filesystem::path& path);

}  // namespace simulate
