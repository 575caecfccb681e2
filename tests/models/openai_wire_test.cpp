#include "simulator/models/openai_wire.h"

#include <gtest/gtest.h>

#include "simulator/models/retry_after.h"
#include "simulator/models/wire_reply.h"
#include "simulator/net/fake_http.h"
#include "simulator/net/redacted_http.h"
#include "tests/canned_models.h"
#include "tests/run_awaitable.h"

namespace simulate {
namespace {

ChatRequest request_with(std::vector<Message> messages) {
  ChatRequest request;
  request.messages = std::move(messages);
  request.sampling = {1.8, 100, {"a", "b", "c", "d", "e"}};
  request.seed = 0xFFFFFFFFFFu;
  return request;
}

HttpResponse response(int status, std::string body) {
  HttpResponse answer;
  answer.status = status;
  answer.body = std::move(body);
  return answer;
}

ChatReply success(const std::string& body) {
  auto outcome =
      read_reply(known_provider("mistral"), "some-model", response(200, body));
  EXPECT_TRUE(std::holds_alternative<ChatReply>(outcome)) << body;
  return std::get<ChatReply>(outcome);
}

ChatFailure failure(const std::string& provider, int status,
                    const std::string& body) {
  auto outcome = read_reply(known_provider(provider), "some-model",
                            response(status, body));
  EXPECT_TRUE(std::holds_alternative<ChatFailure>(outcome)) << body;
  return std::get<ChatFailure>(outcome);
}

TEST(OpenAiWire, SendsMistralOnlyWhatItsSchemaKnows) {
  Json body = wire_body(known_provider("mistral"),
                        request_with({{Speaker::tester, "hello"}}));
  std::set<std::string> allowed = {"model", "messages",    "temperature",
                                   "stop",  "random_seed", "max_tokens"};
  for (const auto& [key, value] : body.items()) {
    EXPECT_TRUE(allowed.count(key)) << key;
  }
  EXPECT_EQ(body["temperature"], 1.5);
  EXPECT_LE(body["random_seed"].get<int64_t>(), INT32_MAX);
}

TEST(OpenAiWire, SpellsFieldsAsEachProviderDoes) {
  ChatRequest request = request_with({{Speaker::tester, "hello"}});
  Json together = wire_body(known_provider("together"), request);
  EXPECT_EQ(together["temperature"], 1.0);
  EXPECT_TRUE(together.contains("seed"));
  EXPECT_TRUE(together["stop"].is_array());
  EXPECT_EQ(together["stop"].size(), 4u);
  Json openai = wire_body(known_provider("openai"), request);
  EXPECT_TRUE(openai.contains("max_completion_tokens"));
  EXPECT_FALSE(openai.contains("max_tokens"));
}

TEST(OpenAiWire, BringsMessagesIntoStrictTurns) {
  Json body = wire_body(known_provider("huggingface"),
                        request_with({{Speaker::system, "s"},
                                      {Speaker::assistant, "a"},
                                      {Speaker::tester, "b"},
                                      {Speaker::tester, "c"}}));
  std::string roles;
  for (const Json& message : body["messages"]) {
    roles += message["role"].get<std::string>()[0];
  }
  EXPECT_EQ(roles, "suau");
  EXPECT_EQ(body["messages"][3]["content"], "b\n\nc");
}

TEST(OpenAiWire, ReadsThinkingInAllItsPlaces) {
  struct Row {
    const char* message;
    const char* thinking;
    const char* content;
  };
  const Row rows[] = {
      {R"({"content":"hi"})", "", "hi"},
      {R"({"content":"hi","reasoning":"r"})", "r", "hi"},
      {R"({"content":"hi","reasoning_content":"r"})", "r", "hi"},
      {R"({"content":null,"reasoning":"r"})", "r", ""},
      {R"({"content":[{"type":"thinking","thinking":[{"type":"text",
          "text":"r"}]},{"type":"text","text":"hi"}]})",
       "r", "hi"},
      {R"({"content":"<think>r</think>hi"})", "", "<think>r</think>hi"},
  };
  for (const Row& row : rows) {
    ChatReply reply = success(std::string(R"({"choices":[{"message":)") +
                              row.message + R"(,"finish_reason":"stop"}]})");
    EXPECT_EQ(reply.thinking, row.thinking) << row.message;
    EXPECT_EQ(reply.content, row.content) << row.message;
  }
}

