#include "simulator/base/answering_child.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace simulate {

// A pipe that is full shall not keep us longer than an answer may.
AnsweringChild::AnsweringChild(const ChildCommand& command,
                               int most_milliseconds)
    : process_(command), most_milliseconds_(most_milliseconds) {
  int flags = ::fcntl(process_.input.number(), F_GETFL);
  ::fcntl(process_.input.number(), F_SETFL, flags | O_NONBLOCK);
}

std::optional<Json> AnsweringChild::ask(const Json& question) {
  if (!write_all(to_text(question) + "\n")) return std::nullopt;
  std::optional<std::string> line = read_line();
  return line ? parse_json(*line) : std::nullopt;
}

bool AnsweringChild::write_all(std::string_view text) {
  while (!text.empty()) {
    ssize_t count = ::write(process_.input.number(), text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) {
      if (!wait_for(process_.input, POLLOUT)) return false;
      continue;
    }
    if (count <= 0) return false;
    text.remove_prefix(static_cast<size_t>(count));
  }
  return true;
}

std::optional<std::string> AnsweringChild::read_line() {
  char buffer[65536];
  for (;;) {
    size_t end = unread_.find('\n');
    if (end != std::string::npos) {
      std::string line = unread_.substr(0, end);
      unread_.erase(0, end + 1);
      return line;
    }
    if (!wait_for(process_.output, POLLIN)) return std::nullopt;
    ssize_t count = ::read(process_.output.number(), buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return std::nullopt;
    unread_.append(buffer, static_cast<size_t>(count));
  }
}

bool AnsweringChild::wait_for(const Descriptor& pipe, short event) const {
  pollfd wanted = {pipe.number(), event, 0};
  int ready = 0;
  do {
    ready = ::poll(&wanted, 1, most_milliseconds_);
  } while (ready < 0 && errno == EINTR);
  return ready > 0;
}

}  // namespace simulate
