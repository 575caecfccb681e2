#include "simulator/net/curl_loop.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <asio/post.hpp>
#include <utility>

#include "simulator/base/error.h"

namespace simulate {

namespace {

constexpr size_t kFewestCachedConnections = 64;
constexpr int kEventsAtOnce = 256;

int new_epoll() {
  int number = epoll_create1(EPOLL_CLOEXEC);
  if (number < 0) {
    throw Fatal("no descriptor left for the network: raise 'ulimit -n'");
  }
  return number;
}

CURLM* new_multi() {
  CURLM* multi = curl_multi_init();
  if (multi == nullptr) throw Fatal("libcurl cannot start: out of memory?");
  return multi;
}

// Nothing for CURL_POLL_REMOVE, which is a bit of its own.
uint32_t epoll_events(int what) {
  uint32_t events = 0;
  if ((what & CURL_POLL_IN) != 0) events |= EPOLLIN;
  if ((what & CURL_POLL_OUT) != 0) events |= EPOLLOUT;
  return events;
}

int curl_events(uint32_t events) {
  int bits = 0;
  if ((events & (EPOLLIN | EPOLLHUP)) != 0) bits |= CURL_CSELECT_IN;
  if ((events & EPOLLOUT) != 0) bits |= CURL_CSELECT_OUT;
  if ((events & EPOLLERR) != 0) bits |= CURL_CSELECT_ERR;
  return bits;
}

}  // namespace

CurlLoop::CurlLoop(asio::io_context& loop)
    : loop_(loop),
      multi_(new_multi()),
      epoll_(loop, new_epoll()),
      timer_(loop) {
  set_multi_options();
}

// An exchange that is still under way never comes back.
CurlLoop::~CurlLoop() {
  for (auto& exchange : exchanges_) {
    if (exchange->is_busy())
      curl_multi_remove_handle(multi_, exchange->handle());
  }
  exchanges_.clear();
  curl_multi_cleanup(multi_);  // calls on_close() for idle connections
}

void CurlLoop::set_multi_options() {
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &on_socket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &on_timeout);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_PIPELINING, long{CURLPIPE_NOTHING});
}

CurlExchange& CurlLoop::borrow() {
  if (!idle_.empty()) {
    CurlExchange& exchange = *idle_.back();
    idle_.pop_back();
    return exchange;
  }
  exchanges_.push_back(std::make_unique<CurlExchange>(silences_));
  CURL* handle = exchanges_.back()->handle();
  curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, &on_open);
  curl_easy_setopt(handle, CURLOPT_SOCKOPTDATA, this);
  curl_easy_setopt(handle, CURLOPT_CLOSESOCKETFUNCTION, &on_close);
  curl_easy_setopt(handle, CURLOPT_CLOSESOCKETDATA, this);
  return *exchanges_.back();
}

void CurlLoop::start(CurlExchange& exchange, HttpRequest request,
                     Resumer resumer) {
  CURLcode code = exchange.begin(std::move(request), std::move(resumer));
  if (stopped_) return exchange.finish_cancelled();
  if (code != CURLE_OK) return exchange.finish(code);
  add(exchange);
}

// curl_multi_add_handle() asks for a call at once through on_timeout().
void CurlLoop::add(CurlExchange& exchange) {
  CURLMcode code = curl_multi_add_handle(multi_, exchange.handle());
  if (code != CURLM_OK) return exchange.finish(CURLE_FAILED_INIT);
  ++in_flight_;
  grow_connection_cache();
  wait_for_sockets();
}

// By default curl keeps four connections for each transfer that is under way
// at the moment, so it would close most of them at the end of a wave.
void CurlLoop::grow_connection_cache() {
  if (in_flight_ <= cached_connections_) return;
  cached_connections_ =
      std::max(kFewestCachedConnections, cached_connections_ * 2);
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS,
                    static_cast<long>(cached_connections_));
}

void CurlLoop::stop() {
  stopped_ = true;
  for (size_t i = 0; i < exchanges_.size(); ++i) {
    CurlExchange& exchange = *exchanges_[i];
    if (!exchange.is_busy()) continue;
    take_out(exchange);
    exchange.finish_cancelled();
  }
  finish_transfers();
}

int CurlLoop::on_socket(CURL*, curl_socket_t number, int what, void* self,
                        void*) {
  static_cast<CurlLoop*>(self)->watch(number, epoll_events(what));
  return 0;
}

int CurlLoop::on_open(void* self, curl_socket_t number, curlsocktype) {
  static_cast<CurlLoop*>(self)->socket(number) = Socket{0, 0, true};
  return CURL_SOCKOPT_OK;
}

int CurlLoop::on_close(void* self, curl_socket_t number) {
  auto& loop = *static_cast<CurlLoop*>(self);
  loop.socket(number).tells_its_end = false;
  loop.watch(number, 0);
  return close(number);
}

