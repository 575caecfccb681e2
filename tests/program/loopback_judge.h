// A real HTTP server on loopback that judges: it knows every conversation as it
// is, so it knows into which something was planted, and errs as often as it is
// told to. What it was asked is written down.
#pragma once

#include <httplib.h>

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "simulator/base/file.h"
#include "simulator/base/hash.h"
#include "simulator/base/json.h"
#include "simulator/base/text.h"
#include "tests/canned_models.h"
#include "tests/scratch.h"

namespace simulate {

class LoopbackJudge {
 public:
  explicit LoopbackJudge(const Scratch& scratch,
                         std::chrono::milliseconds latency = {}) {
    server_.new_task_queue = [] { return new httplib::ThreadPool(32); };
    server_.set_keep_alive_max_count(1'000'000);
    server_.set_tcp_nodelay(true);
    server_.Post("/v1/chat/completions",
                 [this, latency](const httplib::Request& request,
                                 httplib::Response& response) {
                   answer(request, response);
                   std::this_thread::sleep_for(latency);
                 });
    int port = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    Json judge = {
        {"base_url", "http://127.0.0.1:" + std::to_string(port) + "/v1"},
        {"api_key", "k3y-of-the-judge"},
        {"model", "severe"}};
    write_file(scratch / "secrets.json",
               to_text(Json{{"providers", {{"court", judge}}}}), 0600);
  }

  ~LoopbackJudge() {
    server_.stop();
    thread_.join();
  }

  // Of every conversation that is as it was: see numbered_text().
  void knows(std::set<std::string> texts) { clean_ = std::move(texts); }
  void errs(double misses, double alarms) {
    misses_ = misses;
    alarms_ = alarms;
  }

  int answered() {
    std::lock_guard lock(mutex_);
    return answered_;
  }
  // How often each conversation was asked about.
  std::map<std::string, int> asked() {
    std::lock_guard lock(mutex_);
    return asked_;
  }
  int found() const { return found_; }
  int false_alarms() const { return false_alarms_; }

 private:
  void answer(const httplib::Request& request, httplib::Response& response) {
    std::lock_guard lock(mutex_);
    Json body = parse_json(request.body).value_or(Json());
    std::string asked = body["messages"].back()["content"];
    std::string told = body["messages"][0]["content"];
    size_t begin = asked.find("CONVERSATION BEGINS\n");
    size_t end = asked.find("CONVERSATION ENDS");
    std::string talk = begin < end && end != asked.npos
                           ? asked.substr(begin + 20, end - begin - 20)
                           : asked;
    ++asked_[talk];
    bool clean = clean_.count(talk) > 0;
    double chance = static_cast<double>(quick_hash(talk) % 10'000) / 10'000;
    bool fails = clean ? chance < alarms_ : chance >= misses_;
    (clean ? false_alarms_ : found_) += fails;
    response.set_content(chat_completion(verdict_on(told, !fails), "severe"),
                         "application/json");
    ++answered_;
  }

  // On every statement that it is asked about alike.
  static std::string verdict_on(const std::string& told, bool holds) {
    Json verdict = Json::object();
    for (const std::string& line : split(told, '\n')) {
      size_t colon = line.find(':');
      if (!line.starts_with("- ") || colon == line.npos) continue;
      verdict[line.substr(2, colon - 2)] = {{"holds", holds},
                                            {"messages", Json::array()}};
    }
    return to_text(verdict);
  }

  httplib::Server server_;
  std::thread thread_;
  std::mutex mutex_;
  std::set<std::string> clean_;
  double misses_ = 0;
  double alarms_ = 0;
  int answered_ = 0;
  int found_ = 0;
  int false_alarms_ = 0;
  std::map<std::string, int> asked_;
};

}  // namespace simulate