TEST(OpenAiWire, KeepsNativeCallsAsText) {
  ChatReply reply = success(
      R"({"choices":[{"message":{"content":"","tool_calls":[{"function":
      {"name":"f","arguments":"{\"a\":1}"}}]}}]})");
  EXPECT_EQ(reply.content,
            "\n<tool_call>{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}"
            "</tool_call>");
}

TEST(OpenAiWire, ReadsEveryFinishReason) {
  auto finish = [](const std::string& reason) {
    return success(R"({"choices":[{"message":{"content":"x"},)"
                   R"("finish_reason":")" +
                   reason + R"("}]})")
        .finish;
  };
  EXPECT_EQ(finish("eos"), Finish::stop);
  EXPECT_EQ(finish("model_length"), Finish::length);
  EXPECT_EQ(finish("length"), Finish::length);
  EXPECT_EQ(finish("content_filter"), Finish::refused);
}

TEST(OpenAiWire, TellsPatienceFromDespair) {
  struct Row {
    const char* provider;
    int status;
    const char* body;
    ChatFault fault;
  };
  const Row rows[] = {
      {"mistral", 429, R"({"message":"Requests rate limit exceeded"})",
       ChatFault::rate_limited},
      {"mistral", 500, "", ChatFault::unavailable},
      {"together", 503, R"({"error":{"message":"overloaded"}})",
       ChatFault::unavailable},
      {"mistral", 529, "", ChatFault::unavailable},
      {"mistral", 401, R"({"detail":"Unauthorized"})", ChatFault::unusable},
      {"huggingface", 402, R"({"error":"You have exceeded"})",
       ChatFault::unusable},
      {"together", 404, R"({"error":{"message":"no model"}})",
       ChatFault::unusable},
      {"together", 403, "", ChatFault::too_long},
      {"mistral", 403, "", ChatFault::unusable},
      {"huggingface", 400,
       R"({"error":{"message":"The requested model 'x' is not supported by )"
       R"(any provider you have enabled.","code":"model_not_supported"}})",
       ChatFault::unusable},
      {"mistral", 400, R"({"message":"too long"})", ChatFault::refused},
      {"mistral", 422, R"({"detail":[{"msg":"extra_forbidden"}]})",
       ChatFault::refused},
      {"gemini", 400, R"([{"error":{"code":400,"message":"API key bad"}}])",
       ChatFault::refused},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(failure(row.provider, row.status, row.body).fault, row.fault)
        << row.provider << " " << row.status;
  }
}

// Else the lane would rest, or be out, for the sake of one conversation.
TEST(OpenAiWire, KnowsARequestThatIsTooLongByItsWords) {
  const std::pair<int, const char*> rows[] = {
      {400, "This model's maximum context length is 8192 tokens."},
      {400,
       "Prompt contains 40000 tokens and 0 draft tokens, too large for "
       "model with 32768 maximum context length"},
      {422,
       "Input validation error: `inputs` tokens + `max_new_tokens` must "
       "be <= 32769"},
      {400,
       "the request exceeds the available context size. try increasing "
       "the context size or enable context shift"},
      {400,
       "The input token count (1048577) exceeds the maximum number of "
       "tokens allowed (1048576)."},
      {413,
       "Request too large for model `x` on tokens per minute (TPM): Limit "
       "6000, Requested 7000"},
      {429,
       "Request too large for gpt-4 on tokens per min (TPM): Limit 10000, "
       "Requested 20000."},
      {400, "Please reduce the length of the messages or completion."},
      {500, "The prompt is too long: 9000, model maximum context: 8192"},
  };
  for (const auto& [status, text] : rows) {
    std::string body = to_text({{"error", {{"message", text}}}});
    EXPECT_EQ(failure("vllm", status, body).fault, ChatFault::too_long) << text;
  }
  EXPECT_EQ(failure("vllm", 429, "Too many requests, slow down").fault,
            ChatFault::rate_limited);
  EXPECT_EQ(failure("vllm", 500, "the server is too busy").fault,
            ChatFault::unavailable);
}

