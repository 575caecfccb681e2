// A cheap chat server on loopback, to measure clients against: it answers
// every POST to /v1/chat/completions after a fixed delay with a fixed body,
// over connections that it keeps. One thread, epoll.
//
//   latency_server PORT DELAY_MS SECONDS [BODY_FILE]
//
// PORT 0 takes a free one. Prints the port, and ends after SECONDS.
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view kBody =
    R"({"id":"bench","object":"chat.completion","created":1700000000,)"
    R"("model":"bench","choices":[{"index":0,"message":{"role":"assistant",)"
    R"("content":"<think>\nThe user greets me.\n</think>\n\nHello! I am well, )"
    R"(thank you. What shall we look at today?"},"finish_reason":"stop"}],)"
    R"("usage":{"prompt_tokens":120,"completion_tokens":40,)"
    R"("total_tokens":160}})";

constexpr std::string_view kPath = "POST /v1/chat/completions ";

std::string response_with(std::string_view status, std::string_view body) {
  return "HTTP/1.1 " + std::string(status) +
         "\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

std::string read_body(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Bytes of the request at the front of `text`; 0 while it is not whole.
size_t request_length(std::string_view text) {
  constexpr std::string_view kLength = "Content-Length: ";
  size_t end = text.find("\r\n\r\n");
  if (end == std::string_view::npos) return 0;
  size_t whole = end + 4;
  size_t at = text.substr(0, end).find(kLength);
  if (at != std::string_view::npos) {
    whole += std::strtoul(text.data() + at + kLength.size(), nullptr, 10);
  }
  return text.size() < whole ? 0 : whole;
}

class LatencyServer {
 public:
  LatencyServer(int port, std::chrono::milliseconds delay, std::string body)
      : delay_(delay),
        found_(response_with("200 OK", body)),
        not_found_(response_with("404 Not Found", "{}")) {
    listen_on(port);
  }

  void run_until(Clock::time_point end) {
    for (Clock::time_point now = Clock::now(); now < end; now = Clock::now()) {
      answer_due(now);
      wait(now, end);
    }
  }

 private:
  // A descriptor may be somebody else's by the time its answer is due.
  struct Connection {
    unsigned life = 0;
    std::string unread;
  };

  struct Due {
    Clock::time_point moment;
    int socket;
    unsigned life;
    bool found;
  };

  void listen_on(int port) {
    listener_ = socket(AF_INET, SOCK_STREAM, 0);
    int yes = 1;
    setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* any = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    if (bind(listener_, any, size) != 0 || listen(listener_, 4096) != 0 ||
        getsockname(listener_, any, &size) != 0) {
      std::perror("latency_server");
      std::exit(1);
    }
    std::printf("%d\n", ntohs(address.sin_port));
    std::fflush(stdout);
    watch(listener_);
  }

  void watch(int socket) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = socket;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
  }

  void wait(Clock::time_point now, Clock::time_point end) {
    auto until = due_.empty() ? end : std::min(end, due_.front().moment);
    auto span = std::chrono::ceil<std::chrono::milliseconds>(until - now);
    std::array<epoll_event, 256> events;
    int timeout = static_cast<int>(std::max<long>(span.count(), 0));
    int count = epoll_wait(epoll_, events.data(), 256, timeout);
    for (int i = 0; i < count; ++i) {
      int socket = events[i].data.fd;
      socket == listener_ ? accept_one() : read_from(socket);
    }
  }

  void accept_one() {
    int socket = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK);
    if (socket < 0) return;
    auto index = static_cast<size_t>(socket);
    if (index >= connections_.size()) connections_.resize(index + 64);
    ++connections_[index].life;
    connections_[index].unread.clear();
    watch(socket);
  }

  void read_from(int socket) {
    Connection& connection = connections_[static_cast<size_t>(socket)];
    std::array<char, 65536> bytes;
    ssize_t count = recv(socket, bytes.data(), bytes.size(), 0);
    if (count <= 0) {
      ++connection.life;
      close(socket);
      return;
    }
    connection.unread.append(bytes.data(), static_cast<size_t>(count));
    take_requests(socket, connection);
  }

  // The delay is the same for all, so the queue is in order by itself.
  void take_requests(int socket, Connection& connection) {
    while (size_t length = request_length(connection.unread)) {
      bool found = connection.unread.compare(0, kPath.size(), kPath) == 0;
      due_.push_back({Clock::now() + delay_, socket, connection.life, found});
      connection.unread.erase(0, length);
    }
  }

  void answer_due(Clock::time_point now) {
    while (!due_.empty() && due_.front().moment <= now) {
      Due due = due_.front();
      due_.pop_front();
      if (connections_[static_cast<size_t>(due.socket)].life != due.life) {
        continue;
      }
      const std::string& text = due.found ? found_ : not_found_;
      send(due.socket, text.data(), text.size(), MSG_NOSIGNAL);
    }
  }

  std::chrono::milliseconds delay_;
  std::string found_;
  std::string not_found_;
  int epoll_ = epoll_create1(0);
  int listener_ = -1;
  std::vector<Connection> connections_;
  std::deque<Due> due_;
};

}  // namespace

int main(int count, char** words) {
  if (count < 4) {
    std::fprintf(stderr,
                 "usage: latency_server PORT DELAY_MS SECONDS [BODY_FILE]\n");
    return 2;
  }
  std::chrono::milliseconds delay(std::atol(words[2]));
  auto end = Clock::now() + std::chrono::seconds(std::atol(words[3]));
  std::string body = count > 4 ? read_body(words[4]) : std::string(kBody);
  LatencyServer server(std::atoi(words[1]), delay, std::move(body));
  server.run_until(end);
}
