#include "simulator/mcp/mcp_launch.h"

#include <gtest/gtest.h>

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

TEST(McpLaunch, TellsKeysByTheNamesOfTheirVariables) {
  McpServerConfig config = config_with({{"WEATHER_APIKEY", "secret-1"},
                                        {"github_token", "secret-2"},
                                        {"MY-AUTH", "secret-3"},
                                        {"DB_PASSWORD", "secret-4"},
                                        {"MAX_TOKENS", "no-secret"},
                                        {"GIT_AUTHOR", "no-secret"},
                                        {"SHORT_KEY", "abc"}});
  EXPECT_EQ(mcp_secrets(config),
            (std::vector<std::string>{"secret-1", "secret-2", "secret-3",
                                      "secret-4"}));
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
