#include "simulator/net/event_stream.h"

#include <utility>

namespace simulate {

std::vector<ServerEvent> EventStream::take(std::string_view bytes) {
  std::vector<ServerEvent> events;
  for (char byte : bytes) {
    if (is_too_large_) break;
    bool follows_return = std::exchange(after_return_, byte == '\r');
    if (byte == '\n' && follows_return) continue;
    if (byte == '\n' || byte == '\r') {
      end_line(events);
    } else {
      line_ += byte;
      is_too_large_ = line_.size() + event_.text.size() > largest_;
    }
  }
  return events;
}

std::vector<ServerEvent> EventStream::finish() {
  std::vector<ServerEvent> events;
  if (is_too_large_) return events;
  if (!line_.empty()) end_line(events);
  end_line(events);
  return events;
}

void EventStream::end_line(std::vector<ServerEvent>& events) {
  std::string whole = std::exchange(line_, "");
  std::string_view line = whole;
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (std::exchange(is_first_line_, false) && line.starts_with(kByteOrderMark))
    line.remove_prefix(kByteOrderMark.size());
  if (line.empty()) {
    ServerEvent event = std::exchange(event_, {});
    if (std::exchange(has_data_, false)) events.push_back(std::move(event));
    return;
  }
  size_t colon = line.find(':');
  std::string_view value;
  if (colon != line.npos) value = line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  take_field(line.substr(0, colon), value);
}

// A comment is a field without a name; what else is unknown is passed over.
void EventStream::take_field(std::string_view name, std::string_view value) {
  if (name == "event") event_.name = value;
  if (name != "data") return;
  if (std::exchange(has_data_, true)) event_.text += '\n';
  event_.text += value;
}

}  // namespace simulate
