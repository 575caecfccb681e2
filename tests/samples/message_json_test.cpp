#include "simulator/samples/message_json.h"

#include <gtest/gtest.h>

#include "tests/samples/told.h"

namespace simulate {
namespace {

Json json_of(size_t position, const MessageForm& form) {
  return message_json(told().transcript.messages[position], form,
                      ToolSyntax::python);
}

TEST(MessageJson, PutsAThoughtWhereTheTemplateLooksForIt) {
  EXPECT_EQ(json_of(5, {}), (Json{{"role", "assistant"},
                                  {"content", "Tom."},
                                  {"reasoning_content", "Found it."}}));
  EXPECT_EQ(json_of(5, {.thought = ThoughtPlace::thinking})["thinking"],
            "Found it.");
  EXPECT_EQ(json_of(5, {.thought = ThoughtPlace::content})["content"],
            "<think>\nFound it.\n</think>\n\nTom.");
}

TEST(MessageJson, WritesArgumentsAsObjectsOrAsText) {
  Json call = json_of(2, {})["tool_calls"][0];
  EXPECT_EQ(call,
            (Json{{"id", "call00001"},
                  {"type", "function"},
                  {"function",
                   {{"name", "recall"}, {"arguments", {{"query", "cat"}}}}}}));
  call = json_of(2, {.text_arguments = true})["tool_calls"][0];
  EXPECT_EQ(call["function"]["arguments"], "{\"query\":\"cat\"}");
}

TEST(MessageJson, NamesTheCallThatAResultAnswers) {
  EXPECT_EQ(json_of(3, {}), (Json{{"role", "tool"},
                                  {"content", "{\"found\":[\"Tom\"]}"},
                                  {"tool_call_id", "call00001"},
                                  {"name", "recall"}}));
}

TEST(MessageJson, WritesWhatTheTemplateWouldDropIntoTheWords) {
  Json learnt = json_of(9, {ThoughtPlace::content, false, &hermes()});
  EXPECT_FALSE(learnt.contains("tool_calls"));
  EXPECT_EQ(learnt["content"],
            "<think>\nThe name was wrong.\n</think>\n\nOne moment.\n"
            "<tool_call>\n{\"name\": \"note\", \"arguments\": {\"text\": "
            "\"Bo\"}}\n</tool_call>");
  // History is what the template makes of it when the model is served.
  Json history = json_of(7, {ThoughtPlace::content, false, &hermes()});
  EXPECT_TRUE(history.contains("tool_calls"));
}

TEST(MessageJson, HasRoomForOneBesideACallOfGptOss) {
  Json history = json_of(9, {ThoughtPlace::thinking, false, nullptr});
  EXPECT_EQ(history["content"], "");
  EXPECT_EQ(history["thinking"], "The name was wrong.");
}

TEST(MessageJson, ShowsATextThatAToolAnsweredAsItIs) {
  ToolResult result;
  result.body = "plain";
  EXPECT_EQ(result_text(result), "plain");
}

}  // namespace
}  // namespace simulate
