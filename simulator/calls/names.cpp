#include "simulator/calls/names.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>

namespace simulate {

namespace {

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_ascii_part(char c) {
  return is_ascii_letter(c) || (c >= '0' && c <= '9');
}

// "-", ".", "/", digits and ":" in ASCII's order.
bool is_ascii_part_or_sign(char c) {
  return is_ascii_letter(c) || (c >= '-' && c <= ':');
}

bool is_ascii_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Of the character at `at`, which is not ASCII, when the pattern knows it.
size_t wide_length(std::string_view text, size_t at, const RE2& pattern) {
  constexpr size_t kLongest = 4;
  re2::StringPiece rest(text.data() + at, std::min(kLongest, text.size() - at));
  re2::StringPiece found;
  bool known =
      pattern.Match(rest, 0, rest.size(), RE2::ANCHOR_START, &found, 1);
  return known ? found.size() : 0;
}

size_t wide_letter_length(std::string_view text, size_t at) {
  static const RE2 letter(R"(\pL)");
  return wide_length(text, at, letter);
}

size_t wide_part_length(std::string_view text, size_t at) {
  static const RE2 part(R"([\pL\pM\p{Nd}])");
  return wide_length(text, at, part);
}

// Behind what a name goes on with. Nearly all of it is ASCII, and looking up
// another letter takes as long as reading hundreds of those: nobody's name has
// so many.
template <class Belongs>
size_t end_of_parts(std::string_view text, size_t at, Belongs belongs) {
  constexpr int kMostWide = 200;
  for (int wide = 0; wide < kMostWide; ++wide) {
    while (at < text.size() && is_ascii(text[at])) {
      if (!belongs(text[at])) return at;
      ++at;
    }
    size_t length = at < text.size() ? wide_part_length(text, at) : 0;
    if (length == 0) return at;
    at += length;
  }
  return at;
}

// Models copy spaces that are not ASCII from the text around them.
size_t wide_blank_length(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kWide = {
      "\xC2\xA0", "\xE3\x80\x80", "\xEF\xBB\xBF", "\xE2\x80\x8B",
      "\xE2\x80\xAF"};
  for (std::string_view wide : kWide) {
    if (text.substr(0, wide.size()) == wide) return wide.size();
  }
  return 0;
}

}  // namespace

size_t letter_length(std::string_view text, size_t at) {
  if (at >= text.size()) return 0;
  if (is_ascii(text[at])) return is_ascii_letter(text[at]) ? 1 : 0;
  return wide_letter_length(text, at);
}

size_t name_part_length(std::string_view text, size_t at) {
  if (at >= text.size()) return 0;
  if (is_ascii(text[at])) return is_ascii_part(text[at]) ? 1 : 0;
  return wide_part_length(text, at);
}

size_t end_of_identifier(std::string_view text, size_t at) {
  size_t end = at;
  while (letter_length(text, end) > 0) {
    end = end_of_parts(text, end, is_ascii_part);
    bool dotted = end < text.size() && text[end] == '.' &&
                  letter_length(text, end + 1) > 0;
    if (!dotted) break;
    ++end;
  }
  return end;
}

size_t end_of_name(std::string_view text, size_t at) {
  if (letter_length(text, at) == 0) return at;
  return end_of_parts(text, at, is_ascii_part_or_sign);
}

size_t behind_blank(std::string_view text, size_t at) {
  while (true) {
    while (at < text.size() && is_ascii_blank(text[at])) ++at;
    if (at >= text.size() || is_ascii(text[at])) break;
    size_t length = wide_blank_length(text.substr(at, 3));
    if (length == 0) break;
    at += length;
  }
  return at;
}

}  // namespace simulate
