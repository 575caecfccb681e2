#include "simulator/models/wire_reply.h"

#include <algorithm>

#include "simulator/base/text.h"
#include "simulator/models/native_calls.h"
#include "simulator/models/streamed_reply.h"
#include "simulator/models/wire_failures.h"

namespace simulate {

namespace {

// Of content and thinking. The longest that models are asked for is a
// hundredth of it.
constexpr size_t kMostText = 1 << 20;

void append_text(std::string& target, const Json& value) {
  if (!value.is_string()) return;
  const auto& text = value.get_ref<const std::string&>();
  if (text.empty()) return;
  if (!target.empty()) target += "\n";
  target += text;
}

// Text, or a list of such chunks; nothing of anything else.
std::string text_in(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  std::string text;
  if (!value.is_array()) return text;
  for (const Json& part : value) {
    text +=
        part.is_string() ? part.get<std::string>() : string_at(part, "text");
  }
  return text;
}

bool is_thought(const std::string& type) {
  return type == "thinking" || type == "reasoning" ||
         type == "reasoning.text" || type == "reasoning.summary";
}

// Mistral's reasoning models answer with a list of chunks: thinking, itself a
// list, and text.
void read_chunks(const Json& chunks, ChatReply& reply) {
  for (const Json& chunk : chunks) {
    if (!is_thought(string_at(chunk, "type"))) {
      reply.content += chunk.is_string() ? chunk.get<std::string>()
                                         : string_at(chunk, "text");
      continue;
    }
    for (const char* field : {"thinking", "reasoning", "summary", "text"}) {
      auto found = chunk.find(field);
      if (found == chunk.end()) continue;
      append_text(reply.thinking, Json(text_in(*found)));
      break;
    }
  }
}

// In the field that comes first in line: servers that name it twice say the
// same in both. OpenRouter has details beside it, or instead.
void read_thinking(const Json& message, ChatReply& reply) {
  for (const char* field : {"reasoning", "reasoning_content", "thinking"}) {
    if (!reply.thinking.empty() || !message.contains(field)) continue;
    append_text(reply.thinking, Json(text_in(message[field])));
  }
  auto details = message.find("reasoning_details");
  if (!reply.thinking.empty() || details == message.end()) return;
  ChatReply found;
  if (details->is_array()) read_chunks(*details, found);
  reply.thinking = std::move(found.thinking);
}

void read_words(const Json& message, ChatReply& reply) {
  auto content = message.find("content");
  if (content == message.end()) return;
  if (content->is_string()) reply.content = content->get<std::string>();
  if (content->is_array()) read_chunks(*content, reply);
}

// Whatever the case: Gemini says MAX_TOKENS, and what it withheld something
// for; the words that say that a reply is whole are too many to list.
Finish read_finish(const Json& choice) {
  std::string reason = lowered(string_at(choice, "finish_reason"));
  for (const char* cut :
       {"length", "model_length", "max_tokens", "max_output_tokens",
        "model_context_window_exceeded"}) {
    if (reason == cut) return Finish::length;
  }
  for (const char* word :
       {"content_filter", "error", "abort", "safety", "recitation", "blocklist",
        "prohibited_content", "spii", "refusal", "malformed",
        "insufficient_system_resource"}) {
    if (contains(reason, word)) return Finish::refused;
  }
  return Finish::stop;
}

// OpenAI says in a field of its own why it does not answer.
bool refuses(const Json& message) {
  auto refusal = message.find("refusal");
  return refusal != message.end() && refusal->is_string() &&
         !refusal->get_ref<const std::string&>().empty();
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

const Json* error_in(const Json& object) {
  auto error = object.find("error");
  bool none = error == object.end() || error->is_null() || error->empty();
  return none ? nullptr : &*error;
}

// An error under a status that says success: OpenRouter's, whose answer had
// begun, has the code that it would have been.
std::optional<ChatFailure> error_as_success(const Provider& provider,
                                            const std::string& model,
                                            const Json& body,
                                            const HttpResponse& response) {
  const Json* error = error_in(body);
  auto choices = body.find("choices");
  bool has_choice = choices != body.end() && choices->is_array() &&
                    !choices->empty() && (*choices)[0].is_object();
  if (!error && has_choice) error = error_in((*choices)[0]);
  if (!error) return std::nullopt;
  HttpResponse meant = response;
  auto code = error->is_object() ? error->find("code") : error->end();
  bool is_status = error->is_object() && code != error->end() &&
                   code->is_number_integer() && *code >= 400 && *code < 600;
  meant.status = is_status ? code->get<int>() : 502;
  meant.body = to_text({{"error", *error}});
  ChatFailure failure = failure_of(provider, model, meant);
  failure.maybe_billed = true;
  return failure;
}

ChatOutcome read_success(const Provider& provider, const std::string& model,
                         const HttpResponse& response) {
  // A byte that is no UTF-8 is no reason to buy the answer again.
  std::optional<Json> body = parse_json(mended_utf8(response.body));
  if (!body || !body->is_object()) return no_chat_reply(provider, response);
  if (auto error = error_as_success(provider, model, *body, response)) {
    return *error;
  }
  auto choices = body->find("choices");
  if (choices == body->end() || !choices->is_array() || choices->empty() ||
      !(*choices)[0].is_object() || !(*choices)[0].contains("message") ||
      !(*choices)[0]["message"].is_object()) {
    return no_chat_reply(provider, response);
  }
  const Json& message = (*choices)[0]["message"];
  ChatReply reply;
  read_thinking(message, reply);
  read_words(message, reply);
  read_calls_in_fields(message, reply);
  reply.finish =
      refuses(message) ? Finish::refused : read_finish((*choices)[0]);
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

// Groq takes calls out of what a model writes, and where it cannot, refuses
// its own model's reply and shows it: there it is, and the parser knows more
// ways of writing calls.
std::optional<ChatReply> failed_generation(const Provider& provider,
                                           const std::string& model,
                                           const HttpResponse& response) {
  if (response.status != 400) return std::nullopt;
  std::optional<Json> body = parse_json(mended_utf8(response.body));
  const Json* error = body && body->is_object() ? error_in(*body) : nullptr;
  if (!error || !error->is_object()) return std::nullopt;
  ChatReply reply;
  reply.content = string_at(*error, "failed_generation");
  if (reply.content.empty() || reply.content.size() > kMostText) {
    return std::nullopt;
  }
  reply.player = {provider.name, model};
  return reply;
}

}  // namespace

ChatOutcome read_reply(const Provider& provider, const std::string& model,
                       const HttpResponse& response) {
  if (is_stream(response)) {
    auto joined = joined_stream(provider, response);
    if (auto* failure = std::get_if<ChatFailure>(&joined)) return *failure;
    return read_success(provider, model, std::get<HttpResponse>(joined));
  }
  if (response.status >= 200 && response.status < 300) {
    return read_success(provider, model, response);
  }
  if (auto reply = failed_generation(provider, model, response)) return *reply;
  return failure_of(provider, model, response);
}

}  // namespace simulate
