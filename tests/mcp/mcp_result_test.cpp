#include "simulator/mcp/mcp_result.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

McpResult result_of(const char* answer, size_t max_bytes = 1000) {
  return mcp_result_from(*parse_json(answer), max_bytes);
}

TEST(McpResult, ReadsEveryKindOfContent) {
  const std::pair<const char*, const char*> rows[] = {
      {R"({"content": [{"type": "text", "text": "a"},
                       {"type": "text", "text": "b"}]})",
       R"({"result":"a\nb"})"},
      {R"({"content": [{"type": "text", "text": " {\"a\": [1, 2.50]} "}]})",
       R"({"a":[1,2.5]})"},
      {R"({"content": [{"type": "text", "text": "[1, 2]"}]})",
       R"({"result":[1,2]})"},
      {R"({"content": [{"type": "text", "text": "{not json"}]})",
       R"({"result":"{not json"})"},
      {R"({"content": [{"type": "text", "text": "17"}]})",
       R"({"result":"17"})"},
      {R"({"content": [{"type": "audio", "mimeType": "audio/wav"},
                       {"type": "resource_link", "uri": "demo://1"},
                       {"type": "odd"}]})",
       R"({"result":"[audio, audio/wav]\n[resource_link, demo://1]\n[odd]"})"},
      {R"({"content": [{"type": "resource",
                        "resource": {"uri": "demo://1", "text": "t"}}]})",
       R"({"result":"t"})"},
      {R"({"content": [{"type": "resource",
                        "resource": {"mimeType": "image/gif", "blob": "A"}}]})",
       R"({"result":"[resource, image/gif]"})"},
      {R"({"content": [{"type": "text", "text": "said"}],
           "structuredContent": {"a": 1}})",
       R"({"result":"said"})"},
      {R"({"content": [{"type": "image", "mimeType": "image/png"}],
           "structuredContent": {"a": 1}})",
       R"({"a":1})"},
      {R"({"content": []})", R"({"result":""})"},
      {R"({})", R"({"result":""})"},
      {R"({"content": [1, null, {"type": 5}], "isError": "yes"})",
       R"({"result":"[something]"})"},
  };
  for (const auto& [answer, body] : rows) {
    McpResult result = result_of(answer);
    EXPECT_EQ(to_text(result.body), body) << answer;
    EXPECT_FALSE(result.error) << answer;
  }
}

TEST(McpResult, MarksErrors) {
  const std::pair<const char*, const char*> rows[] = {
      {R"({"isError": true, "content": [{"type": "text", "text": "no"}]})",
       R"({"error":"no"})"},
      {R"({"isError": true})",
       R"({"error":"The tool failed and said no more."})"},
      {R"({"isError": true, "structuredContent": {"code": 4}})",
       R"({"error":"{\"code\":4}"})"},
      {R"([1])", R"({"error":"The tool's answer was no object."})"},
  };
  for (const auto& [answer, body] : rows) {
    McpResult result = result_of(answer);
    EXPECT_EQ(to_text(result.body), body) << answer;
    EXPECT_TRUE(result.error) << answer;
  }
}

TEST(McpResult, RefusesMoreThanMayBe) {
  const char* answer = R"({"content": [{"type": "text", "text": "12345"}]})";
  EXPECT_FALSE(result_of(answer, 18).error);
  McpResult refused = result_of(answer, 17);
  EXPECT_TRUE(refused.error);
  EXPECT_EQ(string_at(refused.body, "error"),
            "The result has 18 bytes, and at most 17 are taken. Ask for less.");
}

}  // namespace
}  // namespace simulate
