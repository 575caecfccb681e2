#include "simulator/mcp/mcp_state.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"

namespace simulate {
namespace {

TEST(McpState, IsTheSameTextWhateverTheOrder) {
  McpState one({});
  one.put("b", {{"f", "1"}});
  one.put("a", {{"g", "2"}});
  McpState two({});
  two.put("a", {{"g", "2"}});
  two.put("b", {{"f", "1"}});
  EXPECT_EQ(one.text().text, R"({"a":{"g":"2"},"b":{"f":"1"}})");
  EXPECT_EQ(two.text().text, one.text().text);
  EXPECT_EQ(McpState(one.text()).of("b"), Json({{"f", "1"}}));
}

TEST(McpState, IsNoTextWhenNothingIsRemembered) {
  McpState state({});
  EXPECT_EQ(state.of("a"), Json::object());
  state.put("a", {{"f", "1"}});
  state.put("a", Json::object());
  EXPECT_EQ(state.text().text, "");
}

TEST(McpState, RefusesWhatIsNoState) {
  for (const char* text : {"[]", "{", "7"}) {
    EXPECT_THROW(McpState({text}), Error) << text;
  }
}

}  // namespace
}  // namespace simulate
