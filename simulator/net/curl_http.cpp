#include "simulator/net/curl_http.h"

#include <utility>

#include "simulator/net/curl_loop.h"
#include "simulator/net/suspend.h"

namespace simulate {

CurlHttp::CurlHttp(asio::io_context& loop)
    : loop_(std::make_unique<CurlLoop>(loop)) {}

CurlHttp::~CurlHttp() = default;

asio::awaitable<HttpResult> CurlHttp::send(HttpRequest request) {
  CurlExchange& exchange = loop_->borrow();
  auto start = [this, &exchange, &request](Resumer resumer) {
    loop_->start(exchange, std::move(request), std::move(resumer));
  };
  auto done = suspend(std::move(start));
  co_await std::move(done);
  HttpResult result = exchange.take_result();
  loop_->give_back(exchange);
  co_return result;
}

void CurlHttp::stop() { loop_->stop(); }

size_t CurlHttp::in_flight() const { return loop_->in_flight(); }

}  // namespace simulate
