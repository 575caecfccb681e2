#include "tools/call_reader.h"

#include <re2/re2.h>

#include <algorithm>
#include <utility>

#include "simulator/base/text.h"
#include "tools/json_call.h"

namespace simulate {

namespace {

constexpr size_t kMostArguments = 100;
constexpr size_t kWorkOfCall = 256;  // beside its bytes

std::string excerpt(std::string_view text) {
  std::string line = printable(trimmed(text.substr(0, 120)));
  std::replace(line.begin(), line.end(), '\n', ' ');
  return shortened(line, 40);
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_opening(char c) { return c == '(' || c == '[' || c == '{'; }
bool is_closing(char c) { return c == ')' || c == ']' || c == '}'; }

bool stands_at(std::string_view text, size_t at, std::string_view part) {
  return text.substr(std::min(at, text.size()), part.size()) == part;
}

// A name as models write it: with dots, and with dashes, slashes and colons
// where the syntax leaves room for them.
size_t end_of_name(std::string_view text, size_t at) {
  if (at >= text.size() || !(is_letter(text[at]) || text[at] == '_')) return at;
  auto belongs = [](char c) {  // "-", ".", "/", digits, ":" in ASCII's order
    return is_letter(c) || (c >= '-' && c <= ':') || c == '_';
  };
  while (at < text.size() && belongs(text[at])) ++at;
  return at;
}

// Behind the string that begins at `at`; npos when it is never closed.
size_t end_of_string(std::string_view text, size_t at) {
  const char stops[] = {text[at], '\\'};
  size_t next = at + 1;
  while ((next = text.find_first_of(stops, next, 2)) != text.npos) {
    if (text[next] != '\\') return next + 1;
    next += 2;
  }
  return text.npos;
}

// The key of a named argument; nothing, and no step taken, when the argument
// has no name.
std::optional<std::string> take_key(LiteralScanner& scanner) {
  LiteralScanner probe = scanner;
  std::optional<std::string> key = probe.name();
  if (!key || !probe.take('=')) return std::nullopt;
  scanner = std::move(probe);
  return key;
}

// Reads one argument. False: the text is no argument, and nobody knows where
// the call ends. An argument that is understood but not allowed sets `problem`
// and reading goes on behind it.
bool read_argument(LiteralScanner& scanner, ParsedCall& call,
                   std::string& problem) {
  std::optional<std::string> key = take_key(scanner);
  std::optional<Json> value = scanner.value();
  if (!value) {
    problem = scanner.problem();
    return false;
  }
  if (!key) {
    problem = "every argument needs its name, as in " +
              shortened(call.name, 60) + "(name=value)";
  } else if (call.arguments.contains(*key)) {
    problem = "the argument " + shortened(*key, 60) + " is there twice";
  } else if (call.arguments.size() >= kMostArguments) {
    problem = "it has too many arguments";
  } else {
    call.arguments[*key] = std::move(*value);
  }
  return true;
}

// Everything up to and with the closing parenthesis.
bool read_arguments(LiteralScanner& scanner, ParsedCall& call,
                    std::string& problem) {
  while (scanner.skip_comments(), !scanner.take_closing(')')) {
    if (!read_argument(scanner, call, problem)) return false;
    scanner.skip_comments();
    if (scanner.take(',')) continue;
    if (scanner.take_closing(')')) break;
    problem = scanner.at_end() ? "it has no closing parenthesis"
                               : "expected \",\" or \")\" after an argument";
    return false;
  }
  return true;
}

}  // namespace

size_t CallReader::read_block(size_t at, size_t limit, bool closed_by_thinking,
                              FoundCalls& found) {
  limit_ = limit;
  bool empty = true;
  while (true) {
    at = gap_at(at).end;
    const Mark* mark = marks_.at(at);
    bool call = mark && (mark->is(MarkKind::tagged, false) ||
                         mark->is(MarkKind::token, false));
    if (at >= limit_ || (mark && !call)) {
      return end_of_block(at, empty, closed_by_thinking, found);
    }
    if (!empty && !begins_call(at)) {
      if (size_t end = behind_misspelt_closer(at, found)) return end;
      // Words behind the calls of a tag that is never closed are an answer.
      const Mark* closer = closer_behind(at);
      const Mark* next = marks_.from(at);
      if (!closer || (next && next->at < closer->at && !next->closes)) {
        found.repairs.add("a missing closing tag");
        return at;
      }
    }
    bool good = !found.calls.empty() && !empty;
    empty = false;
    ReadCall read = attempt(at);
    settle(read, at, good, found);
    if (give_up(found)) return limit_;
    if (!read.whole) {
      std::optional<size_t> end = end_of_brackets(at);
      if (!end) end = next_call_behind(at);
      if (!end) return after_rubbish(at, read.end);
      read.end = *end;
    }
    at = behind_extra_brackets(read.end, found);
  }
}

size_t CallReader::read_list(size_t at, size_t limit, FoundCalls& found) {
  limit_ = limit;
  size_t end = at;  // behind what belongs to the calls
  int lists = 0;    // that are open
  for (bool first = true;; first = false) {
    Gap gap = gap_at(at);
    lists += gap.lists;
    if (lists <= 0) end = std::max(end, gap.closed);
    at = gap.end;
    // Prose may stand here, with brackets.
    bool prose = !first && lists <= 0 && !gap.separated;
    bool looks_like_one = begins_call(at);
    if (!looks_like_one && (!first || at >= limit_ || marks_.at(at))) {
      if (first) {
        found.faults.add("No tool call follows the token that announces one.");
      }
      if (!first && lists > 0) end = std::min(at, limit_);
      return behind_closer(end);
    }
    ReadCall read = attempt(at, /*ends_with_text=*/true);
    if (!read.call && (prose || !looks_like_one)) {
      if (first) settle(read, at, false, found);
      return behind_closer(end);
    }
    settle(read, at, false, found);
    if (give_up(found)) return limit_;
    if (!read.whole) {
      std::optional<size_t> next = end_of_brackets(at);
      if (!next) return after_rubbish(at, read.end);
      read.end = *next;
    }
    at = end = behind_extra_brackets(read.end, found);
  }
}

size_t CallReader::read_arguments_of(std::string_view name, size_t at,
                                     size_t limit, FoundCalls& found) {
  limit_ = limit;
  ReadCall read =
      json_arguments(bare_name(name), skip_blank(at), limit_, false);
  settle(read, at, false, found);
  return read.call ? behind_closer(read.end) : after_rubbish(at, read.end);
}

ReadCall CallReader::read_one(size_t at, size_t limit) {
  if (worn_out()) return {};
  limit_ = limit;
  return attempt_until(at, limit_, /*generous=*/false);
}

bool CallReader::give_up(FoundCalls& found) const {
  if (!worn_out()) return false;
  found.faults.add("The reply is too long a tangle to be read to its end.");
  return true;
}

void CallReader::settle(ReadCall& read, size_t at, bool behind_a_call,
                        FoundCalls& found) {
  if (read.call) {
    found.calls.push_back(std::move(*read.call));
    found.repairs.add_all(read.repairs);
    return;
  }
  size_t end = std::min(limit_, at + 120);
  if (const Mark* next = marks_.from(at + 1)) end = std::min(end, next->at);
  std::string what = behind_a_call && !begins_call(at)
                         ? "What stands behind a tool call is not understood ("
                         : "A tool call could not be read and was not run (";
  found.faults.add(what + excerpt(text_.substr(at, end - at)) +
                   "): " + read.problem + ".");
}

// A block that another one follows at once was opened twice; that loses
// nothing, so it is no fault.
size_t CallReader::end_of_block(size_t at, bool empty, bool closed_by_thinking,
                                FoundCalls& found) const {
  const Mark* mark = at < limit_ ? marks_.at(at) : nullptr;
  bool opens_again = mark && (mark->is(MarkKind::block, false) ||
                              mark->is(MarkKind::list, false));
  if (empty && !opens_again) {
    found.faults.add("A <tool_call> held no call. Write the call inside it.");
  }
  bool wrong_closer =
      mark && closed_by_thinking && mark->is(MarkKind::think, true);
  bool closes = mark && (mark->is(MarkKind::block, true) ||
                         mark->is(MarkKind::token, true) ||
                         mark->is(MarkKind::turn_end, false));
  if (!empty && !closes) found.repairs.add("a missing closing tag");
  if (!mark) return limit_;
  return closes || wrong_closer ? mark->end : at;
}

// Strictly first; then, up to where the call should have ended, generously.
ReadCall CallReader::attempt(size_t at, bool ends_with_text) {
  ReadCall strict = attempt_until(at, limit_, /*generous=*/false);
  if (strict.whole || worn_out()) return strict;
  const Mark* closer = closer_behind(at);
  if (!closer && !ends_with_text) return strict;
  size_t end = closer ? closer->at : limit_;
  ReadCall again = attempt_until(at, end, /*generous=*/true);
  return again.call ? again : strict;
}

ReadCall CallReader::attempt_until(size_t at, size_t end, bool generous) {
  ReadCall read = written_anyhow(at, end, generous);
  work_ += kWorkOfCall + (read.end - at);
  return read;
}

ReadCall CallReader::written_anyhow(size_t at, size_t end, bool generous) {
  std::string_view text = text_.substr(0, end);
  const Mark* mark = marks_.at(at);
  if (mark && mark->kind == MarkKind::tagged) {
    return read_tagged_call(text, at, tools_);
  }
  if (mark && mark->kind == MarkKind::token) {
    return written_with_tokens(mark->end, end, generous);
  }
  if (part_behind_name(at)) return written_with_tokens(at, end, generous);
  if (text_[at] != '{') return written_with_name(at, end, generous);
  size_t inner = skip_blank(at + 1);
  bool twice = inner < end && text_[inner] == '{';
  LiteralScanner scanner(text, twice ? inner : at, Notation::json);
  if (generous) scanner.be_generous();
  ReadCall result = written_as_json(scanner);
  if (twice) result.repairs.add("an extra opening bracket");
  return result;
}

ReadCall CallReader::written_as_json(LiteralScanner& scanner) {
  ReadCall result;
  std::optional<Json> object = scanner.value();
  result.end = object ? scanner.position() : scanner.furthest();
  if (!object) {
    result.problem = scanner.problem();
    return result;
  }
  result.whole = true;
  result.repairs.add_all(scanner.repairs());
  result.call = call_from_json(*object, result.repairs, result.problem);
  return result;
}

// name(key=value), name{"key": value} and name<arg_key>key</arg_key>...; what
// follows the name tells them apart.
ReadCall CallReader::written_with_name(size_t at, size_t end, bool generous) {
  static constexpr std::string_view kCallId = "[CALL_ID]";
  static constexpr std::string_view kArguments = "[ARGS]";
  std::string_view text = text_.substr(0, end);
  size_t behind = end_of_name(text, at);
  std::string name = bare_name(text.substr(at, behind - at));
  size_t next = behind;
  if (stands_at(text, next, kCallId)) {
    next = std::min(text.find_first_of("[{", next + 1), text.size());
  }
  if (stands_at(text, next, kArguments)) next += kArguments.size();
  next = skip_blank(next);
  if (!name.empty() && next < end && text[next] == '{') {
    return json_arguments(name, next, end, generous);
  }
  if (!name.empty() && begins_arg_key(text, behind)) {
    return read_arg_keys(text, behind, name, tools_);
  }
  const Mark* mark = marks_.at(next);
  if (!name.empty() && mark && mark->is(MarkKind::block, true)) {
    ReadCall result;
    result.call = ParsedCall{name, Json::object()};
    result.end = behind;
    result.whole = true;
    return result;
  }
  bool dashes = behind < end && text[behind] == '(';
  LiteralScanner scanner(text, dashes ? behind : at);
  if (generous) scanner.be_generous();
  if (!dashes) name = bare_name(scanner.name().value_or(""));
  return written_as_python(scanner, std::move(name));
}

ReadCall CallReader::written_as_python(LiteralScanner& scanner,
                                       std::string name) {
  ReadCall result;
  ParsedCall call;
  call.name = std::move(name);
  result.end = scanner.position();
  if (call.name.empty() || !scanner.take('(')) {
    result.problem = "a call looks like name(key=value)";
    return result;
  }
  result.whole = read_arguments(scanner, call, result.problem);
  result.end = result.whole ? scanner.position() : scanner.furthest();
  result.repairs.add_all(scanner.repairs());
  if (result.problem.empty()) result.call = std::move(call);
  return result;
}

// DeepSeek and Kimi: a token before the call, one before its arguments, one
// behind it. DeepSeek's first versions put the word "function" where the name
// stands elsewhere, and the name in a line of its own.
ReadCall CallReader::written_with_tokens(size_t begin, size_t end,
                                         bool generous) {
  ReadCall result;
  result.end = begin;
  const Mark* part = marks_.from(begin);
  if (!part || !part->is(MarkKind::part, false) || part->at >= end) {
    result.problem = "the name of the tool must follow its opening token";
    return result;
  }
  std::string_view head = trimmed(text_.substr(begin, part->at - begin));
  size_t at = skip_blank(part->end);
  const Mark* inner = marks_.at(at);
  if (inner && inner->is(MarkKind::tagged, false)) {
    result = read_tagged_call(text_.substr(0, end), at, tools_);
  } else {
    std::string name = bare_name(head);
    if (head == "function" || name.empty()) {
      size_t line = std::min(text_.find('\n', at), end);
      name = bare_name(text_.substr(at, line - at));
      at = line;
    }
    size_t arguments = gap_at(at).end;
    const Mark* closer = marks_.at(arguments);
    if (closer && closer->is(MarkKind::token, true)) {
      std::optional<ParsedCall> call = ParsedCall{name, Json::object()};
      result = {std::move(call), "", closer->end, true, {}};
      return result;
    }
    result = json_arguments(name, arguments, end, generous);
  }
  if (!result.whole) return result;
  const Mark* closer = marks_.at(gap_at(result.end).end);
  if (closer && closer->is(MarkKind::token, true)) {
    result.end = closer->end;
  } else {
    result.repairs.add("a missing closing token");
  }
  return result;
}

ReadCall CallReader::json_arguments(const std::string& name, size_t at,
                                    size_t end, bool generous) {
  ReadCall result;
  LiteralScanner scanner(text_.substr(0, end), at, Notation::json);
  if (generous) scanner.be_generous();
  std::optional<Json> value = scanner.value();
  result.end = value ? scanner.position() : scanner.furthest();
  if (!value) {
    result.problem = scanner.problem();
    return result;
  }
  result.whole = true;
  result.repairs.add_all(scanner.repairs());
  result.call = call_from_parts(name, *value, result.repairs, result.problem);
  return result;
}

// Some forget the first token; the name and what must follow it are there.
const Mark* CallReader::part_behind_name(size_t at) const {
  size_t end = end_of_name(text_, at);
  bool may_be = end > at && end < limit_ && text_[end] == '<';
  const Mark* mark = may_be ? marks_.at(end) : nullptr;
  return mark && mark->is(MarkKind::part, false) ? mark : nullptr;
}

// Whether what stands there looks like the beginning of a call.
bool CallReader::begins_call(size_t at) const {
  if (at >= limit_) return false;
  if (const Mark* mark = marks_.at(at)) {
    return mark->is(MarkKind::tagged, false) ||
           mark->is(MarkKind::token, false);
  }
  if (text_[at] == '{') {
    size_t next = skip_blank(at + 1);
    return next < limit_ &&
           (is_letter(text_[next]) ||
            std::string_view("\"'}_").find(text_[next]) != text_.npos);
  }
  if (part_behind_name(at)) return true;
  size_t end = end_of_name(text_, at);
  return end > at && end < limit_ &&
         (text_[end] == '(' || text_[end] == '{' ||
          stands_at(text_, end, "[ARGS]") ||
          stands_at(text_, end, "[CALL_ID]"));
}

// Behind the bracket that closes the first one of a call that could not be
// read: what follows may be a good one. A bare tag before it means that the
// call was never finished.
std::optional<size_t> CallReader::end_of_brackets(size_t at) {
  std::string_view text = text_.substr(0, limit_);
  size_t start = at;
  size_t depth = 0;
  at = skip_blank(end_of_name(text, at));
  if (at >= limit_ || !is_opening(text[at])) return std::nullopt;
  while (at < limit_) {
    char c = text[at];
    if (c == '<' && marks_.at(at) != nullptr) break;
    if (c == '"' || c == '\'') {
      at = std::min(end_of_string(text, at), limit_);
      continue;
    }
    ++at;
    if (is_opening(c)) ++depth;
    if (is_closing(c) && --depth == 0) {
      while (at < limit_ && is_closing(text[at])) ++at;
      return at;
    }
  }
  work_ += at - start;
  return std::nullopt;
}

// Where to go on when nobody knows where the call that began at `start` ends.
// A string that is not closed swallows the calls behind it, so an opening tag
// among what was read is taken for a real one.
size_t CallReader::after_rubbish(size_t start, size_t stopped) {
  if (worn_out()) return limit_;
  work_ += stopped - start;
  for (MarkKind kind : {MarkKind::block, MarkKind::token, MarkKind::tagged}) {
    const Mark* own = marks_.at(start);
    size_t from = own ? own->end : start;
    const Mark* opener = marks_.find(kind, false, from, stopped);
    if (opener != nullptr) return opener->at;
  }
  const Mark* next = marks_.from(stopped);
  if (next == nullptr || next->at >= limit_) next = closer_behind(start);
  if (next == nullptr) return limit_;
  bool closes = next->closes && next->kind != MarkKind::think;
  return closes ? next->end : next->at;
}

// The next tag or token that ends calls.
const Mark* CallReader::closer_behind(size_t at) const {
  const Mark* nearest = nullptr;
  for (MarkKind kind : {MarkKind::block, MarkKind::token}) {
    const Mark* closer = marks_.find(kind, true, at, limit_);
    if (closer && (!nearest || closer->at < nearest->at)) nearest = closer;
  }
  return nearest;
}

// Where a call begins behind something between calls that is none; nothing when
// what stands there looks like a call itself.
std::optional<size_t> CallReader::next_call_behind(size_t at) {
  if (begins_call(at)) return std::nullopt;
  const Mark* mark = marks_.from(at);
  size_t end = mark ? std::min(mark->at, limit_) : limit_;
  std::string_view text = text_.substr(0, end);
  size_t start = at;
  while ((at = text.find_first_of(",;\n", at)) != text.npos) {
    size_t next = gap_at(at).end;
    if (begins_call(next)) return next;
    at = std::max(next, at + 1);
  }
  work_ += end - start;
  return std::nullopt;
}

// </tool>, <\tool_call>, </ tool_call> and </tool_ca where the text ends: 0
// when there is none.
size_t CallReader::behind_misspelt_closer(size_t at, FoundCalls& found) const {
  static const RE2 pattern(
      R"((<\s*[/\\]?\s*(?:tools?|tool_?c[a-z_]*|tool_|function_?c[a-z_]*)\s*/?\s*)"
      R"((?:>|\z)))");
  re2::StringPiece rest(text_.data() + at, limit_ - at);
  re2::StringPiece closer;
  if (!pattern.Match(rest, 0, rest.size(), RE2::ANCHOR_START, &closer, 1)) {
    return 0;
  }
  found.repairs.add("a misspelt closing tag");
  return at + closer.size();
}

// Models lose count of what they have closed.
size_t CallReader::behind_extra_brackets(size_t at, FoundCalls& found) const {
  while (true) {
    size_t next = skip_blank(at);
    if (next >= limit_ || (text_[next] != ')' && text_[next] != '}')) return at;
    found.repairs.add("an extra closing bracket");
    at = next + 1;
  }
}

size_t CallReader::behind_closer(size_t at) const {
  size_t next = skip_blank(at);
  const Mark* mark = next < limit_ ? marks_.at(next) : nullptr;
  bool closes = mark && (mark->is(MarkKind::block, true) ||
                         mark->is(MarkKind::token, true) ||
                         mark->is(MarkKind::turn_end, false));
  return closes ? mark->end : at;
}

size_t CallReader::skip_blank(size_t at) const {
  return behind_blank(text_.substr(0, limit_), at);
}

// Lists, commas, semicolons, lines and code fences around calls say nothing.
CallReader::Gap CallReader::gap_at(size_t at) const {
  static constexpr std::string_view kFence = "```";
  Gap gap;
  gap.closed = at;
  while (true) {
    at = skip_blank(at);
    gap.end = at;
    if (at >= limit_) return gap;
    char c = text_[at];
    if (c == '`' && stands_at(text_, at, kFence)) {
      at += kFence.size();
      // "functools[" behind it is no language, but the next mark.
      while (at < limit_ && !marks_.at(at) &&
             (is_letter(text_[at]) || text_[at] == '_')) {
        ++at;
      }
      gap.closed = at;
      continue;
    }
    if (c == '#' && at > 0) {
      const Mark* next = marks_.from(at);
      size_t most = std::min(next ? next->at : limit_, limit_);
      at = std::min(text_.substr(0, most).find('\n', at), most);
      continue;
    }
    if (c == '[') {
      if (marks_.at(at)) return gap;
      ++gap.lists;
    } else if (c == ']') {
      --gap.lists;
      gap.closed = at + 1;
    } else if (c == ',' || c == ';') {
      gap.separated = true;
    } else if (c != '`') {
      return gap;
    }
    ++at;
  }
}

}  // namespace simulate
