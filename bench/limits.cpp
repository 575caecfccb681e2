// The program's lanes over real sockets against servers that count strictly: no
// span of a limit's length may hold more than it allows, counted where requests
// arrive. Prints how much of each limit was used, and how often it refused.
//
//   limits_bench [SECONDS]
//
// Servers on loopback, each with a latency of its own; what arrives at them is
// counted up to 30 ms later, as if the ways were of different length. Of one a
// second and one a minute the lanes know the limit; one announces it, one
// announces less than was set, and one says nothing.
#include <httplib.h>

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <chrono>
#include <cstdio>
#include <memory>
#include <mutex>
#include <random>
#include <thread>

#include "simulator/base/json.h"
#include "simulator/models/lanes.h"
#include "simulator/models/openai_wire.h"
#include "simulator/net/asio_timer.h"
#include "simulator/net/curl_http.h"
#include "tests/net/strict_server.h"

namespace {

using namespace simulate;

constexpr Millis kJitter{30};

Micros now() {
  return std::chrono::duration_cast<Micros>(
      std::chrono::steady_clock::now().time_since_epoch());
}

class CountingServer {
 public:
  CountingServer(RateLimit limit, Millis latency, bool announces)
      : strict_(limit), latency_(latency), announces_(announces) {
    server_.new_task_queue = [] { return new httplib::ThreadPool(256); };
    server_.set_keep_alive_max_count(1'000'000);
    server_.set_tcp_nodelay(true);
    server_.Post("/v1/chat/completions",
                 [this](const httplib::Request&, httplib::Response& response) {
                   answer(response);
                 });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
  }

  ~CountingServer() {
    server_.stop();
    thread_.join();
  }

  // `set` a second; 0: nothing is, negative: what is true.
  Provider provider(const std::string& name, double set) const {
    Provider provider;
    provider.name = name;
    provider.base_url = "http://127.0.0.1:" + std::to_string(port_) + "/v1";
    provider.model = "m";
    provider.in_flight = 256;
    if (set > 0) provider.limits = {{Counted::requests, set, Seconds(1)}};
    if (set < 0) provider.limits = {strict_.limit()};
    provider.limits_are_set = set != 0;
    return provider;
  }

  void begin_to_count() {
    std::lock_guard lock(mutex_);
    refused_before_ = strict_.refused();
    taken_ = 0;
    begun_ = now();
  }

  // Since then.
  void print(const std::string& name) {
    std::lock_guard lock(mutex_);
    double seconds = static_cast<double>((now() - begun_).count()) / 1e6;
    double used =
        static_cast<double>(taken_) / (strict_.limit().per_second() * seconds);
    std::printf("%-10s %-24s %6.2f %% used, %lld refused, %lld before\n",
                name.c_str(), text_of(strict_.limit()).c_str(), 100 * used,
                static_cast<long long>(strict_.refused() - refused_before_),
                static_cast<long long>(refused_before_));
  }

 private:
  void answer(httplib::Response& response) {
    bool good = false;
    {
      std::this_thread::sleep_for(Micros(jitter()));
      std::lock_guard lock(mutex_);
      good = strict_.takes(now());
      taken_ += good;
    }
    if (announces_) {
      auto most = static_cast<int>(strict_.limit().most);
      response.set_header("x-ratelimit-limit", std::to_string(most));
      response.set_header("x-ratelimit-reset", "1");
    }
    if (!good) {
      response.status = 429;
      return;
    }
    std::this_thread::sleep_for(latency_);
    response.set_content(
        R"({"model":"m","choices":[{"message":{"role":"assistant",)"
        R"("content":"Yes."},"finish_reason":"stop"}]})",
        "application/json");
  }

  int64_t jitter() {
    std::lock_guard lock(mutex_);
    return std::uniform_int_distribution<int64_t>(
        0, Micros(kJitter).count())(random_);
  }

  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
  std::mutex mutex_;
  std::mt19937_64 random_{1};
  StrictServer strict_;
  Millis latency_;
  bool announces_;
  int64_t taken_ = 0;
  int64_t refused_before_ = 0;
  Micros begun_{0};
};

asio::awaitable<void> ask_on(Lanes& lanes, std::string name, Micros until) {
  ChatRequest request;
  request.players = {{name}};
  request.messages = {{Speaker::tester, "How are you?"}};
  while (now() < until) {
    auto asking = lanes.reply(request);
    co_await std::move(asking);
  }
}

}  // namespace

int main(int count, char** words) {
  int seconds = count > 1 ? std::atoi(words[1]) : 60;
  const RateLimit five{Counted::requests, 5, Seconds(1)};
  CountingServer slow(five, Millis(700), false);
  CountingServer minute({Counted::requests, 300, Seconds(60)}, Millis(500),
                        false);
  CountingServer quick({Counted::requests, 20, Seconds(1)}, Millis(300), true);
  CountingServer strict(five, Millis(400), true);
  CountingServer silent(five, Millis(400), false);
  asio::io_context loop;
  AsioTimer timer(loop);
  CurlHttp http(loop);
  Lanes lanes(timer);
  struct Asked {
    const char* name;
    CountingServer* server;
    double set;
  };
  const Asked all[] = {{"set", &slow, -1},
                       {"a minute", &minute, -1},
                       {"announced", &quick, 0},
                       {"less", &strict, 20},
                       {"silent", &silent, 0}};
  // What starts is no part of the figures: the first requests, and a window.
  Micros begin = now() + Seconds(5);
  Micros end = begin + Seconds(seconds);
  for (const Asked& one : all) {
    Provider provider = one.server->provider(one.name, one.set);
    lanes.add(provider, std::make_unique<OpenAiWire>(provider, http));
    for (int i = 0; i < 64; ++i) {
      asio::co_spawn(loop, ask_on(lanes, one.name, end), asio::detached);
    }
  }
  std::thread clock([&] {
    std::this_thread::sleep_for(begin - now());
    for (const Asked& one : all) one.server->begin_to_count();
    std::this_thread::sleep_for(end - now());
    for (const Asked& one : all) one.server->print(one.name);
  });
  loop.run();
  clock.join();
  return 0;
}
