#include "simulator/models/wire_call.h"

#include "simulator/models/announced_limits.h"

namespace simulate {

namespace {

// A model that writes is never silent for long, unless it has stalled.
constexpr Millis kLongestSilenceInStream{60'000};

Deadlines deadlines_of(const Provider& provider) {
  Deadlines deadlines = provider.deadlines;
  if (provider.stream && !provider.idle_is_set) {
    deadlines.idle = kLongestSilenceInStream;
  }
  return deadlines;
}

}  // namespace

HttpRequest request_to(const Provider& provider, const std::string& path) {
  HttpRequest request;
  request.url = provider.base_url + path;
  request.deadlines = deadlines_of(provider);
  if (!provider.key.empty()) {
    request.headers.push_back("Authorization: Bearer " + provider.key);
  }
  return request;
}

asio::awaitable<HttpResult> call_provider(const Provider& provider, Http& http,
                                          std::string path, std::string body,
                                          const CallEvents& events,
                                          size_t largest_response_bytes) {
  HttpRequest post = request_to(provider, path);
  post.headers.push_back("Content-Type: application/json");
  post.body = std::move(body);
  post.on_sent = events.sent;
  if (largest_response_bytes > 0) {
    post.largest_response_bytes = largest_response_bytes;
  }
  auto sending = http.send(std::move(post));
  HttpResult result = co_await std::move(sending);
  const auto* response = std::get_if<HttpResponse>(&result);
  if (response && events.announced) {
    events.announced(announced_limits(provider.dialect, *response));
  }
  co_return result;
}

}  // namespace simulate
