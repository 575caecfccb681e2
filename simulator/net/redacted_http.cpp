#include "simulator/net/redacted_http.h"

namespace simulate {

RedactedHttp::RedactedHttp(Http& next, Redactor redactor)
    : next_(next), redactor_(std::move(redactor)) {}

asio::awaitable<HttpResult> RedactedHttp::send(HttpRequest request) {
  HttpResult result = co_await next_.send(std::move(request));
  if (auto* response = std::get_if<HttpResponse>(&result)) {
    redactor_.redact(response->body);
    for (auto& [name, value] : response->headers) redactor_.redact(value);
  } else {
    redactor_.redact(std::get<HttpFailure>(result).message);
  }
  co_return result;
}

}  // namespace simulate
