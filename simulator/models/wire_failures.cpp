#include "simulator/models/wire_failures.h"

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

std::string read_error_text(const HttpResponse& response) {
  std::optional<Json> body = parse_json(response.body);
  std::string text;
  if (body && body->is_object()) {
    text = first_text(*body, {"error", "message", "detail"});
  }
  if (text.empty()) text = response.body;
  return shortened(one_line(trimmed(text)), 200);
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
