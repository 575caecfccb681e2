// Reads every include and enforces the table of layers: a file may include its
// own room and the rooms below it, nothing else.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

namespace simulate {
namespace {

namespace fs = std::filesystem;

// From the ground up. What a room may include besides itself.
const std::map<std::string, std::set<std::string>> kMayInclude = {
    {"base", {}},
    {"net", {"base"}},
    {"calls", {"base"}},
    {"tools", {"base", "calls"}},
    {"transcript", {"base", "calls"}},
    {"mcp", {"base", "net", "calls", "tools"}},
    {"models", {"base", "net", "calls", "transcript"}},
    {"offline", {"base", "calls", "models"}},
    {"conversation", {"base", "net", "calls", "tools", "transcript", "models"}},
    {"export",
     {"base", "calls", "tools", "transcript", "models", "conversation"}},
    {"settings",
     {"base", "calls", "tools", "models", "conversation", "export"}},
    {"store",
     {"base", "net", "calls", "tools", "transcript", "models", "conversation",
      "export", "settings"}},
    {"run",
     {"base", "net", "calls", "tools", "transcript", "models", "conversation",
      "export", "settings", "store"}},
    {"commands",
     {"base", "net", "calls", "tools", "mcp", "models", "offline",
      "conversation", "export", "settings", "store", "run"}},
    {"main", {"base", "commands"}},
};

// "simulator/net/http.h" is in net, "simulator/calls/tool.h" in tools, and
// "simulator/main.cpp" in main.
std::string room_of(const fs::path& path) {
  auto part = path.begin();
  if (*part == "tools") return "tools";
  ++part;
  return std::next(part) == path.end() ? "main" : part->string();
}

std::set<std::string> includes_of(const fs::path& file) {
  std::set<std::string> found;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("#include \"")) continue;
    found.insert(line.substr(10, line.rfind('"') - 10));
  }
  return found;
}

std::set<fs::path> sources() {
  std::set<fs::path> found;
  fs::path root = SIMULATE_SOURCE_DIR;
  for (const char* top : {"simulator", "tools"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      auto extension = entry.path().extension();
      if (extension == ".h" || extension == ".cpp") {
        found.insert(fs::relative(entry.path(), root));
      }
    }
  }
  return found;
}

TEST(Layers, LookDownOnly) {
  ASSERT_FALSE(sources().empty());
  for (const fs::path& file : sources()) {
    std::string room = room_of(file);
    ASSERT_TRUE(kMayInclude.count(room)) << file << " is in no known room";
    for (const std::string& include :
         includes_of(fs::path(SIMULATE_SOURCE_DIR) / file)) {
      std::string below = room_of(include);
      EXPECT_TRUE(below == room || kMayInclude.at(room).count(below))
          << file << " (" << room << ") includes " << include;
    }
  }
}

TEST(Layers, KeepEachForeignLibraryInItsPlace) {
  const std::map<std::string, std::string> kOnlyIn = {
      {"<curl/curl.h>", "net"}, {"<CLI/CLI.hpp>", "commands"}};
  for (const fs::path& file : sources()) {
    std::ifstream in(fs::path(SIMULATE_SOURCE_DIR) / file);
    for (std::string line; std::getline(in, line);) {
      for (const auto& [library, room] : kOnlyIn) {
        if (line == "#include " + library) {
          EXPECT_EQ(room_of(file), room) << file << ": " << line;
        }
      }
    }
  }
}

}  // namespace
}  // namespace simulate
