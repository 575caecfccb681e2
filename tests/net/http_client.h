// CurlHttp with an io_context of its own, for tests that ask and wait.
#pragma once

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <string>
#include <utility>
#include <vector>

#include "simulator/net/curl_http.h"

namespace simulate {

inline asio::awaitable<void> send_into(Http& http, HttpRequest request,
                                       std::vector<HttpResult>& results) {
  auto answer = http.send(std::move(request));
  HttpResult result = co_await std::move(answer);
  results.push_back(std::move(result));
}

inline HttpRequest request_to(std::string url, std::string body = "{}") {
  HttpRequest request;
  request.url = std::move(url);
  request.body = std::move(body);
  request.headers = {"Authorization: Bearer secret-key",
                     "Content-Type: application/json"};
  return request;
}

struct HttpClient {
  void begin(HttpRequest request) {
    asio::co_spawn(loop, send_into(http, std::move(request), results),
                   asio::detached);
  }

  // Runs until everything that was begun has ended.
  std::vector<HttpResult> finish() {
    loop.restart();
    loop.run();
    return std::exchange(results, {});
  }

  HttpResult send(HttpRequest request) {
    begin(std::move(request));
    return finish().at(0);
  }

  HttpResponse response(HttpRequest request) {
    return std::get<HttpResponse>(send(std::move(request)));
  }

  HttpFailure failure(HttpRequest request) {
    return std::get<HttpFailure>(send(std::move(request)));
  }

  asio::io_context loop;
  std::vector<HttpResult> results;
  CurlHttp http{loop};
};

}  // namespace simulate
