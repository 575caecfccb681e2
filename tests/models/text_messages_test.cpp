#include "simulator/models/text_messages.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

Message caller() {
  Message message{Speaker::assistant, "I look."};
  message.thinking = "Two things.";
  message.calls = {{"call00001", "f", {{"x", 1}}}, {"call00002", "g"}};
  return message;
}

Message result(int number) {
  Message message{Speaker::tool};
  message.result.body = {{"n", number}};
  return message;
}

std::string shown(const ChatRequest& request) {
  std::string text;
  for (const TextMessage& message : text_messages(request)) {
    text += "sua"[static_cast<size_t>(message.from)];
    text += ": " + message.content + "\n";
  }
  return text;
}

TEST(TextMessages, HaveCallsAndResultsInTags) {
  ChatRequest request;
  request.messages = {{Speaker::system, "You are Ada."},
                      {Speaker::tester, "hello"},
                      caller(),
                      result(1),
                      result(2)};
  EXPECT_EQ(shown(request),
            "s: You are Ada.\n"
            "u: hello\n"
            "a: <think>\nTwo things.\n</think>\n\nI look.\n\n"
            "<tool_call>f(x=1)</tool_call>\n<tool_call>g()</tool_call>\n"
            "u: <tool_result>{\"n\":1}</tool_result>\n"
            "<tool_result>{\"n\":2}</tool_result>\n");
  request.syntax = ToolSyntax::json;
  EXPECT_NE(shown(request).find("{\"name\": \"f\", \"arguments\": {\"x\": 1}}"),
            std::string::npos)
      << shown(request);
}

TEST(TextMessages, SayWhatFollowsResultsInTheSameMessage) {
  ChatRequest request;
  request.messages = {{Speaker::tester, "hello"},
                      caller(),
                      result(1),
                      {Speaker::tester, "One could not be read."},
                      {Speaker::assistant, "oops"},
                      {Speaker::tester, "Write it again."}};
  EXPECT_NE(shown(request).find("u: <tool_result>{\"n\":1}</tool_result>\n"
                                "One could not be read.\n"
                                "a: oops\n"
                                "u: Write it again.\n"),
            std::string::npos)
      << shown(request);
}

TEST(TextMessages, KeepApartWhatWasSaidApart) {
  ChatRequest request;
  request.messages = {{Speaker::tester, "one"}, {Speaker::tester, "two"}};
  EXPECT_EQ(shown(request), "u: one\nu: two\n");
}

}  // namespace
}  // namespace simulate
