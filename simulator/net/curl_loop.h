// Turns the readiness of sockets and the passing of time into progress of
// curl's transfers. Owned by CurlHttp; included by curl_*.cpp only.
//
// curl's sockets live in an epoll of their own, and Asio waits for that one
// descriptor: one system call of Asio's serves many sockets, where a wait per
// socket would cost one each. With nothing in flight it waits for nothing, so
// that the io_context can run dry.
// Tested by tests/net/curl_http_test.cpp and curl_http_failure_test.cpp.
#pragma once

#include <curl/curl.h>

#include <asio/io_context.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <asio/steady_timer.hpp>
#include <memory>
#include <vector>

#include "simulator/net/curl_exchange.h"

namespace simulate {

// curl's process-wide state; curl counts its users.
struct CurlGlobal {
  CurlGlobal() { curl_global_init(CURL_GLOBAL_DEFAULT); }
  ~CurlGlobal() { curl_global_cleanup(); }
  CurlGlobal(const CurlGlobal&) = delete;
  CurlGlobal& operator=(const CurlGlobal&) = delete;
};

class CurlLoop {
 public:
  explicit CurlLoop(asio::io_context& loop);
  ~CurlLoop();
  CurlLoop(const CurlLoop&) = delete;
  CurlLoop& operator=(const CurlLoop&) = delete;

  // An exchange that nobody uses; give it back after its result was taken.
  CurlExchange& borrow();
  void give_back(CurlExchange& exchange) { idle_.push_back(&exchange); }

  void start(CurlExchange& exchange, HttpRequest request, Resumer resumer);
  void stop();
  size_t in_flight() const { return in_flight_; }

 private:
  // What the epoll knows of a socket, and what curl wants of it.
  struct Socket {
    uint32_t watched = 0;
    uint32_t wanted = 0;
    bool tells_its_end = false;  // on_close() will be called for it
  };

  void set_multi_options();
  void add(CurlExchange& exchange);
  void grow_connection_cache();

  static int on_socket(CURL*, curl_socket_t number, int what, void* self,
                       void*);
  static int on_timeout(CURLM*, long millis, void* self);
  static int on_open(void* self, curl_socket_t number, curlsocktype);
  static int on_close(void* self, curl_socket_t number);

  Socket& socket(int number);
  void watch(int number, uint32_t events);

  void wait_for_sockets();
  void wait_for_time();
  void serve_sockets();
  void serve_time();
  void serve_one(int number, uint32_t events);
  void run_at_once();
  void finish_transfers();
  void finish_done();
  void finish_late();
  void take_out(CurlExchange& exchange);

  CurlGlobal global_;
  asio::io_context& loop_;
  CURLM* multi_;
  asio::posix::stream_descriptor epoll_;
  asio::steady_timer timer_;
  std::vector<Socket> sockets_;  // by descriptor
  Silences silences_;
  std::vector<std::unique_ptr<CurlExchange>> exchanges_;
  std::vector<CurlExchange*> idle_;
  size_t in_flight_ = 0;
  size_t cached_connections_ = 0;
  SteadyTime curl_due_ = SteadyTime::max();  // when curl wants to be called
  SteadyTime alarm_ = SteadyTime::max();     // what timer_ is set to
  bool waits_for_sockets_ = false;
  bool runs_at_once_ = false;
  bool stopped_ = false;
};

}  // namespace simulate
