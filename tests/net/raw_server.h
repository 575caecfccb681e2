// A server on loopback that speaks bytes, for the answers that no decent
// server gives. Each connection is a thread that runs the test's function;
// the destructor closes them all and joins.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace simulate {

class RawConnection {
 public:
  explicit RawConnection(int socket) : socket_(socket) {}

  // Reads one request, up to the end of its body; false when there is none.
  bool read_request() {
    size_t end = 0;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
      if (!read_more()) return false;
    }
    size_t whole = end + 4 + content_length(buffer_.substr(0, end));
    while (buffer_.size() < whole) {
      if (!read_more()) return false;
    }
    request_ = buffer_.substr(0, whole);
    buffer_.erase(0, whole);
    return true;
  }

  const std::string& request() const { return request_; }

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return;
      bytes.remove_prefix(static_cast<size_t>(count));
    }
  }

  // Returns when the other side has gone, or the server ends.
  void wait_for_end() {
    while (read_more()) {
    }
  }

 private:
  bool read_more() {
    char bytes[4096];
    ssize_t count = ::recv(socket_, bytes, sizeof bytes, 0);
    if (count <= 0) return false;
    buffer_.append(bytes, static_cast<size_t>(count));
    return true;
  }

  static size_t content_length(const std::string& head) {
    constexpr std::string_view kName = "Content-Length: ";
    size_t at = head.find(kName);
    if (at == std::string::npos) return 0;
    return std::stoul(head.substr(at + kName.size()));
  }

  int socket_;
  std::string buffer_;
  std::string request_;
};

// A response with its length, as a keep-alive server sends it.
inline std::string raw_response(std::string_view body,
                                std::string_view headers = "") {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n" + std::string(headers) + "\r\n" + std::string(body);
}

class RawServer {
 public:
  using Serve = std::function<void(RawConnection&)>;

  explicit RawServer(Serve serve) : serve_(std::move(serve)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* any = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    if (::bind(listener_, any, size) != 0 || ::listen(listener_, 1024) != 0 ||
        ::getsockname(listener_, any, &size) != 0) {
      throw std::runtime_error("RawServer cannot listen");
    }
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
  }

  ~RawServer() {
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    ::close(listener_);
    {
      std::lock_guard<std::mutex> lock(mutex_);
      for (int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
    }
    for (std::thread& thread : threads_) thread.join();
    for (int socket : sockets_) ::close(socket);
  }

  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  int port() const { return port_; }
  size_t connections() const { return connections_; }
  std::string url(const std::string& path = "/") const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }

 private:
  void accept_all() {
    for (;;) {
      int socket = ::accept(listener_, nullptr, nullptr);
      if (socket < 0) return;
      ++connections_;
      std::lock_guard<std::mutex> lock(mutex_);
      sockets_.push_back(socket);
      threads_.emplace_back([this, socket] {
        RawConnection connection(socket);
        serve_(connection);
        ::shutdown(socket, SHUT_RDWR);  // the number stays ours to the end
      });
    }
  }

  Serve serve_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<size_t> connections_{0};
  std::mutex mutex_;
  std::vector<int> sockets_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

}  // namespace simulate