TEST(OpenAiWire, FindsAnErrorUnderAStatusThatSaysSuccess) {
  ChatFailure limited = std::get<ChatFailure>(read_reply(
      known_provider("openrouter"), "m",
      response(200, R"({"error":{"code":429,"message":"slow down"}})")));
  EXPECT_EQ(limited.fault, ChatFault::rate_limited);
  ChatFailure broken = std::get<ChatFailure>(read_reply(
      known_provider("openrouter"), "m",
      response(200, R"({"choices":[{"finish_reason":"error","error":)"
                    R"({"message":"upstream"},"message":{"content":""}}]})")));
  EXPECT_EQ(broken.fault, ChatFault::unavailable);
  EXPECT_TRUE(contains(broken.message, "upstream"));
  EXPECT_TRUE(broken.maybe_billed);
}

TEST(OpenAiWire, ReadsTheReplyThatGroqShowsInItsError) {
  ChatOutcome outcome = read_reply(
      known_provider("groq"), "m",
      response(400, R"({"error":{"message":"Failed to call a function.",)"
                    R"("code":"tool_use_failed","failed_generation":)"
                    R"("<function=f>{\"a\": 1}</function>"}})"));
  ASSERT_TRUE(std::holds_alternative<ChatReply>(outcome));
  EXPECT_EQ(std::get<ChatReply>(outcome).content,
            "<function=f>{\"a\": 1}</function>");
  EXPECT_EQ(
      failure("groq", 400, R"({"error":{"message":"no","code":"x"}})").fault,
      ChatFault::refused);
}

TEST(OpenAiWire, TakesOddReasonsForAnEndAsWhatTheyMean) {
  const std::pair<const char*, Finish> rows[] = {
      {"eos", Finish::stop},
      {"tool_calls", Finish::stop},
      {"STOP", Finish::stop},
      {"end_turn", Finish::stop},
      {"MAX_TOKENS", Finish::length},
      {"model_length", Finish::length},
      {"model_context_window_exceeded", Finish::length},
      {"SAFETY", Finish::refused},
      {"content_filter: RECITATION", Finish::refused},
      {"function_call_filter: MALFORMED_FUNCTION_CALL", Finish::refused},
      {"insufficient_system_resource", Finish::refused},
      {"abort", Finish::refused}};
  for (const auto& [reason, meant] : rows) {
    ChatReply reply =
        success(R"({"choices":[{"message":{"content":"x"},"finish_reason":")" +
                std::string(reason) + "\"}]}");
    EXPECT_EQ(reply.finish, meant) << reason;
  }
  ChatReply refused = success(
      R"({"choices":[{"message":{"content":null,"refusal":"I can't."}}]})");
  EXPECT_EQ(refused.finish, Finish::refused);
}

TEST(OpenAiWire, FindsTheSentenceInEveryShapeOfError) {
  const std::pair<const char*, const char*> rows[] = {
      {R"({"error":{"message":"m"}})", "m"},
      {R"({"error":"m"})", "m"},
      {R"({"message":"m"})", "m"},
      {R"({"object":"error","message":{"detail":[{"msg":"m"}]}})", "m"},
      {R"({"detail":[{"type":"t","loc":["body"],"msg":"m"}]})", "m"},
      {R"([{"error":{"code":400,"message":"m","status":"S"}}])", "m"},
      {"plain words", "plain words"},
  };
  for (const auto& [body, text] : rows) {
    std::string message = failure("mistral", 422, body).message;
    EXPECT_EQ(message, std::string("mistral answered 422: ") + text);
  }
}

TEST(OpenAiWire, SaysWhatToDoAboutAWebPage) {
  ChatFailure page =
      std::get<ChatFailure>(read_reply(known_provider("mistral"), "some-model",
                                       response(200, "<html>Welcome</html>")));
  EXPECT_EQ(page.fault, ChatFault::unavailable);
  EXPECT_NE(page.message.find("a web page"), std::string::npos);
  EXPECT_NE(page.message.find("check its base_url"), std::string::npos);
}

