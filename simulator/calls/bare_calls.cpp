#include "simulator/calls/bare_calls.h"

#include <re2/re2.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "simulator/base/text.h"
#include "simulator/calls/call_bounds.h"
#include "simulator/calls/json_call.h"
#include "simulator/calls/names.h"

namespace simulate {

namespace {

RE2::Options bytes() {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  return options;
}

re2::StringPiece piece_of(std::string_view text) {
  return {text.data(), text.size()};
}

// What models put around calls when they put no tags there.
#define SIMULATE_WRAPPERS "(?:tools?|response|json|JSON|xml|tool_code|action)"

// Where the wrapping before a call begins, at the end of `before`.
size_t wrapping_before(std::string_view before) {
  static const RE2 pattern(
      R"(((?:```\w*|<)" SIMULATE_WRAPPERS R"re(>|functions\.)re"
      R"re(|\{\s*"(?:tool_calls?|function_call)"\s*:|[\[,;]|\s)*)\z)re",
      bytes());
  re2::StringPiece found;
  if (!RE2::PartialMatch(piece_of(before), pattern, &found)) {
    return before.size();
  }
  return before.size() - found.size();
}

size_t wrapping_behind(std::string_view behind) {
  static const RE2 pattern(
      R"((?:\s|[\],;]|```(?:\s|\z)|</)" SIMULATE_WRAPPERS R"(>)*)", bytes());
  re2::StringPiece rest = piece_of(behind);
  RE2::Consume(&rest, pattern);
  return behind.size() - rest.size();
}

// What closed {"tool_calls": [...]}.
size_t brackets_behind(std::string_view behind) {
  static const RE2 pattern(R"([\s\]}]*\})", bytes());
  re2::StringPiece rest = piece_of(behind);
  RE2::Consume(&rest, pattern);
  return behind.size() - rest.size();
}

#undef SIMULATE_WRAPPERS

class Finder {
 public:
  Finder(std::string_view text, size_t begin, size_t end,
         const ControlTokens& tokens, const std::vector<ToolSpec>& tools,
         CallReader& reader)
      : text_(text),
        begin_(begin),
        end_(end),
        bounds_(text, tokens),
        tools_(tools),
        reader_(reader) {
    bounds_.end_at(text.size());
  }

  std::vector<BareCalls> find();

 private:
  size_t next_candidate(size_t at) const;
  size_t name_at(size_t line) const;
  bool begins_object(size_t brace) const;
  bool begins_list(size_t bracket) const;
  bool begins_line(size_t at) const;
  bool ends_line(size_t at) const;
  bool names_argument(size_t at) const;
  bool knows(const std::string& name) const;
  bool read(size_t at, size_t from);
  bool read_call(size_t at, size_t from);
  bool read_list(size_t at, size_t from);
  bool only_speaks_of(const CallReading& call, size_t at) const;
  void add(size_t at, size_t end, size_t from, FoundCalls found);

