// A badly behaved chat model on loopback, to see what the guards of a run
// notice: it plays tester and assistant from the lines of bench/bad_model.json
// in six languages, and plants defects, and clean replies that look like some,
// at known rates. bench/guards_live runs it.
//
//   bad_model LINES_FILE LOG_FILE SECONDS REQUESTS SEED DEFECTS LOOKALIKES
//
// DEFECTS and LOOKALIKES are rates, as 0.1. Takes a free port, prints it, and
// ends after SECONDS or REQUESTS. LOG_FILE gets a JSON line for each reply; its
// "number" goes out as prompt_tokens, by which the ledger's row is found.
#include <httplib.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <thread>

#include "bench/bad_speakers.h"
#include "simulator/base/hash.h"
#include "simulator/base/text.h"

namespace {

using bench::BadReply;
using simulate::Json;

Json log_line(const BadReply& reply, int number) {
  return {{"number", number},
          {"hash", simulate::short_hash(reply.content)},
          {"start", simulate::shortened(reply.content, 60)},
          {"role", reply.role},
          {"language", reply.language},
          {"defect", reply.defect},
          {"looks_like", reply.looks_like},
          {"corrects", reply.corrects}};
}

Json completion(const BadReply& reply, int number) {
  return {{"id", "bad"},
          {"object", "chat.completion"},
          {"created", 1700000000},
          {"model", "bad"},
          {"choices",
           {{{"index", 0},
             {"message", {{"role", "assistant"}, {"content", reply.content}}},
             {"finish_reason", "stop"}}}},
          {"usage",
           {{"prompt_tokens", number},
            {"completion_tokens", 40},
            {"total_tokens", number + 40}}}};
}

// Answers requests one at a time, and notes each answer.
class Service {
 public:
  Service(bench::BadSpeakers speakers, const char* log_file, int most)
      : speakers_(std::move(speakers)), log_(log_file), most_(most) {}

  void answer(const httplib::Request& request, httplib::Response& response) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (answered_ >= most_) {
      response.status = 503;
      return;
    }
    BadReply reply = speakers_.reply_to(request.body);
    ++answered_;
    log_ << simulate::to_text(log_line(reply, answered_)) << std::endl;
    response.set_content(simulate::to_text(completion(reply, answered_)),
                         "application/json");
  }

  bool is_over() const { return answered_ >= most_; }

 private:
  std::mutex mutex_;  // httplib answers on threads of its own
  bench::BadSpeakers speakers_;
  std::ofstream log_;
  int most_;
  std::atomic<int> answered_ = 0;
};

void serve(Service& service, std::chrono::seconds span) {
  httplib::Server server;
  server.set_tcp_nodelay(true);
  server.set_keep_alive_max_count(1 << 30);
  server.set_keep_alive_timeout(600);  // seconds; a slow run is no failure
  server.new_task_queue = [] { return new httplib::ThreadPool(64); };
  server.Post("/v1/chat/completions", [&](const httplib::Request& request,
                                          httplib::Response& response) {
    service.answer(request, response);
  });
  std::printf("%d\n", server.bind_to_any_port("127.0.0.1"));
  std::fflush(stdout);
  std::thread listening([&] { server.listen_after_bind(); });
  auto end = std::chrono::steady_clock::now() + span;
  while (std::chrono::steady_clock::now() < end && !service.is_over()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  server.stop();
  listening.join();
}

}  // namespace

int main(int count, char** words) {
  if (count < 8) {
    std::fprintf(stderr,
                 "usage: bad_model LINES_FILE LOG_FILE SECONDS REQUESTS SEED "
                 "DEFECTS LOOKALIKES\n");
    return 2;
  }
  try {
    bench::Rates rates{std::atof(words[6]), std::atof(words[7])};
    bench::BadSpeakers speakers(bench::read_lines(words[1]),
                                std::strtoull(words[5], nullptr, 10), rates);
    Service service(std::move(speakers), words[2], std::atoi(words[4]));
    serve(service, std::chrono::seconds(std::atol(words[3])));
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "bad_model: %s\n", problem.what());
    return 1;
  }
}
