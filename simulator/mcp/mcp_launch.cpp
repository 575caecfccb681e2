#include "simulator/mcp/mcp_launch.h"

#include <re2/re2.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "simulator/base/error.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

// What a program needs to run at all. Nothing else of our environment is
// handed on: it holds keys.
constexpr const char* kInherited[] = {"PATH",   "HOME",   "USER", "LOGNAME",
                                      "SHELL",  "LANG",   "TERM", "LC_CTYPE",
                                      "LC_ALL", "TMPDIR", "TZ"};

std::map<std::string, std::string> environment_of(const McpServerConfig& config,
                                                  const std::string& folder) {
  std::map<std::string, std::string> variables;
  for (const char* name : kInherited) {
    const char* value = std::getenv(name);
    if (value) variables[name] = value;
  }
  for (const auto& [name, value] : config.environment) {
    variables[name] = replaced(value, "{{folder}}", folder);
  }
  return variables;
}

// WEATHER_APIKEY and MY-AUTH, but neither MAX_TOKENS nor GIT_AUTHOR.
bool is_key(const std::string& variable) {
  static const RE2 word(
      R"((?i)(?:key|token|secret|passw(?:or)?d|auth|credentials?)(?:[_.-]|$))");
  return RE2::PartialMatch(variable, word);
}

// What settings are made of: "true", "0.5", "/var/data", "en_US.UTF-8",
// "Ada King", "ada@example.org", "http://127.0.0.1:8080/x", but not
// "postgres://me:secret@host/db".
bool is_plain(const std::string& value) {
  static const RE2 plain(
      R"([A-Za-z]*|[-+.,:\d]*|[a-z]{2}_[A-Z]{2}\.[\w-]+|[\w.+-]+@[\w.-]+|)"
      R"(\pL[\pL.'-]*(?: \pL[\pL.'-]*)+|)"
      R"((?:~|\.{0,2}|\{\{folder\}\})/[^:@]*|[a-z]+://[^@]*)");
  return RE2::FullMatch(value, plain);
}

}  // namespace

ChildCommand mcp_launch(const McpServerConfig& config, const fs::path& folder) {
  ChildCommand command;
  command.folder = fs::absolute(folder);
  auto variables = environment_of(config, command.folder.string());
  command.program = program_named(config.command, variables["PATH"]);
  if (command.program.empty()) {
    throw Error("MCP server \"" + config.name + "\": there is no program \"" +
                quotable(config.command) +
                "\" on the PATH; install it, or write where it lies");
  }
  for (const std::string& argument : config.arguments) {
    command.arguments.push_back(
        replaced(argument, "{{folder}}", command.folder.string()));
  }
  for (const auto& [name, value] : variables) {
    command.environment.push_back(name + "=" + value);
  }
  return command;
}

std::vector<std::string> mcp_secrets(
    const std::vector<McpServerConfig>& configs) {
  std::vector<std::string> secrets;
  for (const McpServerConfig& config : configs) {
    for (const auto& [name, value] : config.environment) {
      if (is_key(name) || !is_plain(value)) secrets.push_back(value);
    }
  }
  return secrets;
}

}  // namespace simulate
