// A cheap chat server on loopback, to measure clients against: it answers
// every POST to /v1/chat/completions after a fixed delay, as tester, assistant
// (a tool call now and then) or rewriter, over connections that it keeps. One
// thread, epoll.
//
//   latency_server PORT DELAY_MS SECONDS [SAVE_FILE]
//
// PORT 0 takes a free one. Prints the port, and ends after SECONDS. With
// SAVE_FILE the first 512 request bodies are written there, a line each.
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
#include <string>
#include <string_view>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kMostSaved = 512;

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// What the role that `request` is meant for might say; never twice the same.
std::string reply_to(std::string_view request, size_t number) {
  std::string line = "line " + std::to_string(number);
  if (has(request, "edit the private thoughts")) {
    return R"(<block n=\"1\">I think about it.</block>)";
  }
  if (has(request, "You play a person")) return "this is " + line;
  std::string thought = "<think>\\nThey said " + line +
                        ", which is worth a thought before I answer.\\n"
                        "</think>\\n\\n";
  std::string_view tail = request.substr(request.size() - 300);
  if (number % 3 == 0 && !has(tail, "</tool_result>")) {
    return thought + R"(<tool_call>add_memory(input_text=[\"They said )" +
           line + R"(.\"])</tool_call>)";
  }
  return thought + "Hello! I am well, thank you. What of " + line + "?";
}

std::string completion_with(const std::string& content) {
  return R"({"id":"bench","object":"chat.completion","created":1700000000,)"
         R"("model":"bench","choices":[{"index":0,"message":{"role":)"
         R"("assistant","content":")" +
         content +
         R"("},"finish_reason":"stop"}],"usage":{"prompt_tokens":120,)"
         R"("completion_tokens":40,"total_tokens":160}})";
}

constexpr std::string_view kPath = "POST /v1/chat/completions ";

std::string response_with(std::string_view status, std::string_view body) {
  return "HTTP/1.1 " + std::string(status) +
         "\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
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
  LatencyServer(int port, std::chrono::milliseconds delay,
                const char* save_file)
      : delay_(delay) {
    if (save_file) saved_.open(save_file, std::ios::binary);
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
    std::string response;
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
      std::string_view request(connection.unread.data(), length);
      due_.push_back({Clock::now() + delay_, socket, connection.life,
                      response_to(request)});
      connection.unread.erase(0, length);
    }
  }

  std::string response_to(std::string_view request) {
    if (!request.starts_with(kPath)) {
      return response_with("404 Not Found", "{}");
    }
    ++answered_;
    if (answered_ <= kMostSaved && saved_.is_open()) {
      saved_ << request.substr(request.find("\r\n\r\n") + 4) << std::endl;
    }
    return response_with("200 OK",
                         completion_with(reply_to(request, answered_)));
  }

  void answer_due(Clock::time_point now) {
    while (!due_.empty() && due_.front().moment <= now) {
      Due due = std::move(due_.front());
      due_.pop_front();
      if (connections_[static_cast<size_t>(due.socket)].life != due.life) {
        continue;
      }
      send(due.socket, due.response.data(), due.response.size(), MSG_NOSIGNAL);
    }
  }

  std::chrono::milliseconds delay_;
  std::ofstream saved_;
  size_t answered_ = 0;
  int epoll_ = epoll_create1(0);
  int listener_ = -1;
  std::vector<Connection> connections_;
  std::deque<Due> due_;
};

}  // namespace

int main(int count, char** words) {
  if (count < 4) {
    std::fprintf(stderr,
                 "usage: latency_server PORT DELAY_MS SECONDS [SAVE_FILE]\n");
    return 2;
  }
  std::chrono::milliseconds delay(std::atol(words[2]));
  auto end = Clock::now() + std::chrono::seconds(std::atol(words[3]));
  LatencyServer server(std::atoi(words[1]), delay,
                       count > 4 ? words[4] : nullptr);
  server.run_until(end);
}
