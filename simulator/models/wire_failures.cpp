#include "simulator/models/wire_failures.h"

#include <re2/re2.h>

#include <algorithm>

#include "simulator/base/text.h"
#include "simulator/models/retry_after.h"

namespace simulate {

namespace {

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

// A login page of some network redirects, too; so does a wrong base_url, whose
// lane goes out when it has never answered.
bool is_redirect(int status) { return status >= 300 && status < 400; }

std::string read_error_text(const HttpResponse& response) {
  std::optional<Json> body = parse_json(response.body);
  std::string text;
  if (body && body->is_array() && !body->empty()) {
    body = Json(body->front());  // Gemini's
  }
  if (body && body->is_object()) {
    text = first_text(*body, {"error", "message", "detail"});
  }
  if (text.empty()) text = response.body;
  if (is_redirect(response.status)) {
    text = "it leads elsewhere, which is not followed; check its base_url";
  }
  return shortened(one_line(trimmed(text)), 200);
}

bool is_transient(int status) {
  static constexpr int kTransient[] = {408, 409, 424, 425, 498, 500, 502, 503,
                                       504, 520, 521, 522, 523, 524, 529};
  return is_redirect(status) ||
         std::find(std::begin(kTransient), std::end(kTransient), status) !=
             std::end(kTransient);
}

bool names_unknown_model(const std::string& text) {
  std::string low = lowered(text);
  return contains(low, "model_not_supported") ||
         contains(low, "not supported by any provider") ||
         (contains(low, "model") && contains(low, "does not exist"));
}

// In the words of those that we know; their statuses are 400, 403, 413, 422,
// 429 and even 500.
bool is_too_long(const Provider& provider, const HttpResponse& response) {
  if (response.status == 413) return true;
  if (response.status == 403 && provider.dialect.forbidden_means_too_long) {
    return true;
  }
  static const RE2 words(
      R"((?i)context_length_exceeded|maximum context length|context window|)"
      R"(exceeds? the (?:available )?context|exceed_context_size|)"
      R"(prompt is too long|(?:prompt|input) (?:is )?too long|)"
      R"(too (?:many|large).{0,40}prompt|prompt.{0,60}too (?:many|large)|)"
      R"(input token count.{0,60}exceeds|request too large|)"
      R"(reduce the length of (?:the|your)|inputs?`? tokens? .{0,60}must be <=|)"
      R"(longer than the model'?s context|prompt contains \d+ tokens|)"
      R"(requested token count exceeds|max_tokens must be at least 1|)"
      R"(exceeds the maximum allowed input length)");
  return RE2::PartialMatch(response.body, words);
}

ChatFault fault_of(const Provider& provider, const HttpResponse& response) {
  int status = response.status;
  if (is_too_long(provider, response)) return ChatFault::too_long;
  if (status == 429) return ChatFault::rate_limited;
  if (is_transient(status)) return ChatFault::unavailable;
  if (status == 401 || status == 402 || status == 404)
    return ChatFault::unusable;
  if (status == 403) return ChatFault::unusable;
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
             provider.address() + " in secrets.json";
  }
}

}  // namespace

// A model that a role was given by name, else the one of the provider's row.
std::string asked_model(const Provider& provider, const ChatRequest& request) {
  for (const Player& player : request.players) {
    if (player.provider == provider.name && !player.model.empty()) {
      return player.model;
    }
  }
  return provider.model_for(request.role);
}

ChatFailure failure_of(const Provider& provider, const std::string& model,
                       const HttpResponse& response) {
  ChatFailure failure;
  failure.fault = fault_of(provider, response);
  failure.retry_after = retry_after(response);
  failure.message = provider.name + " answered " +
                    std::to_string(response.status) + ": " +
                    read_error_text(response);
  if (failure.fault == ChatFault::unusable) {
    failure.message += remedy_for(provider, model, response.status);
  }
  return failure;
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
  if (!failure.deadline.empty()) {
    result.message += " (\"providers." + provider.name + ".deadlines." +
                      failure.deadline + "\" in secrets.json)";
  }
  result.maybe_billed = failure.maybe_processed;
  return result;
}

}  // namespace simulate