CurlLoop::Socket& CurlLoop::socket(int number) {
  auto index = static_cast<size_t>(number);
  if (index >= sockets_.size()) sockets_.resize(index * 2 + 1);
  return sockets_[index];
}

// A connection that goes idle stays in the epoll: most often the next request
// wants the same events of it, and two system calls per request are saved.
// serve_one() takes it out when something happens on it meanwhile.
void CurlLoop::watch(int number, uint32_t events) {
  Socket& entry = socket(number);
  entry.wanted = events;
  if (entry.watched == events) return;
  if (events == 0 && entry.tells_its_end) return;
  epoll_event event{};
  event.events = events;
  event.data.fd = number;
  int change = events == 0          ? EPOLL_CTL_DEL
               : entry.watched == 0 ? EPOLL_CTL_ADD
                                    : EPOLL_CTL_MOD;
  epoll_ctl(epoll_.native_handle(), change, number, &event);
  entry.watched = events;
}

int CurlLoop::on_timeout(CURLM*, long millis, void* self) {
  auto& loop = *static_cast<CurlLoop*>(self);
  loop.curl_due_ = SteadyTime::max();
  if (millis == 0) {
    loop.curl_due_ = SteadyTime::min();
    loop.run_at_once();
  } else if (millis > 0) {
    auto now = std::chrono::steady_clock::now();
    loop.curl_due_ = now + std::chrono::milliseconds(millis);
  }
  return 0;
}

// Many exchanges that start in one round of the io_context share one call.
void CurlLoop::run_at_once() {
  if (std::exchange(runs_at_once_, true)) return;
  asio::post(loop_, [this] {
    runs_at_once_ = false;
    finish_transfers();
  });
}

void CurlLoop::wait_for_sockets() {
  if (std::exchange(waits_for_sockets_, true)) return;
  auto wait = asio::posix::stream_descriptor::wait_read;
  epoll_.async_wait(wait, [this](const asio::error_code&) {
    waits_for_sockets_ = false;
    if (in_flight_ == 0) return;
    serve_sockets();
    finish_transfers();
  });
}

void CurlLoop::serve_sockets() {
  std::array<epoll_event, kEventsAtOnce> events;
  int count =
      epoll_wait(epoll_.native_handle(), events.data(), kEventsAtOnce, 0);
  for (int i = 0; i < count; ++i) {
    serve_one(events[i].data.fd, events[i].events);
  }
}

void CurlLoop::serve_one(int number, uint32_t events) {
  Socket& entry = socket(number);
  if (entry.wanted != 0) {
    int running = 0;
    curl_multi_socket_action(multi_, number, curl_events(events), &running);
  } else if (entry.watched != 0) {
    epoll_ctl(epoll_.native_handle(), EPOLL_CTL_DEL, number, nullptr);
    entry.watched = 0;
  }
}

// What every event ends with.
void CurlLoop::finish_transfers() {
  serve_time();
  finish_done();
  finish_late();
  if (in_flight_ > 0) {
    wait_for_sockets();
    wait_for_time();
  } else {
    epoll_.cancel();
    timer_.cancel();
    alarm_ = SteadyTime::max();
  }
}

void CurlLoop::serve_time() {
  bool is_due = curl_due_ == SteadyTime::min() ||
                curl_due_ <= std::chrono::steady_clock::now();
  if (!is_due) return;
  curl_due_ = SteadyTime::max();
  int running = 0;
  curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
}

// Setting the timer costs a system call, so it is only ever moved forward: an
// alarm that has become needless rings, and is set anew.
void CurlLoop::wait_for_time() {
  SteadyTime next = curl_due_;
  if (!silences_.empty()) next = std::min(next, silences_.begin()->first);
  if (next >= alarm_) return;
  alarm_ = next;
  timer_.expires_at(next);
  timer_.async_wait([this](const asio::error_code& error) {
    if (error) return;  // set anew, or nothing is in flight
    alarm_ = SteadyTime::max();
    finish_transfers();
  });
}

void CurlLoop::finish_done() {
  int left = 0;
  while (CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    CURLcode code = message->data.result;
    void* self = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &self);
    auto& exchange = *static_cast<CurlExchange*>(self);
    take_out(exchange);
    exchange.finish(code);
  }
}

void CurlLoop::finish_late() {
  if (silences_.empty()) return;
  SteadyTime now = std::chrono::steady_clock::now();
  while (!silences_.empty() && silences_.begin()->first <= now) {
    CurlExchange& exchange = *silences_.begin()->second;
    if (!exchange.has_stalled(now)) continue;
    take_out(exchange);
    exchange.finish_late();
  }
}

void CurlLoop::take_out(CurlExchange& exchange) {
  curl_multi_remove_handle(multi_, exchange.handle());
  --in_flight_;
}

}  // namespace simulate
