#include "simulator/calls/string_escapes.h"

#include <charconv>
#include <cstdint>
#include <optional>

namespace simulate {

namespace {

bool is_surrogate(uint32_t code) { return code >= 0xD800 && code <= 0xDFFF; }

void append_utf8(uint32_t code, std::string& result) {
  if (code > 0x10FFFF || is_surrogate(code)) code = 0xFFFD;
  auto tail = [&](unsigned shift) {
    result += static_cast<char>(0x80 | ((code >> shift) & 0x3F));
  };
  if (code < 0x80) {
    result += static_cast<char>(code);
  } else if (code < 0x800) {
    result += static_cast<char>(0xC0 | (code >> 6));
    tail(0);
  } else if (code < 0x10000) {
    result += static_cast<char>(0xE0 | (code >> 12));
    tail(6);
    tail(0);
  } else {
    result += static_cast<char>(0xF0 | (code >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

std::optional<uint32_t> hexadecimal(std::string_view text, size_t at,
                                    size_t digits) {
  if (at + digits > text.size()) return std::nullopt;
  const char* begin = text.data() + at;
  uint32_t code = 0;
  auto [stop, wrong] = std::from_chars(begin, begin + digits, code, 16);
  if (wrong != std::errc() || stop != begin + digits) return std::nullopt;
  return code;
}

// \xe9, \u00e9, \U0001F436, and \ud83d\udc36 for what lies beyond four digits.
size_t append_code_point(std::string_view text, size_t at, size_t digits,
                         std::string& result) {
  std::optional<uint32_t> code = hexadecimal(text, at + 2, digits);
  if (!code) {
    result += text[at];
    return at + 1;
  }
  at += 2 + digits;
  bool high = *code >= 0xD800 && *code < 0xDC00;
  if (high && text.substr(at, 2) == "\\u") {
    std::optional<uint32_t> low = hexadecimal(text, at + 2, 4);
    if (low && *low >= 0xDC00 && *low < 0xE000) {
      at += 6;
      *code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
    }
  }
  append_utf8(*code, result);
  return at;
}

}  // namespace

size_t append_escape(std::string_view text, size_t at, std::string& result) {
  static constexpr std::string_view kWritten = "ntrbf\\'\"/";
  static constexpr std::string_view kMeant = "\n\t\r\b\f\\'\"/";
  char letter = at + 1 < text.size() ? text[at + 1] : '\0';
  size_t known = kWritten.find(letter);
  if (known != std::string_view::npos) {
    result += kMeant[known];
    return at + 2;
  }
  switch (letter) {
    case 'x':
      return append_code_point(text, at, 2, result);
    case 'u':
      return append_code_point(text, at, 4, result);
    case 'U':
      return append_code_point(text, at, 8, result);
    default:
      result += text[at];
      return at + 1;
  }
}

}  // namespace simulate
