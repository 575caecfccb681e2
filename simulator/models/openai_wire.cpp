#include "simulator/models/openai_wire.h"

#include <algorithm>

#include "simulator/models/streamed_reply.h"
#include "simulator/models/wire_call.h"
#include "simulator/models/wire_failures.h"
#include "simulator/models/wire_messages.h"
#include "simulator/models/wire_reply.h"

namespace simulate {

namespace {

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
  std::string model = asked_model(provider, request);
  bool in_fields = provider.calls_in_fields(request, model);
  body["model"] = model;
  body["messages"] = in_fields ? messages_in_fields(dialect, request)
                               : messages_in_tags(dialect, request);
  if (in_fields) body["tools"] = tools_in_fields(*request.offer);
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
