#include "simulator/base/json.h"

#include <charconv>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "simulator/base/text.h"

template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace simulate {

namespace {

constexpr size_t kDeepest = 200;
// An object of n keys is looked through n times while it is read, since keys
// keep their order; this many looks take a tenth of a second, and are those of
// one object with 6,300 keys.
constexpr int64_t kMostLooks = 20'000'000;

// The parser recurses once per level when it destroys a value, and its objects
// grow slow as they grow large: what a text would cost is known before it is
// parsed.
bool costs_too_much(std::string_view text) {
  std::vector<int64_t> keys;  // of the objects and lists that are open
  int64_t looks = 0;
  bool in_string = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (keys.size() == kDeepest) return true;
      keys.push_back(0);
    } else if ((c == ']' || c == '}') && !keys.empty()) {
      keys.pop_back();
    } else if (c == ':' && !keys.empty()) {
      looks += keys.back()++;
      if (looks > kMostLooks) return true;
    }
  }
  return false;
}

bool is_between(uint32_t code, uint32_t first, uint32_t last) {
  return code >= first && code <= last;
}

// What \uXXXX at `at` says; nothing when no such escape stands there.
std::optional<uint32_t> escaped_unit(std::string_view text, size_t at) {
  constexpr size_t kLength = 6;
  if (at + kLength > text.size() || text[at + 1] != 'u') return std::nullopt;
  const char* end = text.data() + at + kLength;
  uint32_t unit = 0;
  auto [stop, wrong] = std::from_chars(end - 4, end, unit, 16);
  if (text[at] != '\\' || wrong != std::errc() || stop != end) {
    return std::nullopt;
  }
  return unit;
}

// The same text with \ufffd where half of a surrogate pair is escaped, which
// models write when they are cut off within an emoji, and which the parser
// takes for an error. Nothing when there is no such half.
std::optional<std::string> without_half_surrogates(std::string_view text) {
  std::string whole;
  size_t copied = 0;
  for (size_t at = text.find('\\'); at < text.size();
       at = text.find('\\', at)) {
    auto unit = escaped_unit(text, at);
    if (!unit || !is_between(*unit, 0xD800, 0xDFFF)) {
      at += 2;  // an escaped backslash begins no escape
      continue;
    }
    auto low = escaped_unit(text, at + 6);
    bool pair = *unit < 0xDC00 && low && is_between(*low, 0xDC00, 0xDFFF);
    if (!pair) {
      whole.append(text, copied, at - copied);
      whole += "\\ufffd";
      copied = at + 6;
    }
    at += pair ? 12 : 6;
  }
  if (copied == 0) return std::nullopt;
  whole.append(text, copied);
  return whole;
}

bool needs_escape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

constexpr uint64_t in_every_byte(unsigned char byte) {
  return 0x0101010101010101u * byte;
}

// Whether one of the eight bytes is zero, or a control character, a quote or a
// backslash: the classic test for a byte below a bound, in one word. It may
// also say so of a byte above 0x7F, which is then looked at by itself.
bool may_need_escape(uint64_t word) {
  auto below = [](uint64_t x, unsigned char bound) {
    return (x - in_every_byte(bound)) & ~x;
  };
  uint64_t quote = below(word ^ in_every_byte('"'), 1);
  uint64_t backslash = below(word ^ in_every_byte('\\'), 1);
  uint64_t control = below(word, 0x20);
  return ((quote | backslash | control) & in_every_byte(0x80)) != 0;
}

// Where the first character from `at` on stands that needs an escape.
size_t next_escape(std::string_view text, size_t at) {
  while (at + sizeof(uint64_t) <= text.size()) {
    uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    if (may_need_escape(word)) {
      size_t end = at + sizeof word;
      for (; at < end; ++at) {
        if (needs_escape(text[at])) return at;
      }
    } else {
      at += sizeof word;
    }
  }
  while (at < text.size() && !needs_escape(text[at])) ++at;
  return at;
}

void append_escape(std::string& target, char c) {
  switch (c) {
    case '"':
      target += "\\\"";
      return;
    case '\\':
      target += "\\\\";
      return;
    case '\n':
      target += "\\n";
      return;
    case '\r':
      target += "\\r";
      return;
    case '\t':
      target += "\\t";
      return;
    case '\b':
      target += "\\b";
      return;
    case '\f':
      target += "\\f";
      return;
    default:
      static constexpr char kDigits[] = "0123456789abcdef";
      target += "\\u00";
      target += kDigits[(c >> 4) & 15];
      target += kDigits[c & 15];
  }
}

void append_value(std::string& target, const Json& value);

void append_list(std::string& target, const Json& value) {
  target += '[';
  bool first = true;
  for (const Json& item : value) {
    if (!std::exchange(first, false)) target += ',';
    append_value(target, item);
  }
  target += ']';
}

void append_object(std::string& target, const Json& value) {
  target += '{';
  bool first = true;
  for (const auto& [key, item] : value.get_ref<const Json::object_t&>()) {
    if (!std::exchange(first, false)) target += ',';
    append_string(target, key);
    target += ':';
    append_value(target, item);
  }
  target += '}';
}

void append_value(std::string& target, const Json& value) {
  if (value.is_string()) {
    append_string(target, value.get_ref<const std::string&>());
  } else if (value.is_array()) {
    append_list(target, value);
  } else if (value.is_object()) {
    append_object(target, value);
  } else {
    target += value.dump();
  }
}

}  // namespace

std::string to_text(const Json& value) {
  std::string text;
  append_value(text, value);
  return text;
}

// Stretches that need no escape are copied whole: nearly all of a prompt.
void append_string(std::string& target, std::string_view text) {
  if (!is_utf8(text)) {
    target += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
    return;
  }
  target += '"';
  size_t copied = 0;
  for (size_t at = next_escape(text, 0); at < text.size();
       at = next_escape(text, copied)) {
    target.append(text, copied, at - copied);
    append_escape(target, text[at]);
    copied = at + 1;
  }
  target.append(text, copied, text.size() - copied);
  target += '"';
}

std::optional<Json> parse_json(std::string_view text) {
  if (costs_too_much(text)) return std::nullopt;
  Json value = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!value.is_discarded()) return value;
  std::optional<std::string> whole = without_half_surrogates(text);
  if (!whole) return std::nullopt;
  value = Json::parse(*whole, nullptr, /*allow_exceptions=*/false);
  if (value.is_discarded()) return std::nullopt;
  return value;
}

void change_strings(Json& value,
                    const std::function<void(std::string&)>& change) {
  if (value.is_string()) {
    change(value.get_ref<std::string&>());
  } else if (value.is_array()) {
    for (Json& part : value) change_strings(part, change);
  } else if (value.is_object()) {
    Json::object_t changed;
    for (auto& [name, part] : value.get_ref<Json::object_t&>()) {
      std::string key = name;
      change(key);
      change_strings(part, change);
      changed.push_back({std::move(key), std::move(part)});
    }
    value = std::move(changed);
  }
}

std::string string_at(const Json& object, const std::string& key,
                      const std::string& otherwise) {
  if (!object.is_object()) return otherwise;
  auto found = object.find(key);
  if (found == object.end() || !found->is_string()) return otherwise;
  return found->get<std::string>();
}

}  // namespace simulate
