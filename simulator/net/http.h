// One HTTP exchange, as the rest of the program sees it. CurlHttp is the real
// one; FakeHttp ships beside it.
// Tested by tests/net/curl_http_test.cpp and curl_http_failure_test.cpp.
#pragma once

#include <asio/awaitable.hpp>
#include <functional>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "simulator/base/time.h"

namespace simulate {

// How long an exchange may take. `first_byte` counts from when the request
// leaves, `idle` from the last byte once the answer has begun, `total` from the
// call of send().
struct Deadlines {
  Millis connect{10'000};
  Millis first_byte{300'000};  // a large model may think for minutes
  Millis idle{120'000};
  Millis total{600'000};
};

struct HttpRequest {
  std::string method = "POST";
  std::string url;
  std::vector<std::string> headers;  // "Name: value", secrets included
  std::string body;
  Deadlines deadlines;
  // Called once, when the connection stands and the request is about to leave.
  // It may start nothing.
  std::function<void()> on_sent;
  size_t largest_response_bytes = 8u << 20;
};

struct HttpResponse {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

enum class HttpFault {
  unreachable,  // no address, no connection, TLS refused
  timed_out,    // one of the deadlines
  cut,          // the connection ended before the response did
  too_large,    // the response passed its cap
  bad_request,  // the URL is none, or curl refused the options
  cancelled,    // stop() was called
};

struct HttpFailure {
  HttpFault fault = HttpFault::cut;
  std::string message;           // a clause without secrets, for a person
  bool maybe_processed = false;  // the server may have answered, and billed
  std::string deadline = {};     // the field of Deadlines that passed, or none
};

using HttpResult = std::variant<HttpResponse, HttpFailure>;

class Http {
 public:
  virtual ~Http() = default;

  // Any status is a response; only what is no HTTP response is a failure.
  // Redirects are not followed, certificates are always verified, nothing is
  // sent twice.
  virtual asio::awaitable<HttpResult> send(HttpRequest request) = 0;
};

}  // namespace simulate
