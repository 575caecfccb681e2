#include "simulator/commands/shipped_files.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

fs::path program_folder() {
  std::error_code none;
  return fs::read_symlink("/proc/self/exe", none).parent_path();
}

}  // namespace

// /usr/bin/simulate ships /usr/share/simulate; build/release/simulate lies two
// folders below the sources.
fs::path installed(const std::string& name) {
  fs::path folder = program_folder();
  std::error_code none;
  for (const fs::path& place :
       {folder.parent_path() / "share" / "simulate" / name,
        folder.parent_path().parent_path() / name}) {
    if (fs::exists(place, none)) return place;
  }
  return {};
}

fs::path shipped(const fs::path& given, const std::string& name) {
  std::error_code none;
  if (!given.empty()) return given;
  if (fs::exists(name, none)) return name;
  fs::path place = installed(name);
  return place.empty() ? fs::path(name) : place;
}

std::vector<ToolGroup> load_tools(const std::vector<std::string>& names) {
  std::vector<fs::path> folders = {"tools"};
  if (fs::path place = installed("tools"); !place.empty()) {
    folders.push_back(place);
  }
  return load_tool_groups(folders, names);
}

std::vector<ToolGroup> shipped_tools() {
  return load_tools(default_tool_groups());
}

PriceList shipped_prices(const fs::path& given) {
  fs::path file = shipped(given, "prices.json");
  std::error_code none;
  if (given.empty() && !fs::exists(file, none)) return {};
  return load_prices(file);
}

std::string origin_text(const fs::path& path) {
  if (path.is_absolute() && path == installed(path.filename().string())) {
    return "installed, " + path.string();
  }
  return path.string();
}

}  // namespace simulate
