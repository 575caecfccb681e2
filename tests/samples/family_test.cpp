#include "simulator/samples/family.h"

#include <gtest/gtest.h>

#include "tests/samples/told.h"

namespace simulate {
namespace {

Message with_everything() {
  Message message = said(Speaker::assistant, "One moment.", "I look.");
  message.calls = {{"call00001", "recall", {{"query", "ö \"x\""}}}};
  return message;
}

TEST(Family, WritesRepliesAsItsModelsDo) {
  struct {
    const char* family;
    const char* reply;
  } rows[] = {
      {"qwen3",
       "<think>\nI look.\n</think>\n\nOne moment.\n<tool_call>\n"
       "{\"name\": \"recall\", \"arguments\": {\"query\": \"ö \\\"x\\\"\"}}\n"
       "</tool_call><|im_end|>"},
      {"hermes",
       "<think>\nI look.\n</think>\n\nOne moment.\n<tool_call>\n"
       "{\"name\": \"recall\", \"arguments\": {\"query\": \"ö \\\"x\\\"\"}}\n"
       "</tool_call><|im_end|>"},
      {"llama3",
       "<think>\nI look.\n</think>\n\nOne moment.\n\n"
       "{\"name\": \"recall\", \"parameters\": {\"query\": \"ö "
       "\\\"x\\\"\"}}<|eot_id|>"},
      {"mistral",
       "<think>\nI look.\n</think>\n\nOne moment.[TOOL_CALLS]["
       "{\"name\": \"recall\", \"arguments\": {\"query\": \"ö \\\"x\\\"\"}, "
       "\"id\": \"call00001\"}]</s>"},
      {"deepseek-r1",
       "<think>\nI look.\n</think>\n\nOne moment.\n\n"
       "<tool_call>recall(query=\"ö \\\"x\\\"\")</tool_call>"
       "<｜end▁of▁sentence｜>"},
      {"gpt-oss",
       "<|channel|>analysis<|message|>I look.<|end|><|start|>assistant"
       "<|channel|>commentary<|message|>One moment.<|end|><|start|>assistant"
       " to=functions.recall<|channel|>commentary json<|message|>"
       "{\"query\": \"ö \\\"x\\\"\"}<|call|>"},
  };
  ASSERT_EQ(std::size(rows), all_families().size());
  for (const auto& row : rows) {
    const Family* family = family_named(row.family);
    ASSERT_TRUE(family) << row.family;
    EXPECT_EQ(family->reply(with_everything(), ToolSyntax::python), row.reply);
  }
}

TEST(Family, EndsAnAnswerWithItsLastToken) {
  Message answer = said(Speaker::assistant, "Tom.", "");
  for (const Family* family : all_families()) {
    std::string reply = family->reply(answer, ToolSyntax::python);
    EXPECT_TRUE(reply.ends_with(family->eos)) << family->name;
    EXPECT_NE(reply.find("Tom."), reply.npos) << family->name;
  }
}

TEST(Family, WritesSeveralCallsInOneReply) {
  Message message = with_everything();
  message.calls.push_back({"call00002", "note", Json::object()});
  EXPECT_EQ(mistral().reply(message, ToolSyntax::python),
            "<think>\nI look.\n</think>\n\nOne moment.[TOOL_CALLS]["
            "{\"name\": \"recall\", \"arguments\": {\"query\": \"ö "
            "\\\"x\\\"\"}, \"id\": \"call00001\"}, "
            "{\"name\": \"note\", \"arguments\": {}, \"id\": "
            "\"call00002\"}]</s>");
}

TEST(Family, KnowsWhatItsTemplateDrops) {
  Message bare = with_everything();
  bare.content.clear();
  bare.thinking.clear();
  Message thought_only = with_everything();
  thought_only.content.clear();
  for (const Family* family : all_families()) {
    EXPECT_FALSE(family->loses_words(bare)) << family->name;
    EXPECT_EQ(family->loses_words(with_everything()), family != &qwen3())
        << family->name;
    bool shows_thoughts_of_calls = family == &qwen3() || family == &gpt_oss();
    EXPECT_EQ(family->loses_words(thought_only), !shows_thoughts_of_calls)
        << family->name;
  }
}

TEST(Family, WritesJsonAsPythonDoes) {
  EXPECT_EQ(
      python_json({{"a", {1, 2.5, nullptr, true}}, {"b", Json::object()}}),
      "{\"a\": [1, 2.5, null, true], \"b\": {}}");
}

}  // namespace
}  // namespace simulate
