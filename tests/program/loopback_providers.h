// Real HTTP servers on loopback that play mistral, together and huggingface:
// a port each, each with its provider's limits and shapes. What a client does
// wrong is written down.
#pragma once

#include <httplib.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <regex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "simulator/base/file.h"
#include "tests/canned_models.h"
#include "tests/scratch.h"

namespace simulate {

class LoopbackProvider {
 public:
  // An answer is made, and would be billed, `latency` before it is sent.
  LoopbackProvider(std::string name, double requests_per_second,
                   std::chrono::milliseconds latency)
      : name_(std::move(name)), rate_(requests_per_second) {
    server_.new_task_queue = [] { return new httplib::ThreadPool(64); };
    server_.set_keep_alive_max_count(1'000'000);
    server_.set_tcp_nodelay(true);
    server_.Post("/v1/chat/completions",
                 [this, latency](const httplib::Request& request,
                                 httplib::Response& response) {
                   answer(request, response);
                   std::this_thread::sleep_for(latency);
                 });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
  }

  ~LoopbackProvider() {
    server_.stop();
    thread_.join();
  }

  const std::string& name() const { return name_; }
  Json settings() const {
    return {{"base_url", "http://127.0.0.1:" + std::to_string(port_) + "/v1"},
            {"api_key", key()},
            {"model", name_ + "-model"},
            {"requests_per_second", rate_}};
  }

  int calls() const { return calls_; }
  int answered() const { return answered_; }  // with a reply, so billed
  int limited() const { return limited_; }
  std::vector<std::string> complaints() {
    std::lock_guard lock(mutex_);
    return complaints_;
  }

 private:
  using Clock = std::chrono::steady_clock;

  std::string key() const { return "k3y-for-" + std::to_string(port_); }

  void answer(const httplib::Request& request, httplib::Response& response) {
    std::lock_guard lock(mutex_);
    ++calls_;
    auto body = parse_json(request.body);
    if (request.get_header_value("Authorization") != "Bearer " + key()) {
      complaints_.push_back("wrong key");
    }
    if (!body) return complain(response, "no JSON");
    if (too_fast()) {
      ++limited_;
      response.status = 429;
      response.set_header("Retry-After", "1");
      response.set_content(R"({"message":"Requests rate limit exceeded"})",
                           "application/json");
      return;
    }
    check(*body, response);
    if (response.status != -1) return;
    // Now and then a server has no capacity, or dies in mid-answer.
    if (calls_ % 97 == 0) {
      response.status = 503;
      response.set_content(R"({"error":{"message":"overloaded"}})",
                           "application/json");
      return;
    }
    response.set_content(in_own_shape(*body), "application/json");
    ++answered_;
  }

  // Half again as much as the limit within one second is too fast: the clock
  // of a server is not ours.
  bool too_fast() {
    auto now = Clock::now();
    recent_.push_back(now);
    while (now - recent_.front() > std::chrono::seconds(1)) {
      recent_.erase(recent_.begin());
    }
    return static_cast<double>(recent_.size()) > rate_ * 1.5 + 1;
  }

  void check(const Json& body, httplib::Response& response) {
    static const std::set<std::string> mistral = {"model",       "messages",
                                                  "temperature", "max_tokens",
                                                  "random_seed", "stop"};
    for (const auto& [key, value] : body.items()) {
      if (name_ == "mistral" && !mistral.count(key)) {
        return complain(response, "extra_forbidden: " + key);
      }
    }
    if (body.contains("stop") &&
        (!body["stop"].is_array() || body["stop"].size() > 4)) {
      return complain(response, "stop is no list of four");
    }
    std::string roles;
    for (const Json& message : body["messages"]) {
      roles += message["role"].get<std::string>()[0];
    }
    if (!std::regex_match(roles, std::regex("s?u(au)*"))) {
      complain(response, "roles: " + roles);
    }
  }

  void complain(httplib::Response& response, const std::string& what) {
    complaints_.push_back(what);
    response.status = 422;
    response.set_content(to_text(Json{{"message", what}}), "application/json");
  }

  // Mistral thinks in chunks, Together in a field, Hugging Face in the text.
  std::string in_own_shape(const Json& body) {
    std::string content = canned_reply(body);
    size_t end = content.find("</think>\n\n");
    std::string completion = chat_completion(content, name_ + "-model");
    if (end == std::string::npos || name_ == "huggingface") return completion;
    std::string thinking = content.substr(8, end - 9);
    std::string rest = content.substr(end + 10);
    Json reply = *parse_json(completion);
    Json& message = reply["choices"][0]["message"];
    if (name_ == "mistral") {
      Json thought = {{"type", "text"}, {"text", thinking}};
      Json chunk = {{"type", "thinking"}};
      chunk["thinking"].push_back(thought);
      message["content"] = Json::array();
      message["content"].push_back(chunk);
      message["content"].push_back({{"type", "text"}, {"text", rest}});
    } else {
      message["reasoning"] = thinking;
      message["content"] = rest;
    }
    return to_text(reply);
  }

  std::string name_;
  double rate_;
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
  std::mutex mutex_;
  std::vector<Clock::time_point> recent_;
  std::atomic<int> calls_ = 0;
  std::atomic<int> answered_ = 0;
  std::atomic<int> limited_ = 0;
  std::vector<std::string> complaints_;
};

// The three of them, and a secrets.json that leads to them.
class LoopbackProviders {
 public:
  LoopbackProviders(const Scratch& scratch, double scale,
                    std::chrono::milliseconds latency = {}) {
    Json secrets = {{"providers", Json::object()}};
    for (auto [name, rate] :
         {std::pair{"mistral", 1.0}, {"together", 1.0}, {"huggingface", 0.5}}) {
      servers_.push_back(
          std::make_unique<LoopbackProvider>(name, rate * scale, latency));
      secrets["providers"][name] = servers_.back()->settings();
    }
    write_file(scratch / "secrets.json", to_text(secrets), 0600);
  }

  std::vector<std::unique_ptr<LoopbackProvider>>& all() { return servers_; }

  int calls() const {
    int calls = 0;
    for (const auto& server : servers_) calls += server->calls();
    return calls;
  }

  int answered() const {
    int answered = 0;
    for (const auto& server : servers_) answered += server->answered();
    return answered;
  }

 private:
  std::vector<std::unique_ptr<LoopbackProvider>> servers_;
};

}  // namespace simulate