  std::string_view text_;
  size_t begin_;
  size_t end_;
  CallBounds bounds_;
  const std::vector<ToolSpec>& tools_;
  CallReader& reader_;
  std::vector<BareCalls> found_;
};

std::vector<BareCalls> Finder::find() {
  size_t at = next_candidate(begin_);
  size_t from = begin_;  // what is behind the last call
  while (at < end_ && !reader_.budget_is_spent()) {
    if (!read(at, from)) {
      at = next_candidate(at + 1);
      continue;
    }
    // f(a=1), g(): the next ones stand in no lines of their own.
    do {
      from = found_.back().end;
    } while (from < end_ && read_call(from, from));
    at = next_candidate(from);
  }
  return std::move(found_);
}

// A brace, a bracket before a known name, or a known name before a bracket at
// the beginning of a line.
size_t Finder::next_candidate(size_t at) const {
  // What stands right behind a tag stands at the beginning of a line, too.
  if (at == begin_ && name_at(at) < end_) return name_at(at);
  std::string_view text = text_.substr(0, end_);
  for (; at < text.size(); ++at) {
    if (text[at] == '{' && begins_object(at)) return at;
    if (text[at] == '[' && begins_list(at)) return at;
    size_t name = text[at] == '\n' ? name_at(at + 1) : end_;
    if (name < end_) return name;
  }
  return end_;
}

// Where the known name begins that a line begins with; `end_` without one.
//   f(a=1)      f{"a": 1}
size_t Finder::name_at(size_t line) const {
  std::string_view text = text_.substr(0, end_);
  size_t at = std::min(text.find_first_not_of(" \t", line), end_);
  size_t behind = end_of_name(text, at);
  if (behind == at || behind >= end_) return end_;
  bool called = text[behind] == '(' || text[behind] == '{';
  // Functionary, whose prompt ends with ">>>": the name, and {"a": 1} below.
  if (line == begin_ && text[behind] == '\n') {
    called = text.substr(behind_blank(text, behind), 1) == "{";
  }
  if (!called) return end_;
  return knows(bare_name(text.substr(at, behind - at))) ? at : end_;
}

// {"name": "f", "arguments": {}}
bool Finder::begins_object(size_t brace) const {
  size_t next = behind_blank(text_, brace + 1);
  return next < end_ && (letter_length(text_, next) > 0 || text_[next] == '"' ||
                         text_[next] == '\'');
}

// [f(a=1), g(b="x")]
bool Finder::begins_list(size_t bracket) const {
  size_t at = behind_blank(text_, bracket + 1);
  size_t behind = end_of_name(text_, at);
  return behind > at && behind < text_.size() && text_[behind] == '(' &&
         knows(bare_name(text_.substr(at, behind - at)));
}

bool Finder::begins_line(size_t at) const {
  while (at > begin_ && (text_[at - 1] == ' ' || text_[at - 1] == '\t')) --at;
  return at == begin_ || text_[at - 1] == '\n';
}

bool Finder::ends_line(size_t at) const {
  at = std::min(text_.find_first_not_of(" \t\r", at), end_);
  return at >= end_ ||
         std::string_view("\n],;`<").find(text_[at]) != text_.npos;
}

// Behind "(": a=1, or nothing to be named.
bool Finder::names_argument(size_t at) const {
  at = behind_blank(text_, at);
  if (text_.substr(at, 1) == ")") return true;
  size_t behind = end_of_identifier(text_, at);
  return behind > at && text_.substr(behind_blank(text_, behind), 1) == "=";
}

bool Finder::knows(const std::string& name) const {
  return tool_named(tools_, name) != nullptr;
}

// What begins at `at`; what was not read begins at `from`.
bool Finder::read(size_t at, size_t from) {
  return text_[at] == '[' ? read_list(at, from) : read_call(at, from);
}

// {"name": "f", "arguments": {"a": 1}} anywhere, f(a=1) when it ends its line.
bool Finder::read_call(size_t at, size_t from) {
  CallReading call = reader_.read_one(at, text_.size());
  if (!knows(call.call ? call.call->name : call.refused)) return false;
  if (call.call && only_speaks_of(call, at)) return false;
  bool json = text_[at] == '{';
  if (!json && !ends_line(call.end)) return false;
  size_t end = call.end;
  if (json) end += brackets_behind(text_.substr(end));
  FoundCalls found;
  if (call.call) {
    found.calls.push_back(std::move(*call.call));
    found.repairs = std::move(call.repairs);
  } else {
    reader_.add_fault(call, at, found);
  }
  add(at, end, from, std::move(found));
  return true;
}

// {"name": "f"} and the schema of a tool call nothing.
bool Finder::only_speaks_of(const CallReading& call, size_t at) const {
  const Json& arguments = call.call->arguments;
  std::string_view written = text_.substr(at, call.end - at);
  bool bare_name = arguments.empty() && text_[at] == '{' &&
                   !contains(written, "arg") && !contains(written, "param") &&
                   !contains(written, "input");
  return bare_name || string_at(arguments, "type") == "object";
}

// Llama's way, in a line of its own or behind words that it ends:
//   I look. [f(a=1), g(b="x")]
// Whoever writes that has meant to call, so what cannot be read in it is a
// fault and no text for the person.
bool Finder::read_list(size_t at, size_t from) {
  size_t wasted = 0;
  std::optional<CallBounds::List> list = bounds_.list_at(at, wasted);
  reader_.spend(wasted);
  if (!list) return false;
  if (text_.substr(list->end, 1) == "(") return false;  // [f()](link)
  bool alone = begins_line(at);
  bool last = ends_line(list->end);
  // `[f(a=1)]` within a sentence only speaks of it.
  bool quoted = at > begin_ && text_[at - 1] == '`';
  size_t name = behind_blank(text_, at + 1);
  bool named = names_argument(end_of_name(text_, name) + 1);
  if (!alone && (!last || !named || quoted)) return false;
  FoundCalls found;
  reader_.read_list(at, list->end, found);
  if (!last && (!found.faults.empty() || !list->closed)) return false;
  FoundCalls known;
  for (ParsedCall& call : found.calls) {
    if (knows(call.name)) {
      known.calls.push_back(std::move(call));
    } else {
      found.faults.add(
          "A tool call was not run, because no tool of that name "
          "was offered: " +
          shortened(call.name, 60) + ".");
    }
  }
  known.faults = std::move(found.faults);
  known.repairs = std::move(found.repairs);
  add(at, list->end, from, std::move(known));
  return true;
}

// With the fences and brackets around it.
void Finder::add(size_t at, size_t end, size_t from, FoundCalls found) {
  size_t begin = from + wrapping_before(text_.substr(from, at - from));
  end += wrapping_behind(text_.substr(end));
  found_.push_back({begin, end, std::move(found)});
}

}  // namespace

std::vector<BareCalls> find_bare_calls(std::string_view text, size_t begin,
                                       size_t end, const ControlTokens& tokens,
                                       const std::vector<ToolSpec>& tools,
                                       CallReader& reader) {
  if (tools.empty()) return {};
  return Finder(text, begin, end, tokens, tools, reader).find();
}

}  // namespace simulate
