// One easy handle of curl and the exchange it carries. Owned and used again by
// CurlLoop; keeps the options of our every request, so that an exchange sets
// only what differs. Included by curl_*.cpp only.
// Tested by tests/net/curl_http_test.cpp and curl_http_failure_test.cpp.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "simulator/net/http.h"
#include "simulator/net/suspend.h"

namespace simulate {

class CurlExchange;

// Who waits for a byte, and until when, soonest first: curl has no deadline for
// the first one, and counts a silence in whole seconds only.
using SteadyTime = std::chrono::steady_clock::time_point;
using Silences = std::set<std::pair<SteadyTime, CurlExchange*>>;

class CurlExchange {
 public:
  explicit CurlExchange(Silences& silences);
  ~CurlExchange();
  CurlExchange(const CurlExchange&) = delete;
  CurlExchange& operator=(const CurlExchange&) = delete;

  CURL* handle() const { return handle_; }
  bool is_busy() const { return static_cast<bool>(resumer_); }

  // Calls `resumer` when it is finished. Not CURLE_OK when curl refuses the
  // request; the caller finishes it then, too.
  CURLcode begin(HttpRequest request, Resumer resumer);

  // The handle is in no multi handle any more.
  void finish(CURLcode code);
  // No byte came until when one was waited for. False when one did after all,
  // and the next is waited for.
  bool has_stalled(SteadyTime now);
  void finish_late();
  void finish_cancelled();  // stop() was called

  // Once, after the resumer was called.
  HttpResult take_result() { return std::move(result_); }

 private:
  void set_lasting_options();
  CURLcode set_request();
  CURLcode set_headers();
  void conclude(HttpResult result);
  void note_byte();
  void wait_for_byte(SteadyTime until);
  void forget_silence();

  HttpFailure failure_of(CURLcode code) const;
  HttpFailure deadline_failure() const;
  HttpFailure cut_failure() const;

  static int before_sending(void* self, char*, char*, int, int);
  static size_t on_header(char* text, size_t, size_t bytes, void* self);
  static size_t on_body(char* text, size_t, size_t bytes, void* self);
  void add_header(std::string_view line);

  Silences& silences_;
  CURL* handle_;
  curl_slist* headers_ = nullptr;
  HttpRequest request_;
  HttpResponse response_;
  HttpResult result_;
  Resumer resumer_;
  std::optional<HttpFailure> refused_;    // by us, inside a callback
  std::optional<SteadyTime> byte_until_;  // its key in silences_
  SteadyTime last_byte_;                  // once the answer has begun
  size_t header_bytes_ = 0;
  bool sent_ = false;  // perhaps only a part of it
};

}  // namespace simulate
