#include "tests/calls/notation.h"

#include <cstdio>

#include "simulator/base/text.h"

namespace simulate {

namespace {

using Write = std::string (*)(const Json&);

std::string list(const Json& value, Write write) {
  std::vector<std::string> items;
  for (const Json& item : value) items.push_back(write(item));
  return "[" + joined(items, ", ") + "]";
}

std::string dict(const Json& value, Write write) {
  std::vector<std::string> entries;
  for (const auto& [key, item] : value.items()) {
    entries.push_back(write(Json(key)) + ": " + write(item));
  }
  return "{" + joined(entries, ", ") + "}";
}

std::string quoted(const std::string& text) {
  bool single = contains(text, "'");
  char quote = single && !contains(text, "\"") ? '"' : '\'';
  std::string result(1, quote);
  for (char c : text) {
    if (c == quote || c == '\\') {
      result += '\\';
      result += c;
    } else if (c == '\n') {
      result += "\\n";
    } else if (c == '\t') {
      result += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\x%02x", c);
      result += escape;
    } else {
      result += c;
    }
  }
  return result + quote;
}

}  // namespace

std::string python_dumps(const Json& value) {
  if (value.is_array()) return list(value, python_dumps);
  if (value.is_object()) return dict(value, python_dumps);
  return value.dump(-1, ' ', /*ensure_ascii=*/true);
}

std::string python_dumps_unicode(const Json& value) {
  if (value.is_array()) return list(value, python_dumps_unicode);
  if (value.is_object()) return dict(value, python_dumps_unicode);
  return to_text(value);
}

std::string python_repr(const Json& value) {
  if (value.is_array()) return list(value, python_repr);
  if (value.is_object()) return dict(value, python_repr);
  if (value.is_string()) return quoted(value.get<std::string>());
  if (value.is_boolean()) return value.get<bool>() ? "True" : "False";
  return value.is_null() ? "None" : to_text(value);
}

}  // namespace simulate
