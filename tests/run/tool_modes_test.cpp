// The same conversations with calls in tags and in fields of their own, against
// a server that is as strict about both as the strictest.
#include <gtest/gtest.h>

#include "simulator/calls/reply_parser.h"
#include "tests/run/virtual_run.h"
#include "tests/strict_chat.h"

namespace simulate {
namespace {

constexpr int kConversations = 60;

bool is_for_assistant(const Json& body) {
  return contains(string_at(body["messages"][0], "content"), "# Working notes");
}

// What was said, written with tags in either case, and no word of how calls are
// written.
Json in_tags(const Json& body) {
  Json talk = Json::array({{{"role", "system"}, {"content", ""}}});
  bool results = false;
  for (const Json& message : body["messages"]) {
    if (message["role"] == "system") continue;
    bool is_result = message["role"] == "tool";
    std::string text = message["content"].is_string()
                           ? message["content"].get<std::string>()
                           : "";
    if (is_result) text = "<tool_result>" + text + "</tool_result>";
    if (is_result && results) {
      talk.back()["content"] =
          talk.back()["content"].get<std::string>() + "\n" + text;
    } else {
      talk.push_back(
          {{"role", is_result ? "user" : message["role"]}, {"content", text}});
    }
    results = is_result;
  }
  return {{"messages", std::move(talk)}};
}

// With the calls of `text` in fields, under ids as vLLM makes them.
std::string completion_in_fields(const std::string& text) {
  ParsedReply read = parse_reply(text);
  Json message = {{"role", "assistant"}, {"content", nullptr}};
  std::string words;
  if (!read.thinking.empty()) words = "<think>" + read.thinking + "</think>";
  words += read.content;
  if (!words.empty()) message["content"] = words;
  for (const ParsedCall& call : read.calls) {
    size_t number = message["tool_calls"].size();
    message["tool_calls"].push_back(
        {{"id", "chatcmpl-tool-" + std::to_string(number)},
         {"type", "function"},
         {"function",
          {{"name", call.name}, {"arguments", to_text(call.arguments)}}}});
  }
  Json body = *parse_json(chat_completion("", "m"));
  body["choices"][0]["message"] = std::move(message);
  return to_text(body);
}

struct Served {
  std::vector<std::string> records;  // by slot
  int calls_in_fields = 0;
  int refused = 0;
};

Served play(ToolMode mode) {
  Served served;
  auto answer = [&](const HttpRequest& request) {
    Json body = *parse_json(request.body);
    std::string why = why_refused(body);
    if (!why.empty()) {
      ++served.refused;
      ADD_FAILURE() << why << ": " << request.body;
      return status(400, why.c_str());
    }
    if (!is_for_assistant(body)) return completion(request);
    EXPECT_EQ(body.contains("tools"), mode == ToolMode::native);
    std::string text = canned_reply(in_tags(body));
    HttpResponse response;
    response.status = 200;
    response.body = mode == ToolMode::native ? completion_in_fields(text)
                                             : chat_completion(text, "m");
    if (contains(response.body, "tool_calls")) ++served.calls_in_fields;
    return HttpResult(std::move(response));
  };
  VirtualRun run(kConversations);
  run.tool_mode = mode;
  run.add_server({"box", 20.0, Millis(100)}, answer);
  Report report = run.play();
  EXPECT_EQ(report.kept, kConversations);
  std::map<int64_t, std::string> by_slot;
  for (int64_t number = 1; number <= report.kept; ++number) {
    int64_t slot = run.reader().conversation(number).slot.number;
    by_slot[slot] =
        to_text((*parse_json(run.reader().render(number)))["conversations"]);
  }
  for (auto& [slot, record] : by_slot) served.records.push_back(record);
  return served;
}

TEST(ToolModes, GiveTheSameRecordsWithTagsAndInFields) {
  Served tags = play(ToolMode::tags);
  Served fields = play(ToolMode::native);
  EXPECT_EQ(tags.refused + fields.refused, 0);
  EXPECT_EQ(tags.calls_in_fields, 0);
  EXPECT_GT(fields.calls_in_fields, kConversations / 2);
  EXPECT_EQ(tags.records, fields.records);
  std::printf("%d conversations, %d replies with calls in fields: equal\n",
              kConversations, fields.calls_in_fields);
}

}  // namespace
}  // namespace simulate
