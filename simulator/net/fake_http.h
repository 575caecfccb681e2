// An Http without a network: a function answers, after a latency on a Timer.
// It remembers what it was asked, so that a test can look at it.
#pragma once

#include <functional>
#include <limits>
#include <vector>

#include "simulator/net/http.h"
#include "simulator/net/timer.h"

namespace simulate {

class FakeHttp : public Http {
 public:
  // Called when a request arrives; its answer is given after the latency.
  using Answer = std::function<HttpResult(const HttpRequest&)>;

  FakeHttp(Timer& timer, Answer answer, Micros latency = Micros(0))
      : timer_(timer), answer_(std::move(answer)), latency_(latency) {}

  asio::awaitable<HttpResult> send(HttpRequest request) override;

  // Remembers the first `count` requests only; a long run needs a bound.
  void remember_at_most(size_t count) { remembered_ = count; }

  const std::vector<HttpRequest>& requests() const { return requests_; }
  size_t sent() const { return sent_; }
  size_t in_flight() const { return in_flight_; }
  size_t most_in_flight() const { return most_in_flight_; }

 private:
  HttpResult take_in(HttpRequest request);

  Timer& timer_;
  Answer answer_;
  Micros latency_;
  size_t remembered_ = std::numeric_limits<size_t>::max();
  std::vector<HttpRequest> requests_;
  size_t sent_ = 0;
  size_t in_flight_ = 0;
  size_t most_in_flight_ = 0;
};

}  // namespace simulate
