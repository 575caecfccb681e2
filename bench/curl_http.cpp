// The same work as bare_curl, through CurlHttp and a coroutine for each call
// that is in flight.
#include "simulator/net/curl_http.h"

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <utility>

#include "bench/measure.h"

namespace {

struct Work {
  const bench::Task& task;
  bench::Measure measure;
  size_t begun = 0;
  size_t done = 0;
  size_t failed = 0;

  bool begin_another() {
    if (begun == task.calls || measure.is_over()) return false;
    ++begun;
    return true;
  }
};

simulate::HttpRequest request_for(const bench::Task& task, size_t number) {
  simulate::HttpRequest request;
  request.url = task.url;
  request.headers = {"Content-Type: application/json"};
  request.body = task.body(number);
  return request;
}

asio::awaitable<void> call_again_and_again(simulate::Http& http, Work& work) {
  while (work.begin_another()) {
    simulate::HttpRequest request = request_for(work.task, work.begun);
    auto answer = http.send(std::move(request));
    simulate::HttpResult result = co_await std::move(answer);
    ++work.done;
    if (!std::holds_alternative<simulate::HttpResponse>(result)) ++work.failed;
  }
}

}  // namespace

int main(int count, char** words) {
  bench::Task task = bench::task_from(count, words);
  asio::io_context loop(1);
  simulate::CurlHttp http(loop);
  Work work{task, {}};
  for (size_t i = 0; i < task.in_flight; ++i) {
    asio::co_spawn(loop, call_again_and_again(http, work), asio::detached);
  }
  loop.run();
  work.measure.print(work.done, work.failed);
}
