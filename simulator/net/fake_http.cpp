#include "simulator/net/fake_http.h"

#include <algorithm>
#include <utility>

namespace simulate {

asio::awaitable<HttpResult> FakeHttp::send(HttpRequest request) {
  HttpResult result = take_in(std::move(request));
  ++in_flight_;
  most_in_flight_ = std::max(most_in_flight_, in_flight_);
  auto wait = timer_.wait_until(timer_.now() + latency_);
  co_await std::move(wait);
  --in_flight_;
  co_return result;
}

HttpResult FakeHttp::take_in(HttpRequest request) {
  ++sent_;
  if (request.on_sent) request.on_sent();
  HttpResult result = answer_(request);
  if (requests_.size() < remembered_) requests_.push_back(std::move(request));
  return result;
}

}  // namespace simulate
