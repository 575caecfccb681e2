#include "simulator/calls/tagged_call.h"

#include <re2/re2.h>

#include <algorithm>
#include <set>

#include "simulator/base/text.h"
#include "simulator/calls/json_call.h"
#include "simulator/calls/literal_scanner.h"
#include "simulator/calls/names.h"
#include "simulator/calls/typed_text.h"

namespace simulate {

namespace {

constexpr size_t kMostArguments = 100;
constexpr size_t kMostTagsInValue = 8;  // keeps the reading linear
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

struct Tag {
  size_t at = 0;
  size_t end = 0;
  bool closes = false;
  bool of_argument = false;  // else of the function, or of what is around it
  std::string_view attributes;
};

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

// The tag that begins at `at`, if it means something between the arguments of
// a call.
std::optional<Tag> tag_at(std::string_view text, size_t at) {
  Tag tag;
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

std::optional<Tag> next_tag(std::string_view text, size_t at) {
  while ((at = text.find('<', at)) != text.npos) {
    if (std::optional<Tag> tag = tag_at(text, at)) return tag;
    ++at;
  }
  return std::nullopt;
}

// =name, ="name", or name="..." among other attributes.
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

// string="true" or "false", as DeepSeek says for each argument.
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

// Qwen's and GLM's line breaks belong to the tags; what else is around it is
// the value.
std::string_view without_line_breaks(std::string_view value) {
  value.remove_prefix(break_before(value));
  value.remove_suffix(break_behind(value));
  return value;
}

// Elsewhere tags stand in the lines of their values. Only who puts a line break
// on both sides has put the value into lines of its own; DeepSeek, who says
// what is text, never does.
std::string_view inner_value(std::string_view value, const Tag& opener) {
  if (trimmed(opener.attributes).substr(0, 1) == "=") {
    return without_line_breaks(value);
  }
  bool lines = break_before(value) > 0 && break_behind(value) > 0;
  bool literal = says_string(opener.attributes) == true;
  return lines && !literal ? without_line_breaks(value) : value;
}

class TaggedReader {
 public:
  TaggedReader(std::string_view text, const std::vector<ToolSpec>& tools)
      : text_(text), tools_(tools) {}

  CallReading read(size_t at);

 private:
  bool object(size_t& at);
  bool arguments(size_t& at);
  size_t argument(const Tag& opener);
  Tag own_closer(const Tag& first) const;
  bool ends_value(const Tag& closer) const;
  void refuse_other_words(size_t& at, const std::optional<Tag>& tag);
  void add(const std::string& key, std::string_view value, const Tag& opener);
  void close(size_t at);

  std::string_view text_;
  const std::vector<ToolSpec>& tools_;
  ParsedCall call_;
  size_t arguments_ = 0;  // good or bad
  CallReading result_;
};

CallReading TaggedReader::read(size_t at) {
  std::optional<Tag> opener = next_tag(text_, at);
  result_.end = opener && opener->at == at ? opener->end : at + 1;
  call_.name =
      opener && opener->at == at ? bare_name(name_in(opener->attributes)) : "";
  if (call_.name.empty()) {
    result_.problem = "the tag of the function does not say its name";
    return std::move(result_);
  }
  at = behind_blank(text_, opener->end);
  bool json = at < text_.size() && text_[at] == '{';
  if (json ? !object(at) : !arguments(at)) return std::move(result_);
  close(at);
  result_.whole = true;
  if (result_.problem.empty()) result_.call = std::move(call_);
  return std::move(result_);
}

// <function=name>{"key": value}</function>
bool TaggedReader::object(size_t& at) {
  LiteralScanner scanner(text_, at, Notation::json);
  std::optional<Json> value = scanner.value();
  result_.end = scanner.furthest();
  if (!value) {
    result_.problem = scanner.problem();
    return false;
  }
  result_.repairs.add_all(scanner.repairs());
  call_.arguments = std::move(*value);
  at = scanner.position();
  return true;
}

bool TaggedReader::arguments(size_t& at) {
  while (true) {
    at = behind_blank(text_, at);
    std::optional<Tag> tag = next_tag(text_, at);
    bool another = tag && tag->at == at && !tag->closes && tag->of_argument;
    if (another && ++arguments_ > kMostArguments) {
      result_.problem = "it has too many arguments";
      result_.end = at;
      return false;
    }
    if (another) {
      at = argument(*tag);
      continue;
    }
    if (call_.arguments.empty()) refuse_other_words(at, tag);
    return true;
  }
}

// <function=f>some words</function>, and The tag <function=f> opens a call.
// Words where only arguments belong are not run as a call without any.
void TaggedReader::refuse_other_words(size_t& at,
                                      const std::optional<Tag>& tag) {
  bool closed = tag && tag->closes;
  bool words = closed ? !trimmed(text_.substr(at, tag->at - at)).empty()
                      : name_part_length(text_, at) > 0;
  if (!words) return;
  result_.problem = "an argument stands in <parameter=name>value</parameter>";
  if (closed) at = tag->at;
}

// <parameter=a>1</parameter>. Returns where the text goes on.
size_t TaggedReader::argument(const Tag& opener) {
  std::string key = name_in(opener.attributes);
  size_t from = opener.end;
  std::optional<Tag> tag = next_tag(text_, from);
  // Tags of other things are text, as long as the argument is open.
  std::optional<Tag> other;
  for (size_t seen = 0; tag && !tag->closes && !tag->of_argument; ++seen) {
    if (!other) other = tag;
    tag = seen < kMostTagsInValue ? next_tag(text_, tag->end) : std::nullopt;
  }
  bool closed = tag && tag->closes && tag->of_argument;
  if (closed) tag = own_closer(*tag);
  if (!closed && other) tag = other;
  size_t end = tag ? tag->at : text_.size();
  add(key, text_.substr(from, end - from), opener);
  if (closed) return tag->end;
  result_.repairs.add("a missing closing tag");
  return end;
}

// <parameter=a>I typed </parameter> here</parameter></function>
// A closing tag with words behind it is a part of the value when another one
// stands before the next argument and has none.
Tag TaggedReader::own_closer(const Tag& first) const {
  if (ends_value(first)) return first;
  std::optional<Tag> tag = first;
  for (size_t seen = 0; seen < kMostTagsInValue; ++seen) {
    tag = next_tag(text_, tag->end);
    if (!tag || (tag->of_argument && !tag->closes)) break;
    if (tag->of_argument && ends_value(*tag)) return *tag;
  }
  return first;
}

// Whether what may follow a value follows: another argument, or the end of the
// call or of the text.
bool TaggedReader::ends_value(const Tag& closer) const {
  size_t next = behind_blank(text_, closer.end);
  if (next >= text_.size()) return true;
  std::optional<Tag> tag =
      text_[next] == '<' ? tag_at(text_, next) : std::nullopt;
  return tag && tag->of_argument != tag->closes;
}

void TaggedReader::add(const std::string& key, std::string_view value,
                       const Tag& opener) {
  value = inner_value(value, opener);
  if (key.empty()) {
    result_.problem = "an argument's tag does not say its name";
  } else if (call_.arguments.contains(key)) {
    result_.problem = "the argument " + shortened(key, 60) + " is there twice";
  } else {
    std::optional<bool> text = says_string(opener.attributes);
    const Json* schema = schema_of_argument(tools_, call_.name, key);
    if (text) {
      call_.arguments[key] =
          *text ? Json(std::string(value)) : guessed_text(value);
    } else if (schema) {
      call_.arguments[key] = typed_text(value, *schema);
    } else {
      call_.arguments[key] = std::string(value);
    }
  }
}

void TaggedReader::close(size_t at) {
  size_t next = behind_blank(text_, at);
  std::optional<Tag> tag = next_tag(text_, next);
  bool here = tag && tag->at == next && tag->closes;
  std::string_view written =
      here ? text_.substr(tag->at, tag->end - tag->at) : "";
  std::string name = lowered(written);
  bool own = contains(name, "invoke") ||
             (contains(name, "function") && !contains(name, "function_call"));
  result_.end = own ? tag->end : at;
  if (!own) result_.repairs.add("a missing closing tag");
}

struct Edge {
  size_t at = std::string_view::npos;
  size_t end = std::string_view::npos;
};

constexpr std::string_view kValueCloser = "</arg_value>";

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

}  // namespace

CallReading read_tagged_call(std::string_view text, size_t at,
                             const std::vector<ToolSpec>& tools) {
  return TaggedReader(text, tools).read(at);
}

bool begins_arg_key(std::string_view text, size_t at) {
  static constexpr std::string_view kTag = "<arg_key>";
  return text.substr(behind_blank(text, at), kTag.size()) == kTag;
}

CallReading read_arg_keys(std::string_view text, size_t at,
                          const std::string& name,
                          const std::vector<ToolSpec>& tools) {
  CallReading result;
  ParsedCall call;
  call.name = name;
  while (begins_arg_key(text, at)) {
    Edge key_opener = find_edge(text, "<arg_key>", at);
    // Nothing of this argument stands behind the next, and looking further
    // each time would take as long as the text is long, squared.
    std::string_view part =
        text.substr(0, find_edge(text, "<arg_key>", key_opener.end).at);
    Edge key_closer = find_edge(part, "</arg_key>", key_opener.end);
    Edge opener = find_edge(part, "<arg_value>", key_opener.end);
    if (key_closer.at == part.npos || opener.at == part.npos ||
        opener.at < key_closer.end ||
        !trimmed(part.substr(key_closer.end, opener.at - key_closer.end))
             .empty()) {
      result.problem = "an <arg_key> needs its </arg_key> and <arg_value>";
      result.end = key_opener.end;
      return result;
    }
    Edge closer = value_closer(part, opener.end);
    if (closer.at == part.npos) {
      result.repairs.add("a missing closing tag");
      size_t block = find_edge(part, "</tool_call>", opener.end).at;
      closer.at = closer.end = std::min(block, part.size());
    }
    std::string key(
        trimmed(text.substr(key_opener.end, key_closer.at - key_opener.end)));
    std::string_view value =
        without_line_breaks(text.substr(opener.end, closer.at - opener.end));
    const Json* schema = schema_of_argument(tools, name, key);
    call.arguments[key] =
        schema ? typed_text(value, *schema) : guessed_text(value);
    at = result.end = closer.end;
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
