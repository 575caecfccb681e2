#include "simulator/mcp/mcp_offers.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/text.h"

namespace simulate {
namespace {

McpServerConfig server(const std::string& name) {
  McpServerConfig config;
  config.name = name;
  return config;
}

ToolSpec tool(const std::string& name) {
  ToolSpec spec;
  spec.name = name;
  spec.parameters = {{"type", "object"}};
  return spec;
}

TEST(McpOffers, KnowsTheServerBehindEachName) {
  McpOffers offers({server("first"), server("empty"), server("second")},
                   {{tool("echo"), tool("look")}, {}, {tool("echo")}},
                   {"look"});
  ASSERT_EQ(offers.groups().size(), 2u);
  EXPECT_EQ(offers.groups()[0].name, "mcp:first");
  EXPECT_EQ(offers.groups()[1].name, "mcp:second");
  const McpOffer* echo = offers.find("second_echo");
  ASSERT_NE(echo, nullptr);
  EXPECT_EQ(echo->server, 2u);
  EXPECT_EQ(echo->tool, "echo");
  EXPECT_EQ(offers.groups()[1].tools[0].spec.name, "second_echo");
  EXPECT_NE(offers.find("first_look"), nullptr);
  EXPECT_EQ(offers.find("look"), nullptr);
}

TEST(McpOffers, RefusesAToolWhoseArgumentsCannotBeChecked) {
  ToolSpec odd = tool("odd");
  odd.parameters = {{"type", "strange"}};
  try {
    McpOffers offers({server("fake")}, {{odd}}, {});
    ADD_FAILURE() << "it was taken";
  } catch (const BadUsage& refused) {
    EXPECT_TRUE(contains(refused.what(), "MCP server \"fake\""))
        << refused.what();
    EXPECT_TRUE(contains(refused.what(), "leave the tool out"))
        << refused.what();
  }
}

}  // namespace
}  // namespace simulate
