// Hides keys in what servers answer, before anybody reads it: gateways echo
// what they are sent. A decorator.
// Tested by tests/net/redacted_http_test.cpp.
#pragma once

#include "simulator/base/redactor.h"
#include "simulator/net/http.h"

namespace simulate {

class RedactedHttp : public Http {
 public:
  RedactedHttp(Http& next, Redactor redactor);

  asio::awaitable<HttpResult> send(HttpRequest request) override;

 private:
  Http& next_;
  Redactor redactor_;
};

}  // namespace simulate
