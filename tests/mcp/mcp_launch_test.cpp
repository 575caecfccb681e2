#include "simulator/mcp/mcp_launch.h"

#include <gtest/gtest.h>

#include <algorithm>

#include <cstdlib>

#include "simulator/base/error.h"

namespace simulate {
namespace {

McpServerConfig config_with(
    std::vector<std::pair<std::string, std::string>> environment) {
  McpServerConfig config;
  config.name = "fake";
  config.command = "/bin/sh";
  config.environment = std::move(environment);
  return config;
}

TEST(McpLaunch, TellsKeysByTheNamesOfTheirVariablesAndByTheLookOfThem) {
  McpServerConfig config = config_with({{"WEATHER_APIKEY", "secret-1"},
                                        {"github_token", "secret-2"},
                                        {"MY-AUTH", "secret-3"},
                                        {"DB_PASSWORD", "secret-4"},
                                        {"MAX_TOKENS", "4096"},
                                        {"GIT_AUTHOR", "Ada King"},
                                        {"MAIL", "ada@example.org"},
                                        {"MODE", "production"},
                                        {"LANG", "en_US.UTF-8"},
                                        {"AT", "http://127.0.0.1:80/x"},
                                        {"DATA", "{{folder}}/data"},
                                        {"DB", "postgres://me:secret-5@h/d"},
                                        {"NAMELESS", "hush-hush-6"}});
  std::vector<std::string> secrets = mcp_secrets({config});
  std::sort(secrets.begin(), secrets.end());
  EXPECT_EQ(secrets, (std::vector<std::string>{
                         "hush-hush-6", "postgres://me:secret-5@h/d",
                         "secret-1", "secret-2", "secret-3", "secret-4"}));
}

TEST(McpLaunch, PutsTheFolderWhereItIsAskedFor) {
  McpServerConfig config = config_with({{"PLACE", "{{folder}}/x"}});
  config.arguments = {"--at={{folder}}", "plain"};
  ChildCommand command = mcp_launch(config, "/tmp/f");
  EXPECT_EQ(command.folder, "/tmp/f");
  EXPECT_EQ(command.arguments,
            (std::vector<std::string>{"--at=/tmp/f", "plain"}));
  size_t places = 0;
  for (const std::string& variable : command.environment) {
    if (variable == "PLACE=/tmp/f/x") ++places;
  }
  EXPECT_EQ(places, 1u);
}

TEST(McpLaunch, NamesAProgramThatIsNowhere) {
  McpServerConfig config = config_with({});
  config.command = "no-such-program";
  EXPECT_THROW(mcp_launch(config, "/tmp/f"), Error);
}

}  // namespace
}  // namespace simulate
