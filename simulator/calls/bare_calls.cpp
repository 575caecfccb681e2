#include "simulator/calls/bare_calls.h"

#include <re2/re2.h>

#include <algorithm>

#include "simulator/base/text.h"
#include "simulator/calls/json_call.h"

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

constexpr std::string_view kBlank = " \t\r\n\f\v";

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool continues_name(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-';
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
         const std::vector<ToolSpec>& tools, CallReader& reader)
      : text_(text), begin_(begin), end_(end), tools_(tools), reader_(reader) {}

  std::vector<BareCall> find();

 private:
  size_t next_candidate(size_t at) const;
  bool begins_object(size_t brace) const;
  size_t name_at(size_t line) const;
  bool knows(const std::string& name) const;
  bool ends_line(size_t at) const;
  bool read(size_t at, size_t from);

  std::string_view text_;
  size_t begin_;
  size_t end_;
  const std::vector<ToolSpec>& tools_;
  CallReader& reader_;
  std::vector<BareCall> found_;
};

std::vector<BareCall> Finder::find() {
  size_t at = next_candidate(begin_);
  size_t from = begin_;  // what is behind the last call
  while (at < end_ && !reader_.budget_is_spent()) {
    if (!read(at, from)) {
      at = next_candidate(at + 1);
      continue;
    }
    // The next ones of a list stand in no lines of their own.
    do {
      from = found_.back().end;
    } while (from < end_ && read(from, from));
    at = next_candidate(from);
  }
  return std::move(found_);
}

// A brace, or a known name before a bracket at the beginning of a line.
size_t Finder::next_candidate(size_t at) const {
  // What stands right behind a tag stands at the beginning of a line, too.
  if (at == begin_ && name_at(at) < end_) return name_at(at);
  std::string_view text = text_.substr(0, end_);
  while ((at = text.find_first_of("{\n", at)) != text.npos) {
    if (text[at] == '{' && begins_object(at)) return at;
    size_t name = text[at] == '\n' ? name_at(at + 1) : end_;
    if (name < end_) return name;
    ++at;
  }
  return end_;
}

bool Finder::begins_object(size_t brace) const {
  size_t next = text_.find_first_not_of(kBlank, brace + 1);
  return next < end_ &&
         (is_letter(text_[next]) || text_[next] == '"' || text_[next] == '\'');
}

// Where the known name begins that a line begins with; `end_` without one.
size_t Finder::name_at(size_t line) const {
  std::string_view text = text_.substr(0, end_);
  size_t at = text.find_first_not_of(" \t", line);
  if (at < end_ && text[at] == '[') at = text.find_first_not_of(" \t", at + 1);
  if (at >= end_ || !is_letter(text[at])) return end_;
  size_t behind = at;
  while (behind < end_ && continues_name(text[behind])) ++behind;
  bool called = behind < end_ && (text[behind] == '(' || text[behind] == '{');
  if (!called) return end_;
  return knows(bare_name(text.substr(at, behind - at))) ? at : end_;
}

bool Finder::knows(const std::string& name) const {
  return std::any_of(tools_.begin(), tools_.end(),
                     [&](const ToolSpec& tool) { return tool.name == name; });
}

bool Finder::ends_line(size_t at) const {
  at = std::min(text_.find_first_not_of(" \t\r", at), end_);
  return at >= end_ ||
         std::string_view("\n],;`<").find(text_[at]) != text_.npos;
}

bool Finder::read(size_t at, size_t from) {
  CallReading read = reader_.read_one(at, text_.size());
  if (!read.call || !knows(read.call->name)) return false;
  // {"name": "f"} and the schema of a tool only speak of it.
  const Json& arguments = read.call->arguments;
  std::string_view written = text_.substr(at, read.end - at);
  bool bare_name = arguments.empty() && text_[at] == '{' &&
                   !contains(written, "arg") && !contains(written, "param") &&
                   !contains(written, "input");
  if (bare_name || string_at(arguments, "type") == "object") return false;
  if (text_[at] != '{' && !ends_line(read.end)) return false;
  BareCall bare;
  bare.begin = from + wrapping_before(text_.substr(from, at - from));
  size_t behind = read.end;
  if (text_[at] == '{') {
    behind += brackets_behind(text_.substr(behind));
  }
  bare.end = behind + wrapping_behind(text_.substr(behind));
  bare.call = std::move(*read.call);
  bare.repairs = std::move(read.repairs);
  found_.push_back(std::move(bare));
  return true;
}

}  // namespace

std::vector<BareCall> find_bare_calls(std::string_view text, size_t begin,
                                      size_t end,
                                      const std::vector<ToolSpec>& tools,
                                      CallReader& reader) {
  if (tools.empty()) return {};
  return Finder(text, begin, end, tools, reader).find();
}

}  // namespace simulate
