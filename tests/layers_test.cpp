// Reads every include and enforces the table of layers: a file may include its
// own room and the rooms below it, nothing else.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace simulate {
namespace {

namespace fs = std::filesystem;

// From the ground up. What a room may include besides itself.
const std::map<std::string, std::set<std::string>> kMayInclude = {
    {"base", {}},
    {"metrics", {"base"}},
    {"net", {"base"}},
    {"tables", {"base"}},
    {"calls", {"base"}},
    {"tools", {"base", "calls"}},
    {"transcript", {"base", "calls"}},
    {"mcp", {"base", "net", "calls", "tools"}},
    {"models", {"base", "net", "calls", "transcript"}},
    {"offline", {"base", "calls", "net", "models"}},
    {"guards", {"base", "calls", "transcript"}},
    {"conversation",
     {"base", "net", "tables", "calls", "tools", "transcript", "models",
      "guards"}},
    {"export",
     {"base", "calls", "tools", "transcript", "models", "conversation"}},
    {"samples",
     {"base", "tables", "calls", "transcript", "conversation", "export"}},
    {"report",
     {"base", "calls", "transcript", "models", "guards", "metrics",
      "conversation", "export", "samples"}},
    {"settings",
     {"base", "calls", "tools", "models", "conversation", "export", "samples"}},
    {"store",
     {"base", "net", "calls", "tools", "transcript", "models", "conversation",
      "export", "settings"}},
    {"run",
     {"base", "net", "calls", "tools", "transcript", "models", "conversation",
      "metrics", "export", "samples", "report", "settings", "store"}},
    {"commands",
     {"base", "net", "tables", "calls", "tools", "mcp", "models", "offline",
      "metrics", "conversation", "export", "samples", "report", "settings",
      "store", "run"}},
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

// What writes to a stream or a descriptor by another name than ours.
TEST(Layers, KnowNoOtherWayToTheTerminalThanTheScreen) {
  const std::regex way(
      R"(\b(v?d?f?printf|f?put[sc]|putchar|fputws|fwrite|perror|psignal)\()"
      R"(|std::(cout|cerr|clog|print)|[ (!]::writev?\(|\bofstream\b|/dev/(tty|std))");
  // A file of their own, and no terminal, is what the others write to.
  const std::set<std::string> kMay = {
      "simulator/base/screen.cpp", "simulator/base/file.cpp",
      "simulator/base/spool.cpp", "simulator/base/answering_child.cpp",
      "simulator/mcp/folder_state.cpp"};
  for (const fs::path& file : sources()) {
    if (kMay.count(file.string())) continue;
    std::ifstream in(fs::path(SIMULATE_SOURCE_DIR) / file);
    for (std::string line; std::getline(in, line);) {
      EXPECT_FALSE(std::regex_search(line, way)) << file << ": " << line;
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

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::set<std::string> tests_by_name() {
  std::set<std::string> names;
  fs::path root = fs::path(SIMULATE_SOURCE_DIR) / "tests";
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    names.insert(entry.path().filename());
  }
  return names;
}

// What "Tested by" names: paths whose last parts are files of tests/.
std::vector<std::string> tests_named_in(const std::string& text) {
  std::vector<std::string> names;
  size_t begin = text.find("// Tested by ");
  if (begin == text.npos) return names;
  std::istringstream line(text.substr(begin, text.find('\n', begin) - begin));
  for (std::string word; line >> word;) {
    size_t end = word.find("_test.cpp");
    if (end != word.npos) {
      names.push_back(fs::path(word.substr(0, end + 9)).filename());
    }
  }
  return names;
}

// A unit is a header with its source, or one of them alone.
TEST(Layers, HaveATestOrSayWhereTheyAreTested) {
  fs::path root = SIMULATE_SOURCE_DIR;
  std::set<std::string> tests = tests_by_name();
  for (const fs::path& file : sources()) {
    fs::path header = fs::path(file).replace_extension(".h");
    if (file != header && fs::exists(root / header)) continue;
    if (tests.count(file.stem().string() + "_test.cpp")) continue;
    std::vector<std::string> named = tests_named_in(text_of(root / file));
    EXPECT_FALSE(named.empty()) << file << " does not say who tests it";
    for (const std::string& test : named) {
      EXPECT_TRUE(tests.count(test)) << file << " names " << test;
    }
  }
}

}  // namespace
}  // namespace simulate
