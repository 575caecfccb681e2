#include "simulator/models/native_calls.h"

#include <gtest/gtest.h>

#include "simulator/calls/reply_parser.h"

namespace simulate {
namespace {

ParsedReply read(const std::string& content, const std::string& message,
                 ChatReply* kept = nullptr) {
  ChatReply reply;
  reply.content = content;
  read_calls_in_fields(*parse_json(message), reply);
  if (kept) *kept = reply;
  return parse_reply(reply.content);
}

std::string calls(const std::string& inside) {
  return R"({"tool_calls":[)" + inside + "]}";
}

TEST(NativeCalls, AreReadWhereverTheirArgumentsStand) {
  for (const char* arguments :
       {R"("{\"a\": [1, \"</tool_call>\"]}")", R"({"a":[1,"</tool_call>"]})"}) {
    ParsedReply reply =
        read("", calls(R"({"id":"x","type":"function","function":{"name":"f",)"
                       R"("arguments":)" +
                       std::string(arguments) + "}}"));
    ASSERT_EQ(reply.calls.size(), 1u) << arguments;
    EXPECT_EQ(reply.calls[0].name, "f");
    EXPECT_EQ(to_text(reply.calls[0].arguments), R"({"a":[1,"</tool_call>"]})");
    EXPECT_TRUE(reply.faults.empty());
  }
}

TEST(NativeCalls, OfOneReplyKeepTheirOrderAndTheirIds) {
  ChatReply kept;
  ParsedReply reply = read(
      "words",
      calls(
          R"({"id":"chatcmpl-tool-1","function":{"name":"f","arguments":""}},)"
          R"({"id":"functions.g:1","function":{"name":"g","arguments":"{}"},)"
          R"("extra_content":{"google":{"thought_signature":"S"}}})"),
      &kept);
  ASSERT_EQ(reply.calls.size(), 2u);
  EXPECT_EQ(reply.calls[0].name, "f");
  EXPECT_EQ(reply.calls[1].name, "g");
  EXPECT_EQ(reply.content, "words");
  EXPECT_EQ(kept.wire,
            R"([{"id":"chatcmpl-tool-1"},{"id":"functions.g:1",)"
            R"("extra_content":{"google":{"thought_signature":"S"}}}])");
}

TEST(NativeCalls, SurviveAThoughtThatWasNotEnded) {
  ParsedReply reply =
      read("<think>\nI had better look",
           calls(R"({"function":{"name":"f","arguments":"{}"}})"));
  ASSERT_EQ(reply.calls.size(), 1u);
  EXPECT_EQ(reply.thinking, "I had better look");
}

TEST(NativeCalls, MayHaveArgumentsWithTagsOfOurs) {
  ParsedReply reply =
      read("", calls(R"({"function":{"name":"f","arguments":)"
                     R"("{\"a\":\"<think>no</think><tool_call>\"}"}})"));
  ASSERT_EQ(reply.calls.size(), 1u);
  EXPECT_EQ(reply.calls[0].arguments["a"], "<think>no</think><tool_call>");
}

TEST(NativeCalls, OfOlderServersAreReadToo) {
  ParsedReply reply =
      read("", R"({"function_call":{"name":"f","arguments":"{\"a\":1}"}})");
  ASSERT_EQ(reply.calls.size(), 1u);
  EXPECT_EQ(reply.calls[0].arguments["a"], 1);
}

TEST(NativeCalls, ThatAreNoneAreLeftOut) {
  for (const char* message :
       {R"({"tool_calls":null})", R"({"tool_calls":"x"})",
        R"({"tool_calls":[1,{"function":null},{"id":"x"}]})",
        R"({"function_call":"f"})", "{}"}) {
    ChatReply kept;
    EXPECT_TRUE(read("words", message, &kept).calls.empty()) << message;
    EXPECT_EQ(kept.content, "words");
    EXPECT_EQ(kept.wire, "");
  }
}

// The model that wrote them is told, as with tags.
TEST(NativeCalls, WithArgumentsThatAreNoJsonAreFaults) {
  ParsedReply reply =
      read("", calls(R"({"function":{"name":"f","arguments":"{\"a\": "}})"));
  EXPECT_TRUE(reply.calls.empty());
  EXPECT_FALSE(reply.faults.empty());
}

}  // namespace
}  // namespace simulate
