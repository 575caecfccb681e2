#include "simulator/net/redacted_http.h"

#include <gtest/gtest.h>

#include "tests/run_awaitable.h"

namespace simulate {
namespace {

class Canned : public Http {
 public:
  explicit Canned(HttpResult result) : result_(std::move(result)) {}

  asio::awaitable<HttpResult> send(HttpRequest) override { co_return result_; }

 private:
  HttpResult result_;
};

HttpResult redacted(HttpResult result) {
  Canned server(std::move(result));
  RedactedHttp http(server, Redactor({"a-key-0123456789"}));
  FakeTimer timer;
  return run_awaitable(timer, http.send({}));
}

TEST(RedactedHttp, HidesKeysInAnswersOfEveryStatus) {
  for (int status : {200, 401, 503}) {
    HttpResponse echo{status,
                      {{"x-echo", "Bearer a-key-0123456789"}},
                      R"({"model":"a-key-0123456789"})"};
    auto shown = std::get<HttpResponse>(redacted(echo));
    EXPECT_EQ(shown.status, status);
    EXPECT_EQ(shown.headers["x-echo"], "Bearer (hidden)");
    EXPECT_EQ(shown.body, R"x({"model":"(hidden)"})x");
  }
}

TEST(RedactedHttp, HidesKeysInWhatWentWrong) {
  HttpFailure failure{HttpFault::cut, "cut at A-KEY-0123456789", true};
  auto shown = std::get<HttpFailure>(redacted(failure));
  EXPECT_EQ(shown.message, "cut at (hidden)");
  EXPECT_TRUE(shown.maybe_processed);
}

}  // namespace
}  // namespace simulate
