#include "simulator/mcp/offered_names.h"

#include <cctype>
#include <map>

#include "simulator/base/error.h"

namespace simulate {

namespace {

constexpr size_t kLongest = 64;  // what OpenAI's and Mistral's servers accept

std::string mapped(std::string name) {
  for (char& c : name) {
    bool good = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' ||
                c == '.' || c == '-';
    if (!good) c = '_';
  }
  return name.substr(0, kLongest);
}

std::map<std::string, int> counted(const std::vector<std::string>& names,
                                   const std::vector<std::string>& taken) {
  std::map<std::string, int> counts;
  for (const std::string& name : names) ++counts[name];
  for (const std::string& name : taken) ++counts[name];
  return counts;
}

}  // namespace

std::vector<std::string> offered_names(const std::vector<McpToolName>& tools,
                                       const std::vector<std::string>& taken) {
  std::vector<std::string> names;
  for (const McpToolName& tool : tools) {
    names.push_back(mapped(tool.prefix + tool.tool));
  }
  auto counts = counted(names, taken);
  for (size_t i = 0; i < tools.size(); ++i) {
    if (counts[names[i]] == 1) continue;
    names[i] = mapped(tools[i].server + "_" + tools[i].tool);
  }
  counts = counted(names, taken);
  for (size_t i = 0; i < tools.size(); ++i) {
    if (counts[names[i]] == 1) continue;
    throw BadUsage("two tools would be named \"" + names[i] +
                   "\"; give MCP server \"" + tools[i].server +
                   "\" a \"prefix\" of its own, or leave the tool out of its "
                   "\"tools\"");
  }
  return names;
}

}  // namespace simulate
