#include "simulator/calls/arg_key_call.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "simulator/base/text.h"
#include "simulator/calls/argument_tags.h"
#include "simulator/calls/names.h"
#include "simulator/calls/typed_text.h"

namespace simulate {

namespace {

constexpr std::string_view kKey = "<arg_key>";
constexpr std::string_view kKeyCloser = "</arg_key>";
constexpr std::string_view kValue = "<arg_value>";
constexpr std::string_view kValueCloser = "</arg_value>";

struct Edge {
  size_t at = std::string_view::npos;
  size_t end = std::string_view::npos;
};

Edge find_edge(std::string_view text, std::string_view tag, size_t at) {
  size_t found = text.find(tag, at);
  if (found == text.npos) return {};
  return {found, found + tag.size()};
}

// Of the value that begins at `at`. One with words behind it is a part of the
// value when another one has none:
//   <arg_value>I typed </arg_value> here</arg_value></tool_call>
Edge value_closer(std::string_view text, size_t at) {
  Edge first = find_edge(text, kValueCloser, at);
  Edge closer = first;
  for (size_t seen = 0; seen < kMostTagsInValue && closer.at != text.npos;
       ++seen) {
    size_t next = behind_blank(text, closer.end);
    if (next >= text.size() || text[next] == '<') return closer;
    closer = find_edge(text, kValueCloser, closer.end);
  }
  return first;
}

struct Argument {
  std::string key;
  std::string_view value;
  size_t end = 0;
  bool closed = true;
};

// <arg_key>a</arg_key><arg_value>1</arg_value>, from `at` on; nothing when one
// of the tags is missing, but for the last.
std::optional<Argument> read_argument(std::string_view text, size_t at) {
  Edge key = find_edge(text, kKey, at);
  // Nothing of this argument stands behind the next, and looking further each
  // time would take as long as the text is long, squared.
  text = text.substr(0, find_edge(text, kKey, key.end).at);
  Edge key_closer = find_edge(text, kKeyCloser, key.end);
  Edge value = find_edge(text, kValue, key.end);
  if (key_closer.at == text.npos || value.at == text.npos ||
      value.at < key_closer.end ||
      behind_blank(text, key_closer.end) != value.at) {
    return std::nullopt;
  }
  Edge closer = value_closer(text, value.end);
  Argument argument;
  argument.closed = closer.at != text.npos;
  if (!argument.closed) {
    size_t block = find_edge(text, "</tool_call>", value.end).at;
    closer.at = closer.end = std::min(block, text.size());
  }
  argument.key = trimmed(text.substr(key.end, key_closer.at - key.end));
  argument.value =
      without_line_breaks(text.substr(value.end, closer.at - value.end));
  argument.end = closer.end;
  return argument;
}

}  // namespace

bool begins_arg_key(std::string_view text, size_t at) {
  return text.substr(behind_blank(text, at), kKey.size()) == kKey;
}

CallReading read_arg_keys(std::string_view text, size_t at,
                          const std::string& name,
                          const std::vector<ToolSpec>& tools) {
  CallReading result;
  ParsedCall call{name, Json::object()};
  while (begins_arg_key(text, at)) {
    std::optional<Argument> argument = read_argument(text, at);
    if (!argument) {
      result.problem = "an <arg_key> needs its </arg_key> and <arg_value>";
      result.end = find_edge(text, kKey, at).end;
      return result;
    }
    if (!argument->closed) result.repairs.add("a missing closing tag");
    const Json* schema = schema_of_argument(tools, name, argument->key);
    call.arguments[argument->key] = schema
                                        ? typed_text(argument->value, *schema)
                                        : guessed_text(argument->value);
    at = result.end = argument->end;
    if (call.arguments.size() > kMostArguments) {
      result.problem = "it has too many arguments";
      return result;
    }
  }
  result.end = at;
  result.whole = true;
  result.call = std::move(call);
  return result;
}

}  // namespace simulate
