// What ships beside the program, for tests that need the real thing.
#pragma once

#include <filesystem>

#include "tools/tool_file.h"

namespace simulate {

inline std::filesystem::path source(const char* name) {
  return std::filesystem::path(SIMULATE_SOURCE_DIR) / name;
}

inline std::vector<ToolGroup> shipped_groups(
    const std::vector<std::string>& names = default_tool_groups()) {
  return load_tool_groups({source("tools")}, names);
}

}  // namespace simulate
