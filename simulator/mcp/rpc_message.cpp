#include "simulator/mcp/rpc_message.h"

#include <string_view>
#include <utility>

namespace simulate {

namespace {

constexpr int kMethodNotFound = -32601;

std::optional<int64_t> number_behind(std::string_view text, size_t at) {
  size_t end = text.find_first_not_of("0123456789", at);
  if (end == at || end == std::string_view::npos || end - at > 15) return {};
  return std::stoll(std::string(text.substr(at, end - at)));
}

}  // namespace

Json rpc_message(const std::string& method, Json parameters) {
  Json message = {{"jsonrpc", "2.0"}, {"method", method}};
  if (!parameters.is_null()) message["params"] = std::move(parameters);
  return message;
}

Json rpc_reply(const Json& request) {
  std::string method = string_at(request, "method");
  Json reply = {{"jsonrpc", "2.0"}, {"id", request.at("id")}};
  if (method == "ping") {
    reply["result"] = Json::object();
  } else if (method == "roots/list") {
    reply["result"] = {{"roots", Json::array()}};
  } else {
    reply["error"] = {{"code", kMethodNotFound},
                      {"message", "this client does not know " + method}};
  }
  return reply;
}

std::optional<int64_t> answered_id(const Json& message) {
  auto id = message.find("id");
  if (id == message.end() || !id->is_number_integer()) return std::nullopt;
  return id->get<int64_t>();
}

McpAnswer answer_in(const Json& message) {
  if (auto result = message.find("result"); result != message.end()) {
    return *result;
  }
  auto error = message.find("error");
  std::string said = error == message.end() || !error->is_object()
                         ? "no result"
                         : string_at(*error, "message", "an error");
  return McpFailure{McpFault::refused, said};
}

// The id of an answer stands first or last in the object, whatever is between;
// elsewhere it could be a part of the result.
std::optional<int64_t> answered_id(const LineCutter::Line& too_long) {
  for (std::string_view begin : {"{\"jsonrpc\":\"2.0\",\"id\":", "{\"id\":"}) {
    if (too_long.text.starts_with(begin)) {
      return number_behind(too_long.text, begin.size());
    }
  }
  constexpr std::string_view kId = "\"id\":";
  size_t at = too_long.end.rfind(kId);
  if (at == std::string::npos) return {};
  std::optional<int64_t> id = number_behind(too_long.end, at + kId.size());
  bool is_last =
      id && too_long.end.substr(at) == "\"id\":" + std::to_string(*id) + "}";
  return is_last ? id : std::nullopt;
}

}  // namespace simulate
