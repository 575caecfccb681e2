#include "simulator/calls/thought.h"

#include <gtest/gtest.h>

#include <string>

namespace simulate {
namespace {

std::vector<ToolSpec> offered() {
  return {{"f", "", "{}", {{"type", "object"}}}};
}

Thought read(const std::string& text) {
  static const auto tools = offered();
  ControlTokens tokens(text);
  CallReader reader(text, tokens, tools);
  return read_thought(text, tokens, 0, text.size(), reader);
}

TEST(Thought, KeepsAMentionedTagAsAWord) {
  const std::pair<const char*, const char*> rows[] = {
      {"I use <tool_call> now.", "I use tool_call now."},
      {"In <tool_call> and </tool_call>.", "In tool_call and /tool_call."},
      {"It is `</think>`, I think.", "It is `/think`, I think."},
      {"Is it [TOOL_CALLS]?", "Is it TOOL_CALLS?"},
      {"a<tool_call>b", "a tool_call b"},
      {"The tag <function=Ü> opens it.", "The tag function=Ü opens it."},
  };
  for (const auto& [text, expected] : rows) {
    Thought thought = read(text);
    EXPECT_EQ(thought.text, expected);
    EXPECT_FALSE(thought.calls || thought.mentions_call) << text;
  }
}

TEST(Thought, CutsOutTheTagsAroundACall) {
  Thought thought = read("I try <tool_call>f(a=1)</tool_call> now.");
  EXPECT_EQ(thought.text, "I try f(a=1) now.");
  EXPECT_TRUE(thought.calls);
  EXPECT_FALSE(thought.mentions_call);
}

TEST(Thought, TellsACallInBackticksFromOneThatIsMeant) {
  Thought thought = read("I could write `<tool_call>f()</tool_call>`.");
  EXPECT_EQ(thought.text, "I could write `f()`.");
  EXPECT_FALSE(thought.calls);
  EXPECT_TRUE(thought.mentions_call);
}

TEST(Thought, NeverFormsATagOfWhatIsLeft) {
  for (const char* text :
       {"<<tool_call>tool_call>", "<tool_<tool_call>call>",
        "<|python_<|python_tag|>tag|>", "[TOOL_[TOOL_CALLS]CALLS]"}) {
    std::string left = read(text).text;
    EXPECT_EQ(ControlTokens(left).from(0), nullptr) << left;
  }
}

}  // namespace
}  // namespace simulate
