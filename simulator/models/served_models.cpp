#include "simulator/models/served_models.h"

#include <algorithm>

#include "simulator/base/text.h"
#include "simulator/models/wire_call.h"

namespace simulate {

namespace {

constexpr size_t kMostModels = 2000;
constexpr size_t kLongestName = 200;

// Gemini's begin with "models/".
std::string name_of(const Json& row) {
  std::string name;
  if (row.is_string()) name = row.get<std::string>();
  for (const char* field : {"id", "name", "model"}) {
    if (name.empty()) name = string_at(row, field);
  }
  if (name.starts_with("models/")) name = name.substr(7);
  return shortened(one_line(name), kLongestName);
}

// OpenAI's {"data": [...]}, Together's bare array, Ollama's {"models": [...]}.
const Json* list_in(const Json& body) {
  if (body.is_array()) return &body;
  if (!body.is_object()) return nullptr;
  for (const char* field : {"data", "models"}) {
    auto found = body.find(field);
    if (found != body.end() && found->is_array()) return &*found;
  }
  return nullptr;
}

// "meta-llama/Llama-3.3-70B-Instruct-Turbo": from the last slash on.
std::string bare(const std::string& model) {
  return lowered(model.substr(model.rfind('/') + 1));
}

size_t same_beginning(const std::string& a, const std::string& b) {
  auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return static_cast<size_t>(in_a - a.begin());
}

}  // namespace

std::vector<std::string> models_in(const HttpResponse& response) {
  std::vector<std::string> names;
  std::optional<Json> body = parse_json(mended_utf8(response.body));
  const Json* list = body ? list_in(*body) : nullptr;
  if (response.status != 200 || !list) return names;
  for (const Json& row : *list) {
    std::string name = name_of(row);
    if (!name.empty()) names.push_back(std::move(name));
    if (names.size() == kMostModels) break;
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

asio::awaitable<std::vector<std::string>> served_models(
    const Provider& provider, Http& http) {
  HttpRequest get = request_to(provider, "/models");
  get.method = "GET";
  auto sending = http.send(std::move(get));
  HttpResult result = co_await std::move(sending);
  const auto* response = std::get_if<HttpResponse>(&result);
  std::vector<std::string> names;
  if (response) names = models_in(*response);
  co_return names;
}

std::string nearest_model(const std::string& wanted,
                          const std::vector<std::string>& served) {
  std::string name = bare(wanted);
  std::string best;
  size_t most = name.size() / 2;
  for (const std::string& model : served) {
    size_t same = same_beginning(name, bare(model));
    if (same <= most) continue;
    most = same;
    best = model;
  }
  return best.empty() ? nearest(wanted, served) : best;
}

}  // namespace simulate
