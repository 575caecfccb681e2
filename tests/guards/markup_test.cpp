#include "simulator/guards/markup.h"

#include <gtest/gtest.h>

#include "simulator/calls/special_tokens.h"

namespace simulate::guards {
namespace {

TEST(Markup, FindSpecialTokensAndNothingElse) {
  for (const char* bad :
       {"hi <|im_start|>", "[INST] x", "x</s>", "<|eot_id|>", "<<SYS>>",
        "<start_of_turn>user", "<｜end▁of▁sentence｜>", "[TOOL_CALLS]"}) {
    EXPECT_TRUE(has_special_tokens(bad)) << bad;
  }
  for (const char* good : {"a < b | c > d", "see [1] and [INSTEAD]", "<3 you",
                           "price <s", "x || y"}) {
    EXPECT_FALSE(has_special_tokens(good)) << good;
  }
}

TEST(Markup, CutMarkupOutOfAThought) {
  EXPECT_EQ(without_markup("I emit <tool_call> now</s>"), "I emit  now");
  EXPECT_EQ(without_markup("<th<think>ink>x"), "x");
  EXPECT_EQ(without_markup("2 < 3"), "2 < 3");
}

TEST(Markup, FindWhoWritesSomebodysLines) {
  for (const char* bad :
       {"Sure.\nUser: and then?", "Assistant: Hello", "**Human:** hi",
        "> USER: x", "Ada: I am here", "__Assistant__ : yes", "## User:\nhi"}) {
    EXPECT_TRUE(names_a_speaker(bad, "Ada")) << bad;
  }
  for (const char* good :
       {"The user: a person", "Users: 12", "user: root", "- System: Linux",
        "hi Ada: quick question", "```\nUser: root\n```\nThat is it.",
        "Human rights: a list"}) {
    EXPECT_FALSE(names_a_speaker(good, "Ada")) << good;
  }
}

}  // namespace
}  // namespace simulate::guards
