// CurlHttp where all goes well, and where the server decides what does not.
#include "simulator/net/curl_http.h"

#include <gtest/gtest.h>
#include <httplib.h>
#include <malloc.h>

#include <barrier>
#include <cstdlib>
#include <string>
#include <thread>

#include "simulator/base/file.h"
#include "tests/net/http_client.h"
#include "tests/net/raw_server.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

// A decent server, from somebody else.
class DecentServer {
 public:
  DecentServer() {
    add_routes();
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }

  ~DecentServer() {
    server_.stop();
    thread_.join();
  }

  std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }

 private:
  static void echo(const httplib::Request& request, httplib::Response& reply) {
    reply.set_header("X-Method", request.method);
    reply.set_header("X-Key", request.get_header_value("Authorization"));
    reply.set_header("X-Expect", request.get_header_value("Expect"));
    reply.set_content(request.body, "text/plain");
  }

  void add_routes() {
    server_.Post("/echo", &echo);
    server_.Get("/echo", &echo);
    server_.Put("/echo", &echo);
    server_.Post("/busy", [](const auto&, auto& reply) {
      reply.status = 429;
      reply.set_header("Retry-After", "7");
      reply.set_content("slow down", "text/plain");
    });
    server_.Post("/moved", [](const auto&, auto& reply) {
      reply.set_redirect("/echo", 307);
    });
    server_.Post("/large", [](const auto&, auto& reply) {
      reply.set_content(std::string(100'000, 'x'), "text/plain");
    });
  }

  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

class CurlHttpTest : public testing::Test {
 protected:
  std::string url(const std::string& path) const { return server_.url(path); }

  DecentServer server_;
  HttpClient client_;  // goes first, or the server waits for it
};

TEST_F(CurlHttpTest, ReturnsStatusLowerCasedHeadersAndBody) {
  HttpResponse response = client_.response(request_to(url("/echo"), "hello"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.at("content-type"), "text/plain");
  EXPECT_EQ(response.body, "hello");
}

TEST_F(CurlHttpTest, SendsTheHeadersItIsGiven) {
  HttpResponse response = client_.response(request_to(url("/echo")));
  EXPECT_EQ(response.headers.at("x-key"), "Bearer secret-key");
}

TEST_F(CurlHttpTest, SendsALargeBodyWithoutAskingForLeave) {
  std::string body(3u << 20, 'b');
  HttpResponse response = client_.response(request_to(url("/echo"), body));
  EXPECT_EQ(response.headers.at("x-expect"), "");
  EXPECT_TRUE(response.body == body);
}

TEST_F(CurlHttpTest, ChangesTheMethodFromRequestToRequest) {
  for (std::string method : {"POST", "GET", "PUT", "POST", "GET"}) {
    HttpRequest request = request_to(url("/echo"));
    request.method = method;
    HttpResponse response = client_.response(std::move(request));
    EXPECT_EQ(response.headers.at("x-method"), method);
    EXPECT_EQ(response.body, method == "GET" ? "" : "{}");
  }
}

TEST_F(CurlHttpTest, TakesAnErrorStatusAsAResponse) {
  HttpResponse response = client_.response(request_to(url("/busy")));
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(response.headers.at("retry-after"), "7");
  EXPECT_EQ(response.body, "slow down");
}

TEST_F(CurlHttpTest, DoesNotFollowARedirect) {
  HttpResponse response = client_.response(request_to(url("/moved")));
  EXPECT_EQ(response.status, 307);
  EXPECT_EQ(response.headers.at("location"), "/echo");
}

TEST_F(CurlHttpTest, StopsReadingAtTheResponseCap) {
  HttpRequest request = request_to(url("/large"));
  request.largest_response_bytes = 99'999;
  HttpFailure failure = client_.failure(request);
  EXPECT_EQ(failure.fault, HttpFault::too_large);
  EXPECT_EQ(failure.message, "the response is larger than 99999 bytes");
  EXPECT_TRUE(failure.maybe_processed);
  request.largest_response_bytes = 100'000;
  EXPECT_EQ(client_.response(request).body.size(), 100'000u);
}

TEST_F(CurlHttpTest, ForgetsTheLastExchangeWhenItBeginsAnother) {
  HttpRequest small = request_to(url("/large"));
  small.largest_response_bytes = 10;
  client_.failure(small);
  HttpResponse response = client_.response(request_to(url("/echo"), "x"));
  EXPECT_EQ(response.body, "x");
  EXPECT_EQ(response.headers.count("retry-after"), 0u);
}

// Where curl would look, were it told to.
TEST_F(CurlHttpTest, SendsNoPasswordThatItFindsInNetrc) {
  Scratch home;
  write_file(home / ".netrc", "machine 127.0.0.1 login me password secret\n",
             0600);
  std::string usual = std::getenv("HOME") ? std::getenv("HOME") : "";
  ::setenv("HOME", home.folder().c_str(), 1);
  HttpRequest request = request_to(url("/echo"));
  request.headers.clear();
  HttpResponse response = client_.response(std::move(request));
  ::setenv("HOME", usual.c_str(), 1);
  EXPECT_EQ(response.headers.at("x-key"), "");
}

// Of all arenas. A sanitizer counts for itself, and this says nothing.
size_t allocated() {
  struct mallinfo2 now = ::mallinfo2();
  return now.uordblks + now.hblkhd;
}

TEST_F(CurlHttpTest, KeepsNoRequestWhoseAnswerIsThere) {
  constexpr size_t kBody = 4u << 20;
  constexpr int kAtOnce = 16;
  size_t before = allocated();
  for (int i = 0; i < kAtOnce; ++i) {
    client_.begin(request_to(url("/busy"), std::string(kBody, 'b')));
  }
  EXPECT_EQ(client_.finish().size(), size_t{kAtOnce});
  // The server lets go of the last ones a moment after it has answered.
  auto let_go = [&] { return allocated() < before + kAtOnce * kBody / 2; };
  for (int tries = 0; tries < 1'000 && !let_go(); ++tries) {
    std::this_thread::sleep_for(Millis(5));
  }
  EXPECT_TRUE(let_go()) << allocated() << " bytes, " << before << " before";
}

TEST_F(CurlHttpTest, RefusesAnAddressThatIsNone) {
  for (std::string url :
       {"", "http://", "ftp://127.0.0.1/x", "file:///etc/passwd"}) {
    HttpFailure failure = client_.failure(request_to(url));
    EXPECT_EQ(failure.fault, HttpFault::bad_request) << url;
    EXPECT_FALSE(failure.message.empty()) << url;
    EXPECT_FALSE(failure.maybe_processed) << url;
  }
}

TEST_F(CurlHttpTest, RefusesAHeaderWithALineBreakAndDoesNotRepeatIt) {
  HttpRequest request = request_to(url("/echo"));
  request.headers = {"Authorization: Bearer secret\r\nX-Evil: 1"};
  HttpFailure failure = client_.failure(std::move(request));
  EXPECT_EQ(failure.fault, HttpFault::bad_request);
  EXPECT_EQ(failure.message.find("secret"), std::string::npos);
}

// The barrier answers nobody before everybody has asked.
TEST(CurlHttp, KeepsManyInFlightAndUsesTheirConnectionsAgain) {
  constexpr int kMany = 200;
  std::barrier<> all_here(kMany);
  RawServer server([&all_here](RawConnection& connection) {
    while (connection.read_request()) {
      all_here.arrive_and_wait();
      connection.write(raw_response("ok"));
    }
  });
  HttpClient client;
  for (int wave = 0; wave < 3; ++wave) {
    for (int i = 0; i < kMany; ++i) client.begin(request_to(server.url()));
    std::vector<HttpResult> results = client.finish();
    ASSERT_EQ(results.size(), size_t{kMany});
    for (const HttpResult& result : results) {
      ASSERT_TRUE(std::holds_alternative<HttpResponse>(result));
    }
  }
  EXPECT_EQ(server.connections(), size_t{kMany});
}

TEST(CurlHttp, OpensAConnectionAnewThatWasClosedWhileIdle) {
  RawServer server([](RawConnection& connection) {
    if (connection.read_request()) connection.write(raw_response("ok"));
  });
  HttpClient client;
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(client.response(request_to(server.url())).body, "ok");
    std::this_thread::sleep_for(Millis(5));  // lets the close arrive
  }
  EXPECT_EQ(server.connections(), 5u);
}

}  // namespace
}  // namespace simulate
