#include "simulator/models/streamed_reply.h"

#include <gtest/gtest.h>

#include "simulator/models/openai_wire.h"
#include "simulator/models/wire_reply.h"
#include "tests/net/http_client.h"
#include "tests/net/raw_server.h"

namespace simulate {
namespace {

Provider box() {
  Provider provider = known_provider("vllm");
  provider.key = "sk-canary-0123456789";
  return provider;
}

HttpResponse stream_of(const std::vector<std::string>& chunks) {
  HttpResponse response;
  response.status = 200;
  response.headers["content-type"] = "text/event-stream; charset=utf-8";
  for (const std::string& chunk : chunks) {
    response.body += "data: " + chunk + "\n\n";
  }
  return response;
}

std::string delta(const std::string& fields) {
  return R"({"model":"m","choices":[{"index":0,"delta":{)" + fields + "}}]}";
}

std::string end(const std::string& reason = "stop") {
  return R"({"choices":[{"index":0,"delta":{},"finish_reason":")" + reason +
         R"("}]})";
}

Json message_of(const std::vector<std::string>& chunks) {
  StreamedReply reply;
  for (const std::string& chunk : chunks) reply.add({"", chunk});
  return reply.body()["choices"][0]["message"];
}

ChatReply read(const HttpResponse& response) {
  ChatOutcome outcome = read_reply(box(), "asked", response);
  const auto* failure = std::get_if<ChatFailure>(&outcome);
  EXPECT_EQ(failure, nullptr) << (failure ? failure->message : "");
  return failure ? ChatReply() : std::get<ChatReply>(outcome);
}

ChatFailure fail(const HttpResponse& response) {
  return std::get<ChatFailure>(read_reply(box(), "asked", response));
}

void expect_equal(const ChatReply& one, const ChatReply& other) {
  EXPECT_EQ(one.content, other.content);
  EXPECT_EQ(one.thinking, other.thinking);
  EXPECT_EQ(one.finish, other.finish);
  EXPECT_EQ(one.usage.input_tokens, other.usage.input_tokens);
  EXPECT_EQ(one.usage.output_tokens, other.usage.output_tokens);
  EXPECT_EQ(one.player, other.player);
}

const std::string kWhole =
    R"({"model":"m","choices":[{"message":{"reasoning_content":"so it is",)"
    R"("content":"Grüße 🌱","tool_calls":[{"id":"1","function":{"name":"add",)"
    R"("arguments":"{\"a\": 1}"}}]},"finish_reason":"length"}],)"
    R"("usage":{"prompt_tokens":7,"completion_tokens":3}})";

std::vector<std::string> pieces_of_whole() {
  return {delta(R"("role":"assistant","content":"")"),
          delta(R"("reasoning_content":"so ")"),
          delta(R"("reasoning_content":"it is")"),
          delta(R"("content":"Grü")"),
          delta(R"("content":"ße 🌱")"),
          delta(R"("tool_calls":[{"index":0,"id":"1","function":)"
                R"({"name":"add","arguments":"{\"a\""}}])"),
          delta(R"("tool_calls":[{"index":0,"function":)"
                R"({"arguments":": 1}"}}])"),
          end("length"),
          R"({"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3}})",
          "[DONE]"};
}

TEST(StreamedReply, GivesTheReplyThatAWholeBodyGives) {
  HttpResponse whole;
  whole.status = 200;
  whole.body = kWhole;
  expect_equal(read(stream_of(pieces_of_whole())), read(whole));
}

// Gemini gives calls no index, and signs the first; Groq tells of its usage in
// a field of its own.
TEST(StreamedReply, KeepsSignaturesAndUsageWhereverTheyStand) {
  ChatReply reply = read(stream_of(
      {delta(R"("tool_calls":[{"id":"a","function":{"name":"f","arguments":)"
             R"("{}"},"extra_content":{"google":{"thought_signature":"S"}}}])"),
       delta(R"("tool_calls":[{"id":"b","function":{"name":"g","arguments":)"
             R"("{}"}}])"),
       R"({"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],)"
       R"("x_groq":{"usage":{"prompt_tokens":5,"completion_tokens":2}}})"}));
  EXPECT_EQ(
      reply.wire,
      R"([{"id":"a","extra_content":{"google":{"thought_signature":"S"}}},)"
      R"({"id":"b"}])");
  EXPECT_EQ(reply.usage.input_tokens, 5);
}

TEST(StreamedReply, ReadsPlainJsonWhateverItIsCalled) {
  HttpResponse whole;
  whole.status = 200;
  whole.headers["content-type"] = "text/event-stream";
  whole.body = kWhole;
  EXPECT_EQ(read(whole).thinking, "so it is");
}

TEST(StreamedReply, JoinsThinkingAndTextInParts) {
  ChatReply reply =
      read(stream_of({delta(R"("content":[{"type":"thinking","thinking":)"
                            R"([{"type":"text","text":"a "}]}])"),
                      delta(R"("content":[{"type":"thinking","thinking":)"
                            R"([{"type":"text","text":"thought"}]}])"),
                      delta(R"("content":[{"type":"text","text":"The "}])"),
                      delta(R"("content":"answer")"), end()}));
  EXPECT_EQ(reply.thinking, "a thought");
  EXPECT_EQ(reply.content, "The answer");
}

