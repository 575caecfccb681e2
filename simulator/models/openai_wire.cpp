#include "simulator/models/openai_wire.h"

#include <openssl/evp.h>

#include <algorithm>

#include "simulator/base/text.h"
#include "simulator/models/retry_after.h"
#include "simulator/models/text_messages.h"

namespace simulate {

namespace {

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

std::string base64(const std::string& text) {
  std::string code(4 * ((text.size() + 2) / 3) + 1, '\0');
  int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(code.data()),
                      reinterpret_cast<const unsigned char*>(text.data()),
                      static_cast<int>(text.size()));
  code.resize(static_cast<size_t>(size));
  return code;
}

// Gateways echo what they refuse, and an address may hold a password.
std::string without_secrets(const Provider& provider, std::string message) {
  if (!provider.key.empty()) {
    message = replaced(std::move(message), provider.key, "(the key)");
  }
  size_t at = provider.base_url.find('@');
  size_t slashes = provider.base_url.find("://");
  if (at == std::string::npos || slashes == std::string::npos) return message;
  std::string login = provider.base_url.substr(slashes + 3, at - slashes - 2);
  message = replaced(std::move(message), login, "");
  // curl sends a login in base64, and gateways repeat that as well.
  login.pop_back();
  return replaced(std::move(message), base64(login), "(the key)");
}

ChatFailure no_chat_reply(const Provider& provider, const HttpResponse& got) {
  ChatFailure failure;
  failure.fault = ChatFault::unavailable;
  failure.maybe_billed = true;
  // Before it is cut: a piece of a key would not be recognised.
  std::string whole = without_secrets(provider, got.body);
  std::string_view body = trimmed(whole);
  const char* what = body.starts_with("<") ? "a web page" : "no chat reply";
  failure.message = provider.name + " answered with " + what + " (\"" +
                    shortened(printable(body), 60) +
                    "\"); check its base_url: " + provider.base_url;
  return failure;
}

ChatOutcome read_success(const Provider& provider, const std::string& model,
                         const HttpResponse& response) {
  std::optional<Json> body = parse_json(response.body);
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
  reply.player = {provider.name, string_at(*body, "model", model)};
  return reply;
}

std::string text_of(const Json& value);

std::string first_text(const Json& object,
                       std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    if (object.contains(key)) {
      std::string text = text_of(object[key]);
      if (!text.empty()) return text;
    }
  }
  return "";
}

// Error bodies come in at least eight shapes; see read_error_text.
std::string text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_object()) {
    return first_text(value, {"message", "msg", "detail", "error"});
  }
  if (value.is_array() && !value.empty()) return text_of(value[0]);
  return "";
}

std::string read_error_text(const Provider& provider,
                            const HttpResponse& response) {
  std::optional<Json> body = parse_json(response.body);
  std::string text;
  if (body && body->is_object()) {
    text = first_text(*body, {"error", "message", "detail"});
  }
  if (text.empty()) text = response.body;
  text = without_secrets(provider, std::move(text));  // before it is cut
  return shortened(printable(trimmed(text)), 200);
}

bool is_transient(int status) {
  static constexpr int kTransient[] = {408, 409, 425, 500, 502, 503, 504,
                                       520, 521, 522, 523, 524, 529};
  return std::find(std::begin(kTransient), std::end(kTransient), status) !=
         std::end(kTransient);
}

bool names_unknown_model(const std::string& text) {
  std::string low = lowered(text);
  return contains(low, "model_not_supported") ||
         contains(low, "not supported by any provider") ||
         (contains(low, "model") && contains(low, "does not exist"));
}

ChatFault fault_of(const Provider& provider, const HttpResponse& response) {
  int status = response.status;
  if (status == 429) return ChatFault::rate_limited;
  if (is_transient(status)) return ChatFault::unavailable;
  if (status == 401 || status == 402 || status == 404)
    return ChatFault::unusable;
  if (status == 403) {
    return provider.dialect.forbidden_means_too_long ? ChatFault::refused
                                                     : ChatFault::unusable;
  }
  if (status == 400 && names_unknown_model(response.body)) {
    return ChatFault::unusable;
  }
  return ChatFault::refused;
}

// What a person does about a provider that is out.
std::string remedy_for(const Provider& provider, const std::string& model,
                       int status) {
  std::string variable =
      provider.key_variable.empty() ? "" : provider.key_variable + " or ";
  switch (status) {
    case 401:
    case 403:
      return "; check " + variable + provider.name + "'s key in secrets.json";
    case 402:
      return "; its credit is used up: add credit or leave it out of "
             "--providers";
    default:
      return "; check the model \"" + model + "\" and base_url " +
             provider.base_url + " in secrets.json";
  }
}

ChatFailure read_failure(const Provider& provider, const std::string& model,
                         const HttpResponse& response) {
  ChatFailure failure;
  failure.fault = fault_of(provider, response);
  failure.retry_after = retry_after(response);
  failure.message = provider.name + " answered " +
                    std::to_string(response.status) + ": " +
                    read_error_text(provider, response);
  if (failure.fault == ChatFault::unusable) {
    failure.message += remedy_for(provider, model, response.status);
  }
  return failure;
}

// A model that a role was given by name, else the one of the provider's row.
std::string asked_model(const Provider& provider, const ChatRequest& request) {
  for (const Player& player : request.players) {
    if (player.provider == provider.name && !player.model.empty()) {
      return player.model;
    }
  }
  return provider.model_for(request.role);
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
  if (response.status >= 200 && response.status < 300) {
    return read_success(provider, model, response);
  }
  return read_failure(provider, model, response);
}

ChatFailure failure_of(const Provider& provider, const HttpFailure& failure) {
  ChatFailure result;
  switch (failure.fault) {
    case HttpFault::cancelled:
      result.fault = ChatFault::stopped;
      break;
    case HttpFault::bad_request:
      result.fault = ChatFault::unusable;
      break;
    case HttpFault::too_large:
      result.fault = ChatFault::refused;
      break;
    default:
      result.fault = ChatFault::unavailable;
  }
  result.message = provider.name + ": " + failure.message;
  result.maybe_billed = failure.maybe_processed;
  return result;
}

OpenAiWire::OpenAiWire(Provider provider, Http& http)
    : provider_(std::move(provider)), http_(http) {}

asio::awaitable<ChatOutcome> OpenAiWire::reply(const ChatRequest& request) {
  HttpRequest post;
  post.url = provider_.base_url + "/chat/completions";
  post.headers.push_back("Content-Type: application/json");
  if (!provider_.key.empty()) {
    post.headers.push_back("Authorization: Bearer " + provider_.key);
  }
  post.body = to_text(wire_body(provider_, request));
  HttpResult result = co_await http_.send(std::move(post));
  if (const auto* failure = std::get_if<HttpFailure>(&result)) {
    co_return failure_of(provider_, *failure);
  }
  ChatOutcome outcome = read_reply(provider_, asked_model(provider_, request),
                                   std::get<HttpResponse>(result));
  if (auto* failure = std::get_if<ChatFailure>(&outcome)) {
    failure->message = without_secrets(provider_, failure->message);
  } else if (request.on_text) {
    request.on_text(std::get<ChatReply>(outcome).content);
  }
  co_return outcome;
}

}  // namespace simulate