TEST(OpenAiWire, SurvivesRepliesThatAreNone) {
  for (const char* body :
       {"", "null", "[]", "{}", R"({"choices":[]})", R"({"choices":[1]})",
        R"({"choices":[{"message":"x"}]})", R"({"choices":{"a":1}})"}) {
    auto outcome = read_reply(known_provider("vllm"), "m", response(200, body));
    EXPECT_TRUE(std::holds_alternative<ChatFailure>(outcome)) << body;
  }
}

TEST(OpenAiWire, DoesNotBuyAReplyAgainForABadByte) {
  std::string body = "{\"choices\":[{\"message\":{\"content\":\"caf\xE9\"}}]}";
  auto outcome = read_reply(known_provider("vllm"), "m", response(200, body));
  EXPECT_EQ(std::get<ChatReply>(outcome).content, "caf\uFFFD");
}

TEST(OpenAiWire, TakesNoReplyWithMoreThanAMebibyteOfText) {
  for (size_t size : {size_t{1} << 20, (size_t{1} << 20) + 1}) {
    std::string body = chat_completion(std::string(size, 'a'), "m");
    auto outcome = read_reply(known_provider("vllm"), "m", response(200, body));
    bool taken = std::holds_alternative<ChatReply>(outcome);
    EXPECT_EQ(taken, size <= size_t{1} << 20);
    if (taken) continue;
    EXPECT_EQ(std::get<ChatFailure>(outcome).fault, ChatFault::refused);
    EXPECT_TRUE(std::get<ChatFailure>(outcome).maybe_billed);
  }
}

TEST(OpenAiWire, KeepsTheNameOfAModelToOneLine) {
  std::string body = chat_completion("x", "a\nb\x1b[2J\u202E");
  auto outcome = read_reply(known_provider("vllm"), "m", response(200, body));
  EXPECT_EQ(std::get<ChatReply>(outcome).player.model, "a b[2J");
}

TEST(OpenAiWire, ShowsNoLoginOfAnAddress) {
  Provider provider = known_provider("vllm");
  provider.base_url = "http://me:secret-word@127.0.0.1:1/v1";
  EXPECT_EQ(provider.login(), "me:secret-word");
  for (int status : {200, 404}) {
    auto outcome = read_reply(provider, "m", response(status, "<html>"));
    std::string said = std::get<ChatFailure>(outcome).message;
    EXPECT_EQ(said.find("secret-word"), std::string::npos) << said;
    EXPECT_NE(said.find("http://127.0.0.1:1/v1"), std::string::npos) << said;
  }
}

TEST(OpenAiWire, PutsTheKeyInAHeaderAndNowhereElse) {
  Provider provider = known_provider("mistral");
  provider.key = "canary-key";
  FakeTimer timer;
  auto refuse = [](const HttpRequest&) -> HttpResult {
    return response(401, R"({"message":"invalid token canary-key"})");
  };
  FakeHttp http(timer, refuse);
  RedactedHttp redacted(http, Redactor({provider.key}));
  OpenAiWire wire(provider, redacted);
  ChatRequest request = request_with({{Speaker::tester, "hello"}});
  ChatOutcome outcome = run_awaitable(timer, wire.reply(request));
  const HttpRequest& sent = http.requests().at(0);
  EXPECT_EQ(sent.url, "https://api.mistral.ai/v1/chat/completions");
  EXPECT_EQ(sent.headers.at(0), "Authorization: Bearer canary-key");
  EXPECT_EQ(sent.body.find("canary"), std::string::npos);
  std::string message = std::get<ChatFailure>(outcome).message;
  EXPECT_EQ(message.find("canary"), std::string::npos);
  EXPECT_NE(message.find("MISTRAL_API_KEY"), std::string::npos);
}

// A remedy names the address, in which a login may stand.
TEST(OpenAiWire, ShowsNoLoginInTheRemedyForAWrongAddress) {
  Provider provider;
  provider.name = "box";
  provider.base_url = "http://me:canary@127.0.0.1:8000/v1";
  FakeTimer timer;
  FakeHttp http(timer, [](const HttpRequest&) -> HttpResult {
    return response(404, "there is nothing here");
  });
  OpenAiWire wire(provider, http);
  ChatRequest request = request_with({{Speaker::tester, "hello"}});
  ChatOutcome outcome = run_awaitable(timer, wire.reply(request));
  std::string message = std::get<ChatFailure>(outcome).message;
  EXPECT_NE(message.find("127.0.0.1:8000/v1 in secrets.json"),
            std::string::npos)
      << message;
  EXPECT_EQ(message.find("canary"), std::string::npos) << message;
}

