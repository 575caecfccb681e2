#include "tools/schema_reference.h"

namespace simulate {

namespace {

int hex_digit(char c) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  size_t at = kDigits.find(static_cast<char>(c | 0x20));
  return at == kDigits.npos ? -1 : static_cast<int>(at);
}

std::string percent_decoded(const std::string& text) {
  std::string result;
  for (size_t i = 0; i < text.size(); ++i) {
    bool coded = text[i] == '%' && i + 2 < text.size() &&
                 hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
    if (!coded) {
      result += text[i];
      continue;
    }
    result +=
        static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
    i += 2;
  }
  return result;
}

}  // namespace

const Json* referred(const Json& root, const Json& reference) {
  if (!reference.is_string()) return nullptr;
  const auto& text = reference.get_ref<const std::string&>();
  if (!text.starts_with('#')) return nullptr;
  try {
    Json::json_pointer place(percent_decoded(text.substr(1)));
    return root.contains(place) ? &root.at(place) : nullptr;
  } catch (const Json::exception&) {
    return nullptr;
  }
}

}  // namespace simulate
