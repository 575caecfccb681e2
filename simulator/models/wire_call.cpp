#include "simulator/models/wire_call.h"

#include "simulator/models/announced_limits.h"

namespace simulate {

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
