#include "simulator/base/line_cutter.h"

#include <algorithm>
#include <utility>

namespace simulate {

namespace {

constexpr size_t kEnd = 256;  // bytes kept of either end

void keep_last(std::string& text) {
  if (text.size() > kEnd) text.erase(0, text.size() - kEnd);
}

}  // namespace

std::vector<LineCutter::Line> LineCutter::add(std::string_view bytes) {
  std::vector<Line> lines;
  for (;;) {
    size_t end = bytes.find('\n');
    extend(bytes.substr(0, end));
    if (end == std::string_view::npos) return lines;
    bytes.remove_prefix(end + 1);
    std::string& last = line_.too_long ? line_.end : line_.text;
    if (last.ends_with('\r')) last.pop_back();
    lines.push_back(std::exchange(line_, Line()));
  }
}

void LineCutter::extend(std::string_view part) {
  if (line_.too_long) {
    line_.end += part.substr(part.size() - std::min(part.size(), kEnd));
    keep_last(line_.end);
    return;
  }
  line_.text += part;
  if (line_.text.size() <= longest_) return;
  line_.too_long = true;
  line_.end = line_.text;
  keep_last(line_.end);
  line_.text.resize(std::min(line_.text.size(), kEnd));
  line_.text.shrink_to_fit();
}

}  // namespace simulate
