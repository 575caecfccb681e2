#include "simulator/base/json.h"

#include <utility>

#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr int kDeepest = 200;

// The parser recurses once per level when it destroys a value, so the depth
// of untrusted text is bounded before it is parsed.
bool nests_too_deep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kDeepest) return true;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

bool needs_escape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
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
  for (size_t i = 0; i < text.size(); ++i) {
    if (!needs_escape(text[i])) continue;
    target.append(text, copied, i - copied);
    append_escape(target, text[i]);
    copied = i + 1;
  }
  target.append(text, copied, text.size() - copied);
  target += '"';
}

std::optional<Json> parse_json(std::string_view text) {
  if (nests_too_deep(text)) return std::nullopt;
  Json value = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (value.is_discarded()) return std::nullopt;
  return value;
}

std::string string_at(const Json& object, const std::string& key,
                      const std::string& otherwise) {
  if (!object.is_object()) return otherwise;
  auto found = object.find(key);
  if (found == object.end() || !found->is_string()) return otherwise;
  return found->get<std::string>();
}

}  // namespace simulate