TEST(OpenAiWire, TellsWhetherARequestMayHaveBeenBilled) {
  for (bool processed : {false, true}) {
    FakeTimer timer;
    FakeHttp http(timer, [processed](const HttpRequest&) -> HttpResult {
      return HttpFailure{HttpFault::cut, "it broke off", processed};
    });
    OpenAiWire wire(known_provider("mistral"), http);
    ChatRequest request = request_with({{Speaker::tester, "hello"}});
    ChatOutcome outcome = run_awaitable(timer, wire.reply(request));
    EXPECT_EQ(std::get<ChatFailure>(outcome).maybe_billed, processed);
  }
}

TEST(OpenAiWire, SaysWhichDeadlinePassedAndWhereItIsSet) {
  FakeTimer timer;
  FakeHttp http(timer, [](const HttpRequest&) -> HttpResult {
    return HttpFailure{HttpFault::timed_out, "nothing came", true, "idle"};
  });
  Provider provider = known_provider("mistral");
  provider.stream = true;
  OpenAiWire wire(provider, http);
  ChatRequest request = request_with({{Speaker::tester, "hello"}});
  auto failure =
      std::get<ChatFailure>(run_awaitable(timer, wire.reply(request)));
  EXPECT_EQ(failure.fault, ChatFault::unavailable);
  EXPECT_TRUE(failure.maybe_billed);
  EXPECT_EQ(failure.message,
            "mistral: nothing came (\"providers.mistral.deadlines.idle\" in "
            "secrets.json)");
}

TEST(OpenAiWire, HoldsEachProviderToItsDeadlines) {
  FakeTimer timer;
  FakeHttp http(timer, [](const HttpRequest&) { return response(500, ""); });
  Provider provider = known_provider("mistral");
  provider.deadlines.total = Seconds(7);
  ChatRequest request = request_with({{Speaker::tester, "hello"}});
  OpenAiWire whole(provider, http);
  run_awaitable(timer, whole.reply(request));
  provider.stream = true;
  OpenAiWire streamed(provider, http);
  run_awaitable(timer, streamed.reply(request));
  provider.deadlines.idle = Seconds(90);
  provider.idle_is_set = true;
  OpenAiWire patient(provider, http);
  run_awaitable(timer, patient.reply(request));
  ASSERT_EQ(http.requests().size(), 3u);
  EXPECT_EQ(http.requests()[0].deadlines.total, Seconds(7));
  EXPECT_EQ(http.requests()[0].deadlines.idle, Seconds(120));
  EXPECT_EQ(http.requests()[0].body.find("\"stream\""), std::string::npos);
  EXPECT_EQ(http.requests()[1].deadlines.idle, Seconds(60));
  EXPECT_NE(http.requests()[1].body.find("\"stream\":true"), std::string::npos);
  EXPECT_EQ(http.requests()[2].deadlines.idle, Seconds(90));
}

TEST(OpenAiWire, TellsTheTextOfAReplyOnceItIsThere) {
  FakeTimer timer;
  int status = 200;
  FakeHttp http(timer, [&status](const HttpRequest&) -> HttpResult {
    return response(status, R"({"choices":[{"message":{"content":"hi"}}]})");
  });
  OpenAiWire wire(known_provider("mistral"), http);
  std::string told;
  ChatRequest request = request_with({{Speaker::tester, "hello"}});
  request.on_text = [&told](std::string_view piece) { told += piece; };
  run_awaitable(timer, wire.reply(request));
  EXPECT_EQ(told, "hi");
  status = 500;
  run_awaitable(timer, wire.reply(request));
  EXPECT_EQ(told, "hi") << "of a failure there is no text";
}

