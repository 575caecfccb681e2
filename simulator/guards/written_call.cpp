#include "simulator/guards/written_call.h"

#include <re2/re2.h>

#include <set>

#include "simulator/base/text.h"

namespace simulate::guards {

namespace {

std::set<std::string> tool_names(const Transcript& transcript) {
  std::set<std::string> names;
  if (transcript.offer) {
    for (const ToolSpec& tool : transcript.offer->tools) {
      names.insert(tool.name);
    }
  }
  for (const Message& message : transcript.messages) {
    for (const ToolCall& call : message.calls) names.insert(call.name);
  }
  return names;
}

bool is_part_of_a_name(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

// `name` stands in `text` as a word of its own; what is not a name by its
// looks needs brackets behind it: search("...").
bool names(const std::string& text, const std::string& name) {
  bool plain_word = name.find_first_of("_-.") == name.npos;
  for (size_t at = text.find(name); at != text.npos;
       at = text.find(name, at + 1)) {
    size_t end = at + name.size();
    if (at > 0 && is_part_of_a_name(text[at - 1])) continue;
    if (end < text.size() && is_part_of_a_name(text[end])) continue;
    if (!plain_word) return true;
    if (end < text.size() && text[end] == '(') return true;
  }
  return false;
}

}  // namespace

bool writes_a_call(const std::string& text, const Transcript& transcript) {
  static const RE2 json(
      R"(["'](?:name|function|tool|tool_name)["']\s*:\s*["'][A-Za-z_.-]+["'])"
      R"(\s*,\s*["'](?:arguments|parameters|args|input)["']\s*:)");
  if (RE2::PartialMatch(text, json)) return true;
  for (const std::string& name : tool_names(transcript)) {
    if (names(text, name)) return true;
  }
  return false;
}

}  // namespace simulate::guards
