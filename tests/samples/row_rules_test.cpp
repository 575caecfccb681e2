#include "simulator/samples/row_rules.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

Json message(const char* role, const char* content) {
  return {{"role", role}, {"content", content}};
}

Json calling(const char* id, const Json& arguments) {
  Json asked = message("assistant", "");
  asked["tool_calls"].push_back(
      {{"id", id}, {"function", {{"name", "f"}, {"arguments", arguments}}}});
  return asked;
}

Json result(const char* id) {
  Json answer = message("tool", "{}");
  answer["tool_call_id"] = id;
  return answer;
}

TEST(RowRules, NameWhatIsWrongInAChat) {
  const Json system = message("system", "s");
  const Json user = message("user", "u");
  const Json reply = message("assistant", "a");
  const Json object = Json::object();
  Json mute = message("user", "");
  mute["content"] = nullptr;
  struct {
    Json messages;
    const char* fault;
  } rows[] = {
      {{system, user, reply}, ""},
      {{user, calling("1", object), result("1"), reply}, ""},
      {Json::array(), "no messages"},
      {{user, system, reply}, "a system message that is not the first"},
      {{user, mute, reply}, "a message without text"},
      {{user, reply, user}, "no reply at its end"},
      {{user, calling("1", object), reply}, "a call without its result"},
      {{user, result("1"), reply}, "a result without its call"},
      {{user, calling("1", object), result("2"), reply},
       "a result with the id of another call"},
      {{user, calling("1", "{}"), result("1"), reply},
       "arguments that are no object"},
      {{user, message("human", "x"), reply}, "the unknown role \"human\""},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(chat_fault(row.messages, {}), row.fault) << row.messages.dump();
  }
}

TEST(RowRules, KnowArgumentsThatAreText) {
  const Json user = message("user", "u");
  const Json reply = message("assistant", "a");
  ChatRules rules{.text_arguments = true};
  EXPECT_EQ(chat_fault({user, calling("1", "{}"), result("1"), reply}, rules),
            "");
  EXPECT_EQ(chat_fault({user, calling("1", "[]"), result("1"), reply}, rules),
            "arguments that are no text of an object");
}

TEST(RowRules, LetWordsBeMissingBesideCallsWhereTheyMay) {
  Json silent = calling("1", Json::object());
  silent.erase("content");
  Json chat = {message("user", "u"), silent, result("1"),
               message("assistant", "a")};
  EXPECT_EQ(chat_fault(chat, {}), "a message without text");
  EXPECT_EQ(chat_fault(chat, {.content_with_calls = false}), "");
}

TEST(RowRules, WantToolsWithNamesAndSchemas) {
  Json good = {{"function", {{"name", "f"}, {"parameters", Json::object()}}}};
  Json text = {{"function", {{"name", "f"}, {"parameters", "{}"}}}};
  Json bare = {{"function", {{"name", "f"}}}};
  EXPECT_EQ(tools_fault(Json::array({good, text})), "");
  EXPECT_EQ(tools_fault(Json::array({bare})), "a tool without a schema");
  EXPECT_EQ(tools_fault(Json::array({Json::object()})),
            "a tool without a name");
  EXPECT_EQ(tools_fault("[]"), "tools that are no list");
}

}  // namespace
}  // namespace simulate