TEST(OpenAiWire, AsksForTheModelThatWasNamed) {
  ChatRequest request = request_with({{Speaker::tester, "hello"}});
  Provider mistral = known_provider("mistral");
  EXPECT_EQ(wire_body(mistral, request)["model"], "mistral-large-latest");
  request.players = {{"box", "b"}, {"mistral", "m"}};
  EXPECT_EQ(wire_body(mistral, request)["model"], "m");
  request.players = {{"mistral"}};
  EXPECT_EQ(wire_body(mistral, request)["model"], "mistral-large-latest");
}

TEST(OpenAiWire, SendsASchemaForTheAnswerOnlyToThoseWhoTakeOne) {
  ChatRequest request = request_with({{Speaker::tester, "hello"}});
  EXPECT_FALSE(wire_body(known_provider("mistral"), request)
                   .contains("response_format"));
  request.answer_schema = Json{{"type", "object"}};
  Json format =
      wire_body(known_provider("mistral"), request)["response_format"];
  EXPECT_EQ(format["type"], "json_schema");
  EXPECT_EQ(format["json_schema"]["schema"], *request.answer_schema);
  EXPECT_TRUE(format["json_schema"].contains("name"));
  EXPECT_FALSE(wire_body(known_provider("huggingface"), request)
                   .contains("response_format"));
  EXPECT_FALSE(wire_body(Provider(), request).contains("response_format"));
}

TEST(RetryAfter, ReadsTheWordsOfErrors) {
  const std::pair<const char*, std::optional<Micros>> rows[] = {
      {R"({"error":{"message":"Please try again in 7.66s. Visit"}})",
       Millis(7660)},
      {R"({"error":{"message":"Please try again in 1m26.4s."}})",
       Millis(86'400)},
      {R"({"error":{"details":[{"retryDelay": "34s"}]}})", Seconds(34)},
      {"Rate limited: retry after 20 seconds", Seconds(20)},
      {"Please wait for 2 minutes", Seconds(120)},
      {"Try again in 300ms", Millis(300)},
      {"Try again in 5 apples", std::nullopt},
      {"Try again later", std::nullopt},
  };
  for (const auto& [body, expected] : rows) {
    HttpResponse answer;
    answer.body = body;
    EXPECT_EQ(retry_after(answer), expected) << body;
  }
}

TEST(RetryAfter, ReadsSecondsDatesAndMilliseconds) {
  using Headers = std::map<std::string, std::string>;
  const std::pair<Headers, std::optional<Micros>> rows[] = {
      {{{"retry-after", "3"}}, Seconds(3)},
      {{{"retry-after", "0.5"}}, Millis(500)},
      {{{"retry-after-ms", "250"}, {"retry-after", "9"}}, Millis(250)},
      {{{"retry-after", "Sat, 21 Nov 2026 10:00:30 GMT"},
        {"date", "Sat, 21 Nov 2026 10:00:00 GMT"}},
       Seconds(30)},
      {{{"retry-after", "Sat, 21 Nov 2026 09:00:00 GMT"},
        {"date", "Sat, 21 Nov 2026 10:00:00 GMT"}},
       Seconds(0)},
      {{{"x-ratelimit-reset", "2"}}, Seconds(2)},
      {{{"retry-after", "1m30s"}}, Seconds(90)},
      {{{"x-ratelimit-reset", "1795255230"},
        {"date", "Sat, 21 Nov 2026 10:00:00 GMT"}},
       Seconds(30)},
      {{{"x-ratelimit-reset", "1795255230000"},
        {"date", "Sat, 21 Nov 2026 10:00:00 GMT"}},
       Seconds(30)},
      {{{"x-ratelimit-reset", "1795255230"}}, std::nullopt},
      {{{"x-ratelimit-remaining-requests", "0"},
        {"x-ratelimit-reset-requests", "12s"},
        {"x-ratelimit-remaining-tokens", "900"},
        {"x-ratelimit-reset-tokens", "6m0s"}},
       Seconds(12)},
      {{{"retry-after", "1e8"}}, Seconds(600)},
      {{{"retry-after", "-1"}}, std::nullopt},
      {{{"retry-after", "soon"}}, std::nullopt},
      {{}, std::nullopt},
  };
  for (const auto& [headers, expected] : rows) {
    HttpResponse answer;
    answer.headers = headers;
    EXPECT_EQ(retry_after(answer), expected);
  }
}

}  // namespace
}  // namespace simulate
