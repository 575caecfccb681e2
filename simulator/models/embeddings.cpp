#include "simulator/models/embeddings.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "simulator/base/base64.h"
#include "simulator/base/text.h"
#include "simulator/models/wire_call.h"
#include "simulator/models/wire_failures.h"

namespace simulate {

namespace {

static_assert(std::endian::native == std::endian::little);

constexpr size_t kMostBytes = 64u << 20;  // of an answer

std::string line_of(const Vector& vector) {
  std::string bytes(vector.size() * sizeof(float), '\0');
  if (!vector.empty()) std::memcpy(bytes.data(), vector.data(), bytes.size());
  return base64_of(bytes);
}

std::optional<Vector> vector_of(const std::string& line) {
  std::optional<std::string> bytes = from_base64(line);
  if (!bytes || bytes->empty() || bytes->size() % sizeof(float) != 0) {
    return std::nullopt;
  }
  Vector vector(bytes->size() / sizeof(float));
  std::memcpy(vector.data(), bytes->data(), bytes->size());
  return vector;
}

std::optional<Vector> vector_from(const Json& numbers) {
  if (!numbers.is_array() || numbers.empty()) return std::nullopt;
  Vector vector;
  for (const Json& number : numbers) {
    if (!number.is_number()) return std::nullopt;
    vector.push_back(number.get<float>());
    if (!std::isfinite(vector.back())) return std::nullopt;
  }
  return vector;
}

// In the order of the texts, whatever order they came in; nothing when one is
// missing or of another length.
std::optional<std::vector<Vector>> vectors_of(const Json& body, size_t texts) {
  auto data = body.find("data");
  if (data == body.end() || !data->is_array() || data->size() != texts) {
    return std::nullopt;
  }
  std::vector<Vector> vectors(texts);
  for (size_t i = 0; i < texts; ++i) {
    const Json& row = (*data)[i];
    if (!row.is_object()) return std::nullopt;
    const Json index = row.value("index", Json(i));
    size_t at = index.is_number_unsigned() ? index.get<size_t>() : texts;
    std::optional<Vector> vector = vector_from(row.value("embedding", Json()));
    if (!vector || at >= texts || !vectors[at].empty()) return std::nullopt;
    vectors[at] = std::move(*vector);
  }
  bool alike = std::all_of(
      vectors.begin(), vectors.end(),
      [&](const Vector& one) { return one.size() == vectors[0].size(); });
  if (!alike) return std::nullopt;
  return vectors;
}

ChatFailure no_vectors(const Provider& provider, const HttpResponse& got) {
  ChatFailure failure;
  failure.fault = ChatFault::unavailable;
  failure.maybe_billed = true;
  failure.message = provider.name + " answered with no embeddings (\"" +
                    shortened(one_line(trimmed(got.body)), 60) +
                    "\"); does the model make any?";
  return failure;
}

ChatOutcome read_answer(const Provider& provider, const std::string& model,
                        const HttpResponse& response, size_t texts) {
  if (response.status < 200 || response.status >= 300) {
    return failure_of(provider, model, response);
  }
  std::optional<Json> body = parse_json(response.body);
  if (!body || !body->is_object()) return no_vectors(provider, response);
  std::optional<std::vector<Vector>> vectors = vectors_of(*body, texts);
  if (!vectors) return no_vectors(provider, response);
  ChatReply reply;
  reply.content = vectors_text(*vectors);
  const Json usage = body->value("usage", Json::object());
  if (usage.is_object()) {
    const Json tokens = usage.value("prompt_tokens", Json(0));
    if (tokens.is_number_unsigned()) {
      reply.usage.input_tokens = tokens.get<int64_t>();
    }
  }
  reply.player = {provider.name, model};
  return reply;
}

}  // namespace

std::string vectors_text(const std::vector<Vector>& vectors) {
  std::vector<std::string> lines;
  for (const Vector& vector : vectors) lines.push_back(line_of(vector));
  return joined(lines, "\n");
}

std::optional<std::vector<Vector>> vectors_in(std::string_view text) {
  std::vector<Vector> vectors;
  for (const std::string& line : split(text, '\n')) {
    std::optional<Vector> vector = vector_of(line);
    if (!vector) return std::nullopt;
    vectors.push_back(std::move(*vector));
  }
  return vectors;
}

ChatRequest embedding_request(const std::vector<std::string>& texts) {
  ChatRequest request;
  request.role = Role::embedder;
  for (const std::string& text : texts) {
    request.messages.push_back({Speaker::tester, text});
  }
  request.scene = Json::object();  // the offline model is asked, too
  return request;
}

asio::awaitable<ChatOutcome> EmbeddingsWire::reply(const ChatRequest& request) {
  const CallEvents nobody;
  auto sending = send(request, nobody);
  co_return co_await std::move(sending);
}

asio::awaitable<ChatOutcome> EmbeddingsWire::send(const ChatRequest& request,
                                                  const CallEvents& events) {
  std::string model = asked_model(provider_, request);
  Json body = {{"model", model}, {"input", Json::array()}};
  for (const Message& message : request.messages) {
    body["input"].push_back(message.content);
  }
  auto calling = call_provider(provider_, http_, "/embeddings", to_text(body),
                               events, kMostBytes);
  HttpResult result = co_await std::move(calling);
  if (const auto* failure = std::get_if<HttpFailure>(&result)) {
    co_return failure_of(provider_, *failure);
  }
  co_return read_answer(provider_, model, std::get<HttpResponse>(result),
                        request.messages.size());
}

}  // namespace simulate
