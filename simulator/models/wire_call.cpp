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

asio::awaitable<HttpResult> call_provider(const Provider& provider, Http& http,
                                          std::string path, std::string body,
                                          const CallEvents& events,
                                          size_t largest_response_bytes) {
  HttpRequest post;
  post.url = provider.base_url + path;
  post.headers.push_back("Content-Type: application/json");
  if (!provider.key.empty()) {
    post.headers.push_back("Authorization: Bearer " + provider.key);
  }
  post.body = std::move(body);
  post.deadlines = deadlines_of(provider);
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
