// Reads server-sent events out of bytes that are cut anywhere: lines that end
// with \n, \r\n or \r, comments, data of several lines. A value without a
// clock or a socket. It holds at most one event, of a bounded size; after a
// larger one it reads nothing more.
// Tested by tests/net/event_stream_test.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace simulate {

struct ServerEvent {
  std::string name;  // empty: a message
  std::string text;  // its lines of data, joined with \n

  bool operator==(const ServerEvent&) const = default;
};

class EventStream {
 public:
  explicit EventStream(size_t largest_event_bytes = 1u << 20)
      : largest_(largest_event_bytes) {}

  // The events that these bytes complete.
  std::vector<ServerEvent> take(std::string_view bytes);

  // The event that the end of the stream completes: many servers leave out the
  // empty line behind the last one. At most one.
  std::vector<ServerEvent> finish();

  bool is_too_large() const { return is_too_large_; }

 private:
  void end_line(std::vector<ServerEvent>& events);
  void take_field(std::string_view name, std::string_view value);

  size_t largest_;
  std::string line_;
  ServerEvent event_;
  bool has_data_ = false;
  bool is_first_line_ = true;
  bool after_return_ = false;  // a \n now belongs to the \r before
  bool is_too_large_ = false;
};

}  // namespace simulate
