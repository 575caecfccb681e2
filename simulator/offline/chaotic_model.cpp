#include "simulator/offline/chaotic_model.h"

#include "simulator/models/wire_failures.h"
#include "simulator/models/wire_reply.h"
#include "simulator/offline/faults.h"

namespace simulate {

namespace {

constexpr Millis kRest{200};  // that a server asks for; nobody waits long here

// As a server would send it.
HttpResponse response_of(const ChatReply& reply) {
  Json message = {{"role", "assistant"}, {"content", reply.content}};
  Json body = {{"model", reply.player.model}};
  body["choices"].push_back(
      {{"message", std::move(message)}, {"finish_reason", "stop"}});
  body["usage"] = {{"prompt_tokens", reply.usage.input_tokens},
                   {"completion_tokens", reply.usage.output_tokens}};
  HttpResponse response;
  response.status = 200;
  response.body = to_text(body);
  return response;
}

}  // namespace

ChaoticModel::ChaoticModel(Provider provider, std::unique_ptr<ChatModel> model,
                           double rate)
    : provider_(std::move(provider)), model_(std::move(model)), rate_(rate) {}

asio::awaitable<ChatOutcome> ChaoticModel::reply(const ChatRequest& request) {
  Random random(request.seed + ++calls_);
  ChatOutcome outcome = co_await model_->reply(request);
  const auto* reply = std::get_if<ChatReply>(&outcome);
  if (!reply || !random.chance(rate_)) co_return outcome;
  const FaultRow& drawn = drawn_fault(random);
  HttpResult result =
      with_fault(drawn.fault, response_of(*reply), kRest, random);
  if (const auto* failed = std::get_if<HttpFailure>(&result)) {
    co_return failure_of(provider_, *failed);
  }
  co_return read_reply(provider_, reply->player.model,
                       std::get<HttpResponse>(result));
}

}  // namespace simulate
