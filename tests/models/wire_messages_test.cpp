#include "simulator/models/wire_messages.h"

#include <gtest/gtest.h>

#include "simulator/models/openai_wire.h"
#include "tests/strict_chat.h"

namespace simulate {
namespace {

ToolSpec add_memory() {
  return {"add_memory", "Keeps something.", R"({"input_text":["a"]})",
          *parse_json(R"({"type":"object","properties":{}})")};
}

const Offer& offer() {
  static const Offer offered{{add_memory()}, 6, 5};
  return offered;
}

Message calling(const std::string& words, int calls) {
  Message message;
  message.speaker = Speaker::assistant;
  message.content = words;
  message.thinking = "why not";
  for (int i = 0; i < calls; ++i) {
    message.calls.push_back({"call0000" + std::to_string(i + 1),
                             "add_memory",
                             {{"input_text", {"</tool_call> \"x\""}}}});
  }
  return message;
}

Message result_of(const std::string& id) {
  Message message;
  message.speaker = Speaker::tool;
  message.result = {id, "add_memory", {{"kept", 1}}};
  return message;
}

// A turn with two calls in one message, and the next one.
ChatRequest a_talk() {
  ChatRequest request;
  request.messages = {{Speaker::system, "notes TOOLS end"},
                      {Speaker::tester, "hello"},
                      calling("", 2),
                      result_of("call00001"),
                      result_of("call00002"),
                      {Speaker::assistant, "done"},
                      {Speaker::tester, "thanks"}};
  request.offer = &offer();
  request.tools_in_words = {6, 5, "FIELDS"};
  return request;
}

Provider native(const std::string& name) {
  Provider provider = known_provider(name);
  provider.tool_mode = ToolMode::native;
  return provider;
}

TEST(WireMessages, SendsCallsAndResultsInFieldsThatBelongTogether) {
  Json body = wire_body(native("mistral"), a_talk());
  EXPECT_EQ(why_refused(body), "");
  const Json& messages = body["messages"];
  ASSERT_EQ(messages.size(), 7u);
  EXPECT_EQ(messages[0]["content"], "notes FIELDS end");
  EXPECT_EQ(messages[2]["content"], "<think>\nwhy not\n</think>");
  EXPECT_EQ(messages[2]["tool_calls"][1]["id"], "call00002");
  EXPECT_EQ(messages[2]["tool_calls"][1]["function"]["arguments"],
            R"({"input_text":["</tool_call> \"x\""]})");
  EXPECT_EQ(messages[4]["tool_call_id"], "call00002");
  EXPECT_EQ(messages[4]["content"], R"({"kept":1})");
  EXPECT_EQ(body["tools"][0], function_json(add_memory()));
}

TEST(WireMessages, SendsNoToolsInFieldsWhereCallsAreTags) {
  Json body = wire_body(known_provider("mistral"), a_talk());
  EXPECT_EQ(why_refused(body), "");
  EXPECT_FALSE(body.contains("tools"));
  EXPECT_EQ(body["messages"][0]["content"], "notes TOOLS end");
  EXPECT_EQ(body["messages"][3]["role"], "user");
}

TEST(WireMessages, AutoIsNativeForAModelThatWasSeenToCallSo) {
  Provider provider = known_provider("mistral");
  provider.tool_mode = ToolMode::automatic;
  EXPECT_FALSE(wire_body(provider, a_talk()).contains("tools"));
  provider.native_models = {provider.model_for(Role::assistant)};
  EXPECT_TRUE(wire_body(provider, a_talk()).contains("tools"));
  provider.native_models = {"another"};
  EXPECT_FALSE(wire_body(provider, a_talk()).contains("tools"));
}

TEST(WireMessages, HasNoContentWhereAMessageOnlyCalls) {
  ChatRequest request = a_talk();
  request.messages[2].thinking.clear();
  Json messages = wire_body(native("openai"), request)["messages"];
  EXPECT_TRUE(messages[2]["content"].is_null());
}

TEST(WireMessages, GivesThoughtsBackInTheFieldTheyCameIn) {
  Json messages = wire_body(native("deepseek"), a_talk())["messages"];
  EXPECT_EQ(messages[2]["reasoning_content"], "why not");
  EXPECT_TRUE(messages[2]["content"].is_null());
  EXPECT_EQ(messages[5]["reasoning_content"], "");
  Json tags = wire_body(known_provider("deepseek"), a_talk())["messages"];
  EXPECT_EQ(tags[2]["reasoning_content"], "");
}

// Nobody says anything right behind a result: servers refused it for years.
TEST(WireMessages, PutsWhatIsSaidBehindAResultIntoIt) {
  ChatRequest request = a_talk();
  request.messages.resize(5);
  request.messages.push_back({Speaker::tester, "go on"});
  Json messages = wire_body(native("mistral"), request)["messages"];
  ASSERT_EQ(messages.size(), 5u);
  EXPECT_EQ(messages[4]["content"], "{\"kept\":1}\n\ngo on");
}

TEST(WireMessages, KeepStrictTurnsWhenSomebodySpeaksTwice) {
  ChatRequest request = a_talk();
  request.messages = {{Speaker::system, "notes TOOLS end"},
                      {Speaker::assistant, "hi"},
                      {Speaker::tester, "a"},
                      {Speaker::tester, "b"}};
  for (const Provider& provider :
       {native("mistral"), known_provider("mistral")}) {
    Json body = wire_body(provider, request);
    EXPECT_EQ(why_refused(body), "");
    EXPECT_EQ(body["messages"][1]["content"], "(The talk begins.)");
    EXPECT_EQ(body["messages"][3]["content"], "a\n\nb");
  }
}

TEST(WireMessages, SignsGeminisCallsAsItDidItself) {
  ChatRequest request = a_talk();
  Json first =
      wire_body(native("gemini"), request)["messages"][2]["tool_calls"];
  EXPECT_EQ(first[0]["extra_content"]["google"]["thought_signature"],
            "skip_thought_signature_validator");
  EXPECT_FALSE(first[1].contains("extra_content"));
  request.messages[2].wire =
      R"([{"id":"a","extra_content":{"google":{"thought_signature":"S"}}},{}])";
  Json signed_calls =
      wire_body(native("gemini"), request)["messages"][2]["tool_calls"];
  EXPECT_EQ(signed_calls[0]["extra_content"]["google"]["thought_signature"],
            "S");
  Json mistral =
      wire_body(native("mistral"), request)["messages"][2]["tool_calls"];
  EXPECT_FALSE(mistral[0].contains("extra_content"));
}

}  // namespace
}  // namespace simulate
