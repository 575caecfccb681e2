// A cheap chat server on loopback, to measure clients against: it answers
// every POST to /v1/chat/completions after a fixed delay, as tester, assistant
// (a tool call now and then) or rewriter, over connections that it keeps; the
// same request gets the same answer. GET /stats tells how many calls came, how
// many were answered, and how many of them had been answered before. One
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

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kMostSaved = 512;
constexpr size_t kTail = 300;

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool same_letter(char one, char other) {
  return std::tolower(static_cast<unsigned char>(one)) ==
         std::tolower(static_cast<unsigned char>(other));
}

constexpr std::array<std::string_view, 64> kWords = {
    "garden",   "letter", "the train",  "the sister",  "a kettle", "winter",
    "music",    "bread",  "the river",  "a neighbour", "paint",    "coffee",
    "the bus",  "shoes",  "a ladder",   "football",    "rain",     "the dog",
    "a ticket", "soup",   "the desk",   "holidays",    "a camera", "the market",
    "pencils",  "a boat", "morning",    "the phone",   "plants",   "an engine",
    "stairs",   "a song", "the clock",  "the uncle",   "honey",    "a window",
    "books",    "sugar",  "the hill",   "a bicycle",   "snow",     "the doctor",
    "a story",  "tea",    "the coat",   "tomatoes",    "a bridge", "the radio",
    "glasses",  "a lamp", "evening",    "the beach",   "cheese",   "a hammer",
    "birds",    "a map",  "the cellar", "the cousin",  "apples",   "a fence",
    "paper",    "a fire", "the office", "summer"};

// Words that are others for another `number`: a client may refuse a speaker
// who says the same again.
std::string line_of(size_t number, int words) {
  std::string line;
  for (int i = 0; i < words; ++i) {
    number = number * 6364136223846793005u + 1442695040888963407u;
    line.append(i == 0 ? "" : i % 3 == 0 ? ", then " : " and ");
    line.append(kWords[number >> 58]);
  }
  return line;
}

// What the role that `request` is meant for might say; the same to the same
// request.
std::string reply_to(std::string_view request, size_t number) {
  std::string line = line_of(number, 9);
  if (has(request, "edit the private thoughts")) {
    return R"(<block n=\"1\">I think about it.</block>)";
  }
  if (has(request, "You play a person")) return line_of(number, 3);
  std::string thought = "<think>\\nThey speak of " + line +
                        ", which is worth a thought before I answer.\\n"
                        "</think>\\n\\n";
  std::string_view tail =
      request.substr(request.size() - std::min<size_t>(request.size(), kTail));
  if (number % 3 == 0 && !has(tail, "</tool_result>")) {
    return thought + R"(<tool_call>add_memory(input_text=[\"They like )" +
           line + R"(.\"])</tool_call>)";
  }
  return thought + "That sounds like " + line_of(number + 1, 6) + ".";
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
constexpr std::string_view kStats = "GET /stats ";

std::string response_with(std::string_view status, std::string_view body) {
  return "HTTP/1.1 " + std::string(status) +
         "\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

// Bytes of the request at the front of `text`; 0 while it is not whole.
size_t request_length(std::string_view text) {
  constexpr std::string_view kLength = "\r\ncontent-length:";
  size_t end = text.find("\r\n\r\n");
  if (end == std::string_view::npos) return 0;
  size_t whole = end + 4;
  std::string_view head = text.substr(0, end);
  auto at = std::search(head.begin(), head.end(), kLength.begin(),
                        kLength.end(), same_letter);
  if (at != head.end()) {
    auto value = static_cast<size_t>(at - head.begin()) + kLength.size();
    whole += std::strtoul(text.data() + value, nullptr, 10);
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
    size_t hash;  // Of the request; 0 for what is no call.
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
      Due due{Clock::now() + delay_, socket, connection.life, 0, {}};
      respond_to(request, due);
      due_.push_back(std::move(due));
      connection.unread.erase(0, length);
    }
  }

  void respond_to(std::string_view request, Due& due) {
    if (request.starts_with(kStats)) {
      due.response = response_with("200 OK", stats());
    } else if (!request.starts_with(kPath)) {
      due.response = response_with("404 Not Found", "{}");
    } else {
      std::string_view body = request.substr(request.find("\r\n\r\n") + 4);
      due.hash = std::hash<std::string_view>{}(body);
      count(body, due.hash);
      due.response =
          response_with("200 OK", completion_with(reply_to(body, due.hash)));
    }
  }

  void count(std::string_view body, size_t hash) {
    ++calls_;
    repeats_ += answered_.count(hash);
    if (calls_ <= kMostSaved && saved_.is_open()) saved_ << body << std::endl;
  }

  std::string stats() const {
    return R"({"calls":)" + std::to_string(calls_) + R"(,"answered":)" +
           std::to_string(answers_) + R"(,"repeats":)" +
           std::to_string(repeats_) + "}";
  }

  void answer_due(Clock::time_point now) {
    while (!due_.empty() && due_.front().moment <= now) {
      Due due = std::move(due_.front());
      due_.pop_front();
      if (connections_[static_cast<size_t>(due.socket)].life != due.life) {
        continue;
      }
      send(due.socket, due.response.data(), due.response.size(), MSG_NOSIGNAL);
      if (due.hash == 0) continue;
      ++answers_;
      answered_.insert(due.hash);
    }
  }

  std::chrono::milliseconds delay_;
  std::ofstream saved_;
  size_t calls_ = 0;
  size_t answers_ = 0;
  size_t repeats_ = 0;
  std::unordered_set<size_t> answered_;
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
