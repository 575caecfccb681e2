#include "simulator/models/key_shape.h"

#include <algorithm>

#include "simulator/base/text.h"

namespace simulate {

namespace {

enum class Kind { digit, upper, lower, other };

Kind kind_of(char c) {
  if (c >= '0' && c <= '9') return Kind::digit;
  if (c >= 'A' && c <= 'Z') return Kind::upper;
  if (c >= 'a' && c <= 'z') return Kind::lower;
  return Kind::other;
}

bool begins_like_key(std::string_view text) {
  constexpr size_t kShortest = 16;
  constexpr std::string_view kBegins[] = {"sk-",  "pk-",    "hf_",    "tgp_",
                                          "gsk_", "xai-",   "AIza",   "ghp_",
                                          "csk-", "nvapi-", "Bearer "};
  return text.size() >= kShortest &&
         std::any_of(
             std::begin(kBegins), std::end(kBegins),
             [&](std::string_view begin) { return text.starts_with(begin); });
}

}  // namespace

// Words change from small letters to others now and then, chance does so at
// every second or third place; a capital before small letters begins a word.
bool looks_like_key(std::string_view text) {
  constexpr size_t kLongestWord = 20;
  constexpr size_t kMostChanges = 5;
  if (begins_like_key(text)) return true;
  size_t length = 0;
  size_t changes = 0;
  Kind before = Kind::other;
  for (char c : text) {
    Kind kind = kind_of(c);
    if (kind == Kind::other) {
      length = changes = 0;
    } else {
      bool begins_word = before == Kind::upper && kind == Kind::lower;
      changes += length > 0 && kind != before && !begins_word;
      ++length;
    }
    if (length >= kLongestWord && changes > kMostChanges) return true;
    before = kind;
  }
  return false;
}

std::string name_to_show(std::string_view name) {
  constexpr size_t kLongest = 60;
  if (name.size() > kLongest || looks_like_key(name)) {
    return kNotShown;
  }
  return one_line(name);
}

}  // namespace simulate
