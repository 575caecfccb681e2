#include "simulator/net/fake_http.h"

#include <gtest/gtest.h>

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <utility>
#include <vector>

#include "simulator/net/fake_timer.h"

namespace simulate {
namespace {

asio::awaitable<void> ask(Http& http, std::string body,
                          std::vector<HttpResult>& results) {
  HttpRequest request;
  request.body = std::move(body);
  auto answer = http.send(std::move(request));
  HttpResult result = co_await std::move(answer);
  results.push_back(std::move(result));
}

HttpResult echo(const HttpRequest& request) {
  HttpResponse response;
  response.status = 200;
  response.body = "echo " + request.body;
  return response;
}

HttpResult refuse(const HttpRequest&) {
  return HttpFailure{HttpFault::unreachable, "nobody there", false};
}

class FakeHttpTest : public testing::Test {
 protected:
  void ask_each(Http& http, const std::vector<std::string>& bodies) {
    for (const std::string& body : bodies) {
      asio::co_spawn(loop, ask(http, body, results), asio::detached);
    }
    timer.run(loop);
  }

  asio::io_context loop;
  FakeTimer timer;
  std::vector<HttpResult> results;
};

TEST_F(FakeHttpTest, AnswersWithTheFunction) {
  FakeHttp http(timer, echo);
  ask_each(http, {"a"});
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(std::get<HttpResponse>(results[0]).body, "echo a");
}

TEST_F(FakeHttpTest, AnswersAfterTheLatency) {
  FakeHttp http(timer, echo, Millis(250));
  ask_each(http, {"a", "b"});
  EXPECT_EQ(results.size(), 2u);
  EXPECT_EQ(timer.now(), Millis(250));
}

TEST_F(FakeHttpTest, CanFail) {
  FakeHttp http(timer, refuse);
  ask_each(http, {"a"});
  EXPECT_EQ(std::get<HttpFailure>(results.at(0)).message, "nobody there");
}

TEST_F(FakeHttpTest, CountsWhatIsInFlight) {
  FakeHttp http(timer, echo, Seconds(1));
  ask_each(http, {"a", "b", "c"});
  ask_each(http, {"d"});
  EXPECT_EQ(http.most_in_flight(), 3u);
  EXPECT_EQ(http.in_flight(), 0u);
  EXPECT_EQ(http.sent(), 4u);
}

TEST_F(FakeHttpTest, RemembersRequestsUpToItsCap) {
  FakeHttp http(timer, echo);
  http.remember_at_most(2);
  ask_each(http, {"a", "b", "c"});
  ASSERT_EQ(http.requests().size(), 2u);
  EXPECT_EQ(http.requests()[1].body, "b");
  EXPECT_EQ(http.sent(), 3u);
}

}  // namespace
}  // namespace simulate
