#include "simulator/settings/line_difference.h"

#include <algorithm>
#include <vector>

#include "simulator/base/text.h"

namespace simulate {

namespace {

using Lines = std::vector<std::string>;

constexpr size_t kWidth = 100;  // bytes of a line that are shown
constexpr size_t kLeadIn = 30;  // of these, before the first difference

size_t common_beginning(const std::string& a, const std::string& b) {
  size_t shorter = std::min(a.size(), b.size());
  return static_cast<size_t>(
      std::mismatch(a.begin(), a.begin() + static_cast<long>(shorter),
                    b.begin())
          .first -
      a.begin());
}

bool is_inside_letter(const std::string& text, size_t at) {
  return at < text.size() && (text[at] & 0xC0) == 0x80;
}

// `line` from a little before `differs` on.
std::string part_of(const std::string& line, size_t differs) {
  if (line.size() <= kWidth || differs <= kLeadIn) {
    return shortened(line, kWidth);
  }
  size_t begin = differs - kLeadIn;
  while (is_inside_letter(line, begin)) --begin;
  return "..." + shortened(line.substr(begin), kWidth);
}

// What differs between a beginning and an end that are the same.
struct Middle {
  size_t same = 0;  // lines before it
  size_t tail = 0;  // and behind it
};

Middle middle_of(const Lines& before, const Lines& now) {
  Middle middle;
  size_t shorter = std::min(before.size(), now.size());
  while (middle.same < shorter && before[middle.same] == now[middle.same]) {
    ++middle.same;
  }
  while (middle.tail < shorter - middle.same &&
         before[before.size() - 1 - middle.tail] ==
             now[now.size() - 1 - middle.tail]) {
    ++middle.tail;
  }
  return middle;
}

// The lines of one side; each is compared with its counterpart of the other.
std::string side(const char* sign, const Lines& lines, const Lines& others,
                 const Middle& middle, size_t most) {
  std::string text;
  size_t end = lines.size() - middle.tail;
  for (size_t i = middle.same; i < end && i < middle.same + most; ++i) {
    bool paired = i < others.size() - middle.tail;
    size_t differs = paired ? common_beginning(lines[i], others[i]) : 0;
    text += sign + part_of(lines[i], differs) + '\n';
  }
  if (end > middle.same + most) {
    text += sign + std::string("(") + std::to_string(end - middle.same - most) +
            " more lines)\n";
  }
  return text;
}

}  // namespace

std::string line_difference(const std::string& before, const std::string& now,
                            size_t most) {
  Lines old_lines = split(before, '\n');
  Lines new_lines = split(now, '\n');
  Middle middle = middle_of(old_lines, new_lines);
  std::string text = side("- ", old_lines, new_lines, middle, most) +
                     side("+ ", new_lines, old_lines, middle, most);
  if (!text.empty()) text.pop_back();
  return text;
}

}  // namespace simulate