TEST(StreamedReply, TellsCallsApartHoweverTheyAreNumbered) {
  auto call = [](const std::string& index, const std::string& id,
                 const std::string& name, const std::string& arguments) {
    std::string fields = index;
    if (!id.empty()) fields += R"("id":")" + id + R"(",)";
    return delta(R"("tool_calls":[{)" + fields + R"("function":{"name":")" +
                 name + R"(","arguments":)" + arguments + "}}]");
  };
  const std::vector<std::vector<std::string>> ways = {
      {call(R"("index":0,)", "1", "a", R"("{")"),
       call(R"("index":1,)", "2", "b", R"("{}")"),
       call(R"("index":0,)", "", "", R"("}")")},
      {call("", "1", "a", R"("{")"), call("", "", "", R"("}")"),
       call("", "2", "b", R"("{}")")},
      {call("", "", "a", R"("{}")"), call("", "", "b", R"("{}")")},
      {call(R"("index":0,)", "1", "a", R"("{}")"),
       call(R"("index":0,)", "2", "b", R"("{}")")},
  };
  for (const auto& chunks : ways) {
    Json calls = message_of(chunks)["tool_calls"];
    ASSERT_EQ(calls.size(), 2u) << chunks[0];
    EXPECT_EQ(calls[0]["function"]["name"], "a");
    EXPECT_EQ(calls[0]["function"]["arguments"], "{}");
    EXPECT_EQ(calls[1]["function"]["name"], "b");
    EXPECT_EQ(calls[1]["function"]["arguments"], "{}");
  }
}

TEST(StreamedReply, KeepsArgumentsThatAreAnObject) {
  Json calls = message_of({delta(
      R"("tool_calls":[{"function":{"name":"a","arguments":{"b":1}}}])")})
      ["tool_calls"];
  EXPECT_EQ(calls[0]["function"]["arguments"], (Json{{"b", 1}}));
}

TEST(StreamedReply, FailsWithTheErrorThatCameInTheMiddle) {
  ChatFailure failure =
      fail(stream_of({delta(R"("content":"half")"),
                      R"({"error":{"message":"out of memory","code":500}})"}));
  EXPECT_EQ(failure.fault, ChatFault::unavailable);
  EXPECT_TRUE(failure.maybe_billed);
  EXPECT_EQ(failure.message,
            "vllm: its stream broke off with an error: out of memory");
  failure = fail(stream_of({R"({"error":{"message":"slow","code":429}})"}));
  EXPECT_EQ(failure.fault, ChatFault::rate_limited);
}

TEST(StreamedReply, IsCutWithoutAReasonToFinish) {
  for (const HttpResponse& response :
       {stream_of({}), stream_of({delta(R"("content":"half")")}),
        stream_of({delta(R"("content":"half")"), "[DONE]"})}) {
    ChatFailure failure = fail(response);
    EXPECT_EQ(failure.fault, ChatFault::unavailable);
    EXPECT_TRUE(failure.maybe_billed);
    EXPECT_EQ(failure.message, "vllm: its stream ended before the reply did");
  }
}

TEST(StreamedReply, IsNoReplyWithAPieceThatIsNoJson) {
  for (const char* piece : {"{\"choices\":[{", "7", "null"}) {
    ChatFailure failure = fail(stream_of({piece, end()}));
    EXPECT_EQ(failure.fault, ChatFault::unavailable) << piece;
  }
}

TEST(StreamedReply, TakesAnyShapeWithoutHarm) {
  for (const char* chunk :
       {"{}", R"({"choices":7})", R"({"choices":[7,null,[]]})",
        R"({"choices":[{"delta":[]}]})",
        R"({"choices":[{"delta":{"content":[7,null,{"type":7}]}}]})",
        R"({"choices":[{"delta":{"tool_calls":[7,{"index":"a"},{}]}}]})",
        R"({"choices":[{"delta":{"tool_calls":[{"function":[]}]}}]})",
        R"({"error":null,"usage":[],"model":7})"}) {
    read_reply(box(), "asked", stream_of({chunk, chunk, end()}));
  }
}

TEST(StreamedReply, HidesAKeyThatCameInTwoPieces) {
  ChatReply reply =
      read(stream_of({delta(R"("content":"it is sk-canary-")"),
                      delta(R"("content":"0123456789")"), end()}));
  EXPECT_EQ(reply.content.find("0123456789"), std::string::npos);
}

TEST(StreamedReply, IsAskedForOnlyInFieldsThatTheProviderKnows) {
  Json body = Json::object();
  ask_for_stream(known_provider("mistral").dialect, body);
  EXPECT_EQ(body, (Json{{"stream", true}}));
  ask_for_stream(known_provider("openai").dialect, body);
  EXPECT_EQ(body["stream_options"], (Json{{"include_usage", true}}));
}

// Byte by byte in chunks of their own, so that characters and ends of lines
// are cut.
TEST(StreamedReply, ComesWholeOverASocketThatTrickles) {
  std::string body = stream_of(pieces_of_whole()).body;
  for (size_t at = 0; (at = body.find('\n', at)) != body.npos; at += 2) {
    body.replace(at, 1, "\r\n");
  }
  RawServer server([&body](RawConnection& connection) {
    if (!connection.read_request()) return;
    connection.write(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
        "Transfer-Encoding: chunked\r\n\r\n");
    for (char byte : body) {
      connection.write("1\r\n" + std::string(1, byte) + "\r\n");
    }
    connection.write("0\r\n\r\n");
  });
  HttpResponse whole;
  whole.status = 200;
  whole.body = kWhole;
  expect_equal(read(HttpClient().response(request_to(server.url()))),
               read(whole));
}

}  // namespace
}  // namespace simulate
