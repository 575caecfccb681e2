// CurlHttp against servers that are slow, broken, hostile or not there.
#include <gtest/gtest.h>

#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <atomic>
#include <memory>
#include <string>

#include "tests/net/gzipped.h"
#include "tests/net/http_client.h"
#include "tests/net/raw_server.h"

namespace simulate {
namespace {

HttpRequest impatient(std::string url, Millis first_byte, Millis total) {
  HttpRequest request = request_to(std::move(url));
  request.deadlines.first_byte = first_byte;
  request.deadlines.total = total;
  return request;
}

void never_answer(RawConnection& connection) {
  if (connection.read_request()) connection.wait_for_end();
}

void answer_half(RawConnection& connection) {
  if (!connection.read_request()) return;
  connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
}

RawServer::Serve answer_all_with(std::string response) {
  return [response](RawConnection& connection) {
    while (connection.read_request()) connection.write(response);
  };
}

// A port that was free a moment ago.
int closed_port() { return RawServer(never_answer).port(); }

TEST(CurlHttp, FailsWhenNobodyListens) {
  std::string server = "127.0.0.1:" + std::to_string(closed_port());
  HttpFailure failure = HttpClient().failure(
      request_to("http://user:word@" + server + "/path?key=1"));
  EXPECT_EQ(failure.fault, HttpFault::unreachable);
  EXPECT_EQ(failure.message, "connection refused by " + server);
  EXPECT_FALSE(failure.maybe_processed);
}

TEST(CurlHttp, GivesUpWhenNoFirstByteComes) {
  RawServer server(never_answer);
  HttpFailure failure =
      HttpClient().failure(impatient(server.url(), Millis(80), Seconds(30)));
  EXPECT_EQ(failure.fault, HttpFault::timed_out);
  EXPECT_EQ(failure.message, "no answer within 80 ms");
  EXPECT_EQ(failure.deadline, "first_byte");
  EXPECT_TRUE(failure.maybe_processed);
}

TEST(CurlHttp, HoldsEachExchangeToItsOwnFirstByteDeadline) {
  RawServer server(never_answer);
  HttpClient client;
  client.begin(impatient(server.url(), Millis(150), Seconds(30)));
  client.begin(impatient(server.url(), Millis(50), Seconds(30)));
  client.begin(impatient(server.url(), Millis(100), Seconds(30)));
  std::vector<std::string> messages;
  for (const HttpResult& result : client.finish()) {
    messages.push_back(std::get<HttpFailure>(result).message);
  }
  EXPECT_EQ(messages, (std::vector<std::string>{"no answer within 50 ms",
                                                "no answer within 100 ms",
                                                "no answer within 150 ms"}));
}

TEST(CurlHttp, GivesUpWhenTheAnswerIsNotWholeInTime) {
  RawServer server([](RawConnection& connection) {
    answer_half(connection);
    connection.wait_for_end();
  });
  HttpFailure failure =
      HttpClient().failure(impatient(server.url(), Millis(5000), Millis(100)));
  EXPECT_EQ(failure.fault, HttpFault::timed_out);
  EXPECT_EQ(failure.message, "no complete answer within 100 ms");
  EXPECT_EQ(failure.deadline, "total");
  EXPECT_TRUE(failure.maybe_processed);
}

TEST(CurlHttp, IsPatientWithASlowBodyOnceItHasBegun) {
  RawServer server([](RawConnection& connection) {
    if (!connection.read_request()) return;
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
    std::this_thread::sleep_for(Millis(200));
    connection.write("late");
  });
  HttpResponse response =
      HttpClient().response(impatient(server.url(), Millis(100), Seconds(30)));
  EXPECT_EQ(response.body, "late");
}

TEST(CurlHttp, GivesUpWhenAnAnswerThatHasBegunStalls) {
  RawServer server([](RawConnection& connection) {
    answer_half(connection);
    connection.wait_for_end();
  });
  HttpRequest request = impatient(server.url(), Seconds(30), Seconds(30));
  request.deadlines.idle = Millis(80);
  HttpFailure failure = HttpClient().failure(std::move(request));
  EXPECT_EQ(failure.fault, HttpFault::timed_out);
  EXPECT_EQ(failure.message, "the answer stalled: nothing came for 80 ms");
  EXPECT_EQ(failure.deadline, "idle");
  EXPECT_TRUE(failure.maybe_processed);
}

TEST(CurlHttp, WaitsAsLongAsBytesKeepComing) {
  RawServer server([](RawConnection& connection) {
    if (!connection.read_request()) return;
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n");
    for (int i = 0; i < 8; ++i) {
      std::this_thread::sleep_for(Millis(100));
      connection.write("x");
    }
  });
  HttpRequest request = impatient(server.url(), Seconds(30), Seconds(30));
  request.deadlines.idle = Millis(600);
  EXPECT_EQ(HttpClient().response(std::move(request)).body, "xxxxxxxx");
}

TEST(CurlHttp, ReportsAConnectionCutInMidBody) {
  RawServer server(answer_half);
  HttpFailure failure = HttpClient().failure(request_to(server.url()));
  EXPECT_EQ(failure.fault, HttpFault::cut);
  EXPECT_EQ(failure.message, "127.0.0.1:" + std::to_string(server.port()) +
                                 " broke off in the middle of its answer");
  EXPECT_TRUE(failure.maybe_processed);
}

TEST(CurlHttp, ReportsAConnectionCutBeforeAnyAnswer) {
  RawServer server(
      [](RawConnection& connection) { connection.read_request(); });
  HttpFailure failure = HttpClient().failure(request_to(server.url()));
  EXPECT_EQ(failure.fault, HttpFault::cut);
  EXPECT_TRUE(failure.maybe_processed);
}

TEST(CurlHttp, DoesNotSendAgainWhenAReusedConnectionDies) {
  std::atomic<int> requests{0};
  RawServer server([&requests](RawConnection& connection) {
    if (!connection.read_request()) return;
    ++requests;
    connection.write(raw_response("first"));
    if (connection.read_request()) ++requests;
  });
  HttpClient client;
  EXPECT_EQ(client.response(request_to(server.url())).body, "first");
  HttpFailure failure = client.failure(request_to(server.url()));
  EXPECT_EQ(failure.fault, HttpFault::cut);
  EXPECT_TRUE(failure.maybe_processed);
  EXPECT_EQ(requests, 2);
  EXPECT_EQ(client.response(request_to(server.url())).body, "first");
}

TEST(CurlHttp, UnpacksGzip) {
  std::string text(1000, 'z');
  RawServer server(answer_all_with(
      raw_response(gzipped(text), "Content-Encoding: gzip\r\n")));
  EXPECT_EQ(HttpClient().response(request_to(server.url())).body, text);
}

TEST(CurlHttp, StopsUnpackingAtTheResponseCap) {
  RawServer server(answer_all_with(raw_response(
      gzipped(std::string(16u << 20, '\0')), "Content-Encoding: gzip\r\n")));
  HttpRequest request = request_to(server.url());
  request.largest_response_bytes = 1u << 20;
  HttpFailure failure = HttpClient().failure(std::move(request));
  EXPECT_EQ(failure.fault, HttpFault::too_large);
}

TEST(CurlHttp, ReportsGarbledGzip) {
  RawServer server(
      answer_all_with(raw_response("nonsense", "Content-Encoding: gzip\r\n")));
  HttpFailure failure = HttpClient().failure(request_to(server.url()));
  EXPECT_EQ(failure.fault, HttpFault::cut);
  EXPECT_NE(failure.message.find("is no HTTP"), std::string::npos);
}

TEST(CurlHttp, StopsReadingHeadersThatDoNotEnd) {
  RawServer server([](RawConnection& connection) {
    if (!connection.read_request()) return;
    connection.write("HTTP/1.1 200 OK\r\n");
    for (int i = 0; i < 1000; ++i) {
      connection.write("X-Filler: " + std::string(1000, 'f') + "\r\n");
    }
    connection.wait_for_end();
  });
  HttpFailure failure = HttpClient().failure(request_to(server.url()));
  EXPECT_EQ(failure.fault, HttpFault::too_large);
}

TEST(CurlHttp, JoinsRepeatedHeadersAndSkipsInterimOnes) {
  RawServer server([](RawConnection& connection) {
    while (connection.read_request()) {
      connection.write("HTTP/1.1 103 Early Hints\r\nLink: early\r\n\r\n");
      connection.write(raw_response("ok", "Vary: a\r\nVARY:  b \r\n"));
    }
  });
  HttpResponse response = HttpClient().response(request_to(server.url()));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.at("vary"), "a, b");
  EXPECT_EQ(response.headers.count("link"), 0u);
}

TEST(CurlHttp, ReportsAnAnswerThatIsNoHttp) {
  RawServer server([](RawConnection& connection) {
    if (connection.read_request()) connection.write("SSH-2.0-OpenSSH_9.2\r\n");
  });
  HttpFailure failure = HttpClient().failure(request_to(server.url()));
  EXPECT_EQ(failure.fault, HttpFault::cut);
  EXPECT_NE(failure.message.find("is no HTTP"), std::string::npos);
}

TEST(CurlHttp, FailsWhenAPlainServerIsAskedForTls) {
  RawServer server(answer_all_with(raw_response("ok")));
  std::string url = "https" + server.url().substr(4);
  HttpRequest request = request_to(url);
  request.deadlines.connect = Millis(200);  // the server waits for more
  HttpFailure failure = HttpClient().failure(std::move(request));
  EXPECT_FALSE(failure.maybe_processed);
  EXPECT_EQ(failure.message.find("secret"), std::string::npos);
}

TEST(CurlHttp, FailsWhenThePlainServerAnswersTlsWithText) {
  RawServer server([](RawConnection& connection) {
    connection.write("HTTP/1.1 400 Bad Request\r\n\r\n");
    connection.wait_for_end();
  });
  std::string url = "https" + server.url().substr(4);
  HttpFailure failure = HttpClient().failure(request_to(url));
  EXPECT_EQ(failure.fault, HttpFault::unreachable);
  EXPECT_FALSE(failure.maybe_processed);
}

class StopTest : public testing::Test {
 protected:
  void stop_after(Millis span) {
    timer_.expires_after(span);
    timer_.async_wait([this](auto) { client_.http.stop(); });
  }

