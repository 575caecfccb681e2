// The same conversations with calls in tags and in fields of their own, whole
// and streamed, against a server that is as strict as the strictest.
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

std::string event(const Json& chunk) {
  return "data: " + to_text(chunk) + "\r\n\r\n";
}

Json delta(Json fields, const char* finish = nullptr) {
  Json choice = {{"index", 0}, {"delta", std::move(fields)}};
  choice["finish_reason"] = finish ? Json(finish) : Json();
  Json chunk = {{"model", "m"}};
  chunk["choices"].push_back(std::move(choice));
  return chunk;
}

// Words in pieces of some bytes, that of a letter in two among them; arguments
// in two; the usage at the end.
HttpResponse as_stream(const HttpResponse& whole) {
  Json body = *parse_json(whole.body);
  const Json& message = body["choices"][0]["message"];
  HttpResponse stream;
  stream.status = 200;
  stream.headers["content-type"] = "text/event-stream";
  std::string words = message["content"].is_string()
                          ? message["content"].get<std::string>()
                          : "";
  while (!words.empty()) {
    size_t size = std::min<size_t>(words.size(), 5);
    while (size < words.size() && (words[size] & 0xC0) == 0x80) ++size;
    stream.body += event(delta({{"content", words.substr(0, size)}}));
    words.erase(0, size);
  }
  Json calls = message.value("tool_calls", Json::array());
  for (size_t i = 0; i < calls.size(); ++i) {
    std::string arguments = calls[i]["function"]["arguments"];
    Json first = calls[i];
    first["index"] = i;
    first["function"]["arguments"] = arguments.substr(0, 3);
    Json rest = {{"index", i}};
    rest["function"]["arguments"] =
        arguments.substr(std::min<size_t>(3, arguments.size()));
    stream.body += event(delta({{"tool_calls", Json::array({first})}}));
    stream.body += event(delta({{"tool_calls", Json::array({rest})}}));
  }
  stream.body += event(delta(Json::object(), "stop"));
  stream.body += event({{"choices", Json::array()}, {"usage", body["usage"]}});
  stream.body += "data: [DONE]\r\n\r\n";
  return stream;
}

struct Served {
  std::vector<std::string> records;  // by slot
  int calls_in_fields = 0;
  int refused = 0;
};

Served play(ToolMode mode, bool stream = false) {
  Served served;
  auto answer = [&](const HttpRequest& request) {
    Json body = *parse_json(request.body);
    std::string why = why_refused(body);
    if (!why.empty()) {
      ++served.refused;
      ADD_FAILURE() << why << ": " << request.body;
      return status(400, why.c_str());
    }
    EXPECT_EQ(body.contains("stream"), stream);
    auto sent = [stream](const HttpResponse& whole) {
      return HttpResult(stream ? as_stream(whole) : whole);
    };
    if (!is_for_assistant(body)) {
      return sent(std::get<HttpResponse>(completion(request)));
    }
    EXPECT_EQ(body.contains("tools"), mode == ToolMode::native);
    std::string text = canned_reply(in_tags(body));
    HttpResponse response;
    response.status = 200;
    response.body = mode == ToolMode::native ? completion_in_fields(text)
                                             : chat_completion(text, "m");
    if (contains(response.body, "tool_calls")) ++served.calls_in_fields;
    return sent(response);
  };
  VirtualRun run(kConversations);
  run.tool_mode = mode;
  run.stream = stream;
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

TEST(Streams, GiveTheSameRecordsAsWholeAnswers) {
  for (ToolMode mode : {ToolMode::tags, ToolMode::native}) {
    Served whole = play(mode);
    Served streamed = play(mode, /*stream=*/true);
    EXPECT_EQ(whole.refused + streamed.refused, 0);
    EXPECT_EQ(whole.records, streamed.records);
  }
  std::printf("%d conversations each, streamed and whole: equal\n",
              kConversations);
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
