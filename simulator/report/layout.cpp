#include "simulator/report/layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "simulator/base/text.h"

namespace simulate {

namespace {

// The bytes of the character at `at`; a text is UTF-8 when it comes here.
size_t size_at(std::string_view text, size_t at) {
  auto byte = static_cast<unsigned char>(text[at]);
  size_t size = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
  return std::min(size, text.size() - at);
}

uint32_t code_at(std::string_view text, size_t at, size_t size) {
  auto byte = [&](size_t i) {
    return static_cast<uint32_t>(static_cast<unsigned char>(text[at + i]));
  };
  if (size == 1) return byte(0);
  uint32_t code = byte(0) & (0xFFU >> (size + 1));
  for (size_t i = 1; i < size; ++i) code = code << 6 | (byte(i) & 0x3F);
  return code;
}

size_t columns_of(uint32_t code) {
  bool hangs = (code >= 0x300 && code <= 0x36F) || code == 0x200D ||
               (code >= 0xFE00 && code <= 0xFE0F);
  if (hangs) return 0;
  bool wide = (code >= 0x1100 && code <= 0x115F) ||
              (code >= 0x2E80 && code <= 0xA4CF) ||
              (code >= 0xAC00 && code <= 0xD7A3) ||
              (code >= 0xF900 && code <= 0xFAFF) ||
              (code >= 0xFE30 && code <= 0xFE6F) ||
              (code >= 0xFF00 && code <= 0xFF60) ||
              (code >= 0x1F300 && code <= 0x1FAFF);
  return wide ? 2 : 1;
}

// As many bytes as fit into `width` columns.
size_t bytes_within(std::string_view text, size_t width) {
  size_t at = 0;
  size_t columns = 0;
  while (at < text.size()) {
    size_t size = size_at(text, at);
    columns += columns_of(code_at(text, at, size));
    if (columns > width) break;
    at += size;
  }
  return at;
}

std::string cut(std::string_view text, size_t width) {
  if (width_of(text) <= width) return std::string(text);
  if (width == 0) return "";
  return std::string(text.substr(0, bytes_within(text, width - 1))) + "…";
}

void wrap_line(std::string_view line, size_t width,
               std::vector<std::string>& lines) {
  while (width_of(line) > width) {
    size_t most = std::max(bytes_within(line, width), size_at(line, 0));
    size_t blank = line.substr(0, std::min(most + 1, line.size())).rfind(' ');
    bool breaks = blank != line.npos && blank > 0;
    lines.emplace_back(line.substr(0, breaks ? blank : most));
    line.remove_prefix(breaks ? blank + 1 : most);
  }
  lines.emplace_back(line);
}

}  // namespace

size_t width_of(std::string_view text) {
  size_t columns = 0;
  for (size_t at = 0; at < text.size();) {
    size_t size = size_at(text, at);
    columns += columns_of(code_at(text, at, size));
    at += size;
  }
  return columns;
}

std::string fitted(std::string_view text, size_t width) {
  std::string line = cut(text, width);
  return line + std::string(width - width_of(line), ' ');
}

std::string fitted_right(std::string_view text, size_t width) {
  std::string line = cut(text, width);
  return std::string(width - width_of(line), ' ') + line;
}

std::vector<std::string> wrapped(std::string_view text, size_t width) {
  std::vector<std::string> lines;
  for (const std::string& line : split(text, '\n')) {
    wrap_line(line, std::max<size_t>(1, width), lines);
  }
  return lines;
}

std::string bar_of(double part, size_t width) {
  static constexpr std::array<const char*, 8> kEighths = {"",  "▏", "▎", "▍",
                                                          "▌", "▋", "▊", "▉"};
  double clamped = std::clamp(part, 0.0, 1.0);
  auto eighths = static_cast<size_t>(std::lround(clamped * 8 * double(width)));
  if (clamped > 0 && eighths == 0) eighths = 1;
  std::string bar;
  for (size_t i = 0; i < eighths / 8; ++i) bar += "█";
  return bar + kEighths[eighths % 8];
}

std::string columns_of_heights(const std::vector<double>& values) {
  static constexpr std::array<const char*, 8> kHeights = {"▁", "▂", "▃", "▄",
                                                          "▅", "▆", "▇", "█"};
  double most = 0;
  for (double value : values) most = std::max(most, value);
  std::string text;
  for (double value : values) {
    double part = most > 0 ? std::max(0.0, value) / most : 0;
    text += kHeights[static_cast<size_t>(std::lround(part * 7))];
  }
  return text;
}

}  // namespace simulate
