// What each token means is in tests/calls/replies, in the rows of its family.
#include "simulator/calls/control_tokens.h"

#include <gtest/gtest.h>

#include <string>

namespace simulate {
namespace {

TEST(ControlTokens, AreFoundInTheirOrder) {
  std::string text = "a<tool_call>f()</tool_call><|im_end|>";
  ControlTokens tokens(text);
  ASSERT_NE(tokens.from(0), nullptr);
  EXPECT_TRUE(tokens.from(0)->is(TokenKind::block, false));
  EXPECT_TRUE(tokens.from(2)->is(TokenKind::block, true));
  EXPECT_EQ(tokens.at(1), tokens.from(0));
  EXPECT_EQ(tokens.at(2), nullptr);
  EXPECT_EQ(tokens.last_before(text.size())->kind, TokenKind::turn_end);
  EXPECT_EQ(tokens.from(text.size()), nullptr);
  EXPECT_EQ(tokens.last_before(3), nullptr);
}

TEST(ControlTokens, AreFoundByTheirKind) {
  std::string text = "<think>a</think><tool_call>";
  ControlTokens tokens(text);
  const ControlToken* closer =
      tokens.find(TokenKind::think, true, 0, text.size());
  ASSERT_NE(closer, nullptr);
  EXPECT_EQ(closer->at, text.find("</think>"));
  EXPECT_EQ(tokens.find(TokenKind::think, true, 0, closer->at), nullptr);
  EXPECT_EQ(tokens.find(TokenKind::list, false, 0, text.size()), nullptr);
}

TEST(ControlTokens, NameTheRecipientInAnyScript) {
  for (const char* text :
       {">>>größe\n{}", "x>>>größe\n{}",
        "<|channel|>commentary to=functions.größe<|message|>{}"}) {
    ControlTokens tokens(text);
    ASSERT_NE(tokens.from(0), nullptr) << text;
    EXPECT_EQ(tokens.from(0)->kind, TokenKind::recipient) << text;
    EXPECT_TRUE(tokens.from(0)->name.ends_with("größe")) << text;
  }
}

TEST(ControlTokens, TakeArrowsWithinALineForAnOperator) {
  EXPECT_EQ(ControlTokens("a>>>b\nc").from(0), nullptr);
  EXPECT_EQ(ControlTokens(">>> print(1)\n").from(0), nullptr);
}

TEST(ControlTokens, AreNotLookedForWithoutEnd) {
  std::string text;
  for (int i = 0; i < 6000; ++i) text += "<think>";
  ControlTokens tokens(text);
  EXPECT_LT(tokens.searched_until(), text.size());
  EXPECT_EQ(ControlTokens("<think>").searched_until(), 7u);
}

}  // namespace
}  // namespace simulate
