#include "simulator/calls/argument_tags.h"

#include <re2/re2.h>

#include <algorithm>
#include <set>

#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr size_t kLongestWord = 20;
constexpr size_t kLongestTag = 400;

using Words = std::set<std::string_view>;
const Words kOfArgument = {"parameter", "param", "argument", "arg"};
const Words kOfCall = {"function",   "invoke",        "tool_call",
                       "tool_calls", "function_call", "function_calls"};

RE2::Options bytes() {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_case_sensitive(false);
  return options;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// Behind what MiniMax, Step and DeepSeek put before the names of their tags.
size_t behind_prefix(std::string_view text, size_t at) {
  static constexpr std::string_view kBars = "|\xEF\xBD\x9C";
  size_t word = text.find_first_not_of(kBars, at);
  if (word == text.npos) return text.size();
  if (word > at && is_letter(text[word]) &&
      lowered(text.substr(word, 4)) == "dsml") {
    return std::min(text.find_first_not_of(kBars, word + 4), text.size());
  }
  size_t end = at;
  while (end < text.size() && is_letter(text[end])) ++end;
  return end > at && end < text.size() && text[end] == ':' ? end + 1 : at;
}

size_t end_of_word(std::string_view text, size_t at) {
  while (at < text.size() && is_letter(text[at])) ++at;
  return at;
}

}  // namespace

std::optional<ArgumentTag> tag_at(std::string_view text, size_t at) {
  ArgumentTag tag;
  tag.at = at++;
  tag.closes = at < text.size() && text[at] == '/';
  if (tag.closes) ++at;
  at = behind_prefix(text, at);
  size_t end = end_of_word(text, at);
  if (end == at || end - at > kLongestWord) return std::nullopt;
  std::string word = lowered(text.substr(at, end - at));
  tag.of_argument = kOfArgument.count(word) > 0;
  if (!tag.of_argument && !kOfCall.count(word)) return std::nullopt;
  size_t close = text.substr(0, end + kLongestTag).find_first_of("<>\n", end);
  bool ends = close != text.npos && text[close] == '>';
  if (!ends || (text[end] >= '0' && text[end] <= '9')) return std::nullopt;
  tag.attributes = text.substr(end, close - end);
  tag.end = close + 1;
  return tag;
}

std::optional<ArgumentTag> next_tag(std::string_view text, size_t at) {
  while ((at = text.find('<', at)) != text.npos) {
    if (std::optional<ArgumentTag> tag = tag_at(text, at)) return tag;
    ++at;
  }
  return std::nullopt;
}

std::string name_in(std::string_view attributes) {
  static const RE2 attribute(
      R"re(\bname\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))re", bytes());
  attributes = trimmed(attributes);
  if (!attributes.empty() && attributes[0] == '=') {
    std::string_view name = trimmed(attributes.substr(1));
    while (name.size() > 1 && (name[0] == '"' || name[0] == '\'') &&
           name.back() == name[0]) {
      name = trimmed(name.substr(1, name.size() - 2));
    }
    return std::string(name);
  }
  re2::StringPiece found[3];
  re2::StringPiece whole(attributes.data(), attributes.size());
  if (!RE2::PartialMatch(whole, attribute, &found[0], &found[1], &found[2])) {
    return "";
  }
  for (const re2::StringPiece& name : found) {
    if (!name.empty()) return std::string(trimmed({name.data(), name.size()}));
  }
  return "";
}

std::optional<bool> says_string(std::string_view attributes) {
  static const RE2 attribute(R"re(\bstring\s*=\s*["']?(true|false))re",
                             bytes());
  std::string word;
  re2::StringPiece whole(attributes.data(), attributes.size());
  if (!RE2::PartialMatch(whole, attribute, &word)) return std::nullopt;
  return lowered(word) == "true";
}

size_t break_before(std::string_view value) {
  if (value.substr(0, 2) == "\r\n") return 2;
  return value.substr(0, 1) == "\n" ? 1 : 0;
}

size_t break_behind(std::string_view value) {
  if (value.empty() || value.back() != '\n') return 0;
  return value.size() > 1 && value[value.size() - 2] == '\r' ? 2 : 1;
}

std::string_view without_line_breaks(std::string_view value) {
  value.remove_prefix(break_before(value));
  value.remove_suffix(break_behind(value));
  return value;
}

}  // namespace simulate
