#include "simulator/models/openai_wire.h"

#include <algorithm>

#include "simulator/base/text.h"
#include "simulator/models/streamed_reply.h"
#include "simulator/models/text_messages.h"
#include "simulator/models/wire_call.h"
#include "simulator/models/wire_failures.h"

namespace simulate {

namespace {

// Of content and thinking. The longest that models are asked for is a
// hundredth of it.
constexpr size_t kMostText = 1 << 20;

const char* wire_role(TextMessage::From from) {
  switch (from) {
    case TextMessage::From::system:
      return "system";
    case TextMessage::From::user:
      return "user";
    case TextMessage::From::assistant:
      return "assistant";
  }
  return "user";
}

// Neighbours with one role are merged, and a talk that would begin with the
// assistant gets a user before it: hosted open models demand strict turns.
Json in_strict_turns(const std::vector<TextMessage>& messages) {
  using From = TextMessage::From;
  Json result = Json::array();
  From before = From::system;
  for (const TextMessage& message : messages) {
    if (!result.empty() && before == message.from) {
      result.back()["content"].get_ref<std::string&>() +=
          "\n\n" + message.content;
      continue;
    }
    if (before == From::system && message.from == From::assistant) {
      result.push_back({{"role", "user"}, {"content", "(The talk begins.)"}});
    }
    before = message.from;
    Json& added = result.emplace_back(Json::object());
    added["role"] = wire_role(message.from);
    added["content"] = message.content;
  }
  return result;
}

void append_text(std::string& target, const Json& value) {
  if (!value.is_string()) return;
  const auto& text = value.get_ref<const std::string&>();
  if (text.empty()) return;
  if (!target.empty()) target += "\n";
  target += text;
}

// Mistral's reasoning models answer with a list of chunks: thinking, itself a
// list, and text.
void read_chunks(const Json& chunks, ChatReply& reply) {
  for (const Json& chunk : chunks) {
    if (chunk.is_string()) {
      reply.content += chunk.get<std::string>();
    } else if (string_at(chunk, "type") == "thinking") {
      const Json& inner =
          chunk.contains("thinking") ? chunk["thinking"] : chunk;
      if (inner.is_string()) append_text(reply.thinking, inner);
      if (!inner.is_array()) continue;
      for (const Json& part : inner) {
        reply.thinking += string_at(part, "text");
      }
    } else {
      reply.content += string_at(chunk, "text");
    }
  }
}

// A model that answers with native calls although none were offered natively
// still means them: they join the text, where the parser finds them.
void read_native_calls(const Json& message, ChatReply& reply) {
  auto calls = message.find("tool_calls");
  if (calls == message.end() || !calls->is_array()) return;
  for (const Json& call : *calls) {
    if (!call.is_object() || !call.contains("function")) continue;
    const Json& function = call["function"];
    Json plain = {{"name", string_at(function, "name")}};
    if (function.is_object() && function.contains("arguments")) {
      plain["arguments"] = function["arguments"];
    }
    reply.content += "\n<tool_call>" + to_text(plain) + "</tool_call>";
  }
}

Finish read_finish(const Json& choice) {
  std::string reason = string_at(choice, "finish_reason");
  if (reason == "length" || reason == "model_length") return Finish::length;
  if (reason == "content_filter" || reason == "error" || reason == "abort") {
    return Finish::refused;
  }
  return Finish::stop;
}

int64_t count_at(const Json& usage, const char* key) {
  auto found = usage.find(key);
  if (found == usage.end() || !found->is_number()) return 0;
  return static_cast<int64_t>(std::clamp(found->get<double>(), 0.0, 1e9));
}

ChatFailure no_chat_reply(const Provider& provider, const HttpResponse& got) {
  ChatFailure failure;
  failure.fault = ChatFault::unavailable;
  failure.maybe_billed = true;
  std::string_view body = trimmed(got.body);
  const char* what = body.starts_with("<") ? "a web page" : "no chat reply";
  failure.message = provider.name + " answered with " + what + " (\"" +
                    shortened(one_line(body), 60) +
                    "\"); check its base_url: " + provider.address();
  return failure;
}

ChatFailure too_much_text(const Provider& provider, size_t bytes) {
  ChatFailure failure;
  failure.fault = ChatFault::refused;
  failure.maybe_billed = true;
  failure.message = provider.name + " answered with " + std::to_string(bytes) +
                    " bytes of text, more than a reply may have";
  return failure;
}

ChatOutcome read_success(const Provider& provider, const std::string& model,
                         const HttpResponse& response) {
  // A byte that is no UTF-8 is no reason to buy the answer again.
  std::optional<Json> body = parse_json(mended_utf8(response.body));
  if (!body || !body->is_object()) return no_chat_reply(provider, response);
  auto choices = body->find("choices");
  if (choices == body->end() || !choices->is_array() || choices->empty() ||
      !(*choices)[0].is_object() || !(*choices)[0].contains("message") ||
      !(*choices)[0]["message"].is_object()) {
    return no_chat_reply(provider, response);
  }
  const Json& message = (*choices)[0]["message"];
  ChatReply reply;
  for (const char* field : {"reasoning", "reasoning_content"}) {
    if (reply.thinking.empty() && message.contains(field)) {
      append_text(reply.thinking, message[field]);
    }
  }
  if (auto content = message.find("content"); content != message.end()) {
    if (content->is_string()) reply.content = content->get<std::string>();
    if (content->is_array()) read_chunks(*content, reply);
  }
  read_native_calls(message, reply);
  reply.finish = read_finish((*choices)[0]);
  if (auto usage = body->find("usage");
      usage != body->end() && usage->is_object()) {
    reply.usage = {count_at(*usage, "prompt_tokens"),
                   count_at(*usage, "completion_tokens")};
  }
  reply.player = {provider.name,
                  shortened(one_line(string_at(*body, "model", model)), 200)};
  size_t text = reply.content.size() + reply.thinking.size();
  if (text > kMostText) return too_much_text(provider, text);
  return reply;
}

Json answer_format(const Json& schema) {
  return {{"type", "json_schema"},
          {"json_schema",
           {{"name", "answer"}, {"strict", true}, {"schema", schema}}}};
}

}  // namespace

Json wire_body(const Provider& provider, const ChatRequest& request) {
  const WireDialect& dialect = provider.dialect;
  RoleModel own;
  if (auto found = provider.roles.find(request.role);
      found != provider.roles.end()) {
    own = found->second;
  }
  Json body;
  body["model"] = asked_model(provider, request);
  body["messages"] = in_strict_turns(text_messages(request));
  double temperature = own.temperature.value_or(request.sampling.temperature);
  body["temperature"] = std::min(temperature, dialect.highest_temperature);
  body[dialect.limit_field] =
      own.max_tokens.value_or(request.sampling.max_tokens);
  if (!dialect.seed_field.empty()) {
    // Schemas ask for a 32-bit integer that is not negative.
    body[dialect.seed_field] = static_cast<int64_t>(request.seed & 0x7FFFFFFF);
  }
  if (!request.sampling.stop.empty()) {
    std::vector<std::string> stops = request.sampling.stop;
    stops.resize(std::min(stops.size(), dialect.most_stops));
    body["stop"] = stops;
  }
  if (request.answer_schema && dialect.takes_answer_schema) {
    body["response_format"] = answer_format(*request.answer_schema);
  }
  return body;
}

ChatOutcome read_reply(const Provider& provider, const std::string& model,
                       const HttpResponse& response) {
  if (is_stream(response)) {
    auto joined = joined_stream(provider, response);
    const auto* failure = std::get_if<ChatFailure>(&joined);
    if (failure) return *failure;
    return read_success(provider, model, std::get<HttpResponse>(joined));
  }
  if (response.status >= 200 && response.status < 300) {
    return read_success(provider, model, response);
  }
  return failure_of(provider, model, response);
}

OpenAiWire::OpenAiWire(Provider provider, Http& http)
    : provider_(std::move(provider)), http_(http) {}

asio::awaitable<ChatOutcome> OpenAiWire::reply(const ChatRequest& request) {
  const CallEvents nobody;
  auto sending = send(request, nobody);
  co_return co_await std::move(sending);
}

asio::awaitable<ChatOutcome> OpenAiWire::send(const ChatRequest& request,
                                              const CallEvents& events) {
  Json body = wire_body(provider_, request);
  if (provider_.stream) ask_for_stream(provider_.dialect, body);
  auto calling = call_provider(provider_, http_, "/chat/completions",
                               to_text(body), events);
  HttpResult result = co_await std::move(calling);
  if (const auto* failure = std::get_if<HttpFailure>(&result)) {
    co_return failure_of(provider_, *failure);
  }
  ChatOutcome outcome = read_reply(provider_, asked_model(provider_, request),
                                   std::get<HttpResponse>(result));
  auto* reply = std::get_if<ChatReply>(&outcome);
  if (reply && request.on_text) request.on_text(reply->content);
  co_return outcome;
}

}  // namespace simulate