  void expect_cancelled(const std::vector<HttpResult>& results,
                        bool processed) {
    for (const HttpResult& result : results) {
      auto failure = std::get<HttpFailure>(result);
      EXPECT_EQ(failure.fault, HttpFault::cancelled);
      EXPECT_EQ(failure.maybe_processed, processed);
    }
  }

  HttpClient client_;
  asio::steady_timer timer_{client_.loop};
};

TEST_F(StopTest, CompletesEveryExchangeAndEachLaterOne) {
  RawServer server(never_answer);
  for (int i = 0; i < 50; ++i) client_.begin(request_to(server.url()));
  stop_after(Millis(100));
  std::vector<HttpResult> results = client_.finish();
  EXPECT_EQ(results.size(), 50u);
  expect_cancelled(results, true);
  EXPECT_EQ(client_.http.in_flight(), 0u);
  client_.begin(request_to(server.url()));
  expect_cancelled(client_.finish(), false);
}

TEST_F(StopTest, CompletesExchangesThatHaveNotBegunToConnect) {
  for (int i = 0; i < 3; ++i) client_.begin(request_to("http://127.0.0.1:9/"));
  asio::post(client_.loop, [this] { client_.http.stop(); });
  std::vector<HttpResult> results = client_.finish();
  EXPECT_EQ(results.size(), 3u);
  expect_cancelled(results, false);
}

}  // namespace
}  // namespace simulate
