#include "simulator/calls/call_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "simulator/base/text.h"
#include "simulator/calls/json_call.h"

namespace simulate {

namespace {

constexpr size_t kMostArguments = 100;
constexpr size_t kWorkOfCall = 256;  // beside its bytes

std::string excerpt(std::string_view text) {
  std::string line = printable(trimmed(text.substr(0, 120)));
  std::replace(line.begin(), line.end(), '\n', ' ');
  return shortened(line, 40);
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
  bounds_.end_at(limit);
  bool empty = true;
  while (true) {
    at = bounds_.gap_at(at).end;
    const Mark* mark = marks_.at(at);
    bool call = mark && (mark->is(MarkKind::tagged, false) ||
                         mark->is(MarkKind::token, false));
    if (at >= bounds_.limit() || (mark && !call)) {
      return end_of_block(at, empty, closed_by_thinking, found);
    }
    if (!empty && !bounds_.begins_call(at)) {
      if (size_t end = bounds_.behind_misspelt_closer(at, found.repairs))
        return end;
      // Words behind the calls of a tag that is never closed are an answer.
      const Mark* closer = bounds_.closer_behind(at);
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
    if (give_up(found)) return bounds_.limit();
    if (!read.whole) {
      std::optional<size_t> end = bounds_.end_of_brackets(at, work_);
      if (!end) end = bounds_.next_call_behind(at, work_);
      if (!end) return skip_rubbish(at, read.end);
      read.end = *end;
    }
    at = bounds_.behind_extra_brackets(read.end, found.repairs);
  }
}

size_t CallReader::read_list(size_t at, size_t limit, FoundCalls& found) {
  bounds_.end_at(limit);
  size_t end = at;  // behind what belongs to the calls
  int lists = 0;    // that are open
  for (bool first = true;; first = false) {
    CallBounds::Gap gap = bounds_.gap_at(at);
    lists += gap.lists;
    if (lists <= 0) end = std::max(end, gap.closed);
    at = gap.end;
    // Prose may stand here, with brackets.
    bool prose = !first && lists <= 0 && !gap.separated;
    bool looks_like_one = bounds_.begins_call(at);
    if (!looks_like_one && (!first || at >= bounds_.limit() || marks_.at(at))) {
      if (first) {
        found.faults.add("No tool call follows the token that announces one.");
      }
      if (!first && lists > 0) end = std::min(at, bounds_.limit());
      return bounds_.behind_closer(end);
    }
    ReadCall read = attempt(at, /*ends_with_text=*/true);
    if (!read.call && (prose || !looks_like_one)) {
      if (first) settle(read, at, false, found);
      return bounds_.behind_closer(end);
    }
    settle(read, at, false, found);
    if (give_up(found)) return bounds_.limit();
    if (!read.whole) {
      std::optional<size_t> next = bounds_.end_of_brackets(at, work_);
      if (!next) return skip_rubbish(at, read.end);
      read.end = *next;
    }
    at = end = bounds_.behind_extra_brackets(read.end, found.repairs);
  }
}

size_t CallReader::read_arguments_of(std::string_view name, size_t at,
                                     size_t limit, FoundCalls& found) {
  bounds_.end_at(limit);
  ReadCall read = json_arguments(bare_name(name), bounds_.skip_blank(at),
                                 bounds_.limit(), false);
  settle(read, at, false, found);
  return read.call ? bounds_.behind_closer(read.end)
                   : skip_rubbish(at, read.end);
}

ReadCall CallReader::read_one(size_t at, size_t limit) {
  if (worn_out()) return {};
  bounds_.end_at(limit);
  return attempt_until(at, bounds_.limit(), /*generous=*/false);
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
  size_t end = std::min(bounds_.limit(), at + 120);
  if (const Mark* next = marks_.from(at + 1)) end = std::min(end, next->at);
  std::string what = behind_a_call && !bounds_.begins_call(at)
                         ? "What stands behind a tool call is not understood ("
                         : "A tool call could not be read and was not run (";
  found.faults.add(what + excerpt(text_.substr(at, end - at)) +
                   "): " + read.problem + ".");
}

// A block that another one follows at once was opened twice; that loses
// nothing, so it is no fault.
size_t CallReader::end_of_block(size_t at, bool empty, bool closed_by_thinking,
                                FoundCalls& found) const {
  const Mark* mark = at < bounds_.limit() ? marks_.at(at) : nullptr;
  bool opens_again = mark && (mark->is(MarkKind::block, false) ||
                              mark->is(MarkKind::list, false));
  if (empty && !opens_again) {
    found.faults.add("A <tool_call> held no call. Write the call inside it.");
  }
  bool wrong_closer =
      mark && closed_by_thinking && mark->is(MarkKind::think, true);
  size_t behind = bounds_.behind_closer(at);
  if (!empty && behind == at) found.repairs.add("a missing closing tag");
  if (!mark) return bounds_.limit();
  return wrong_closer ? mark->end : behind;
}

// Where to go on when nobody knows where the call that began at `start` ends.
size_t CallReader::skip_rubbish(size_t start, size_t stopped) {
  if (worn_out()) return bounds_.limit();
  work_ += stopped - start;
  return bounds_.after_rubbish(start, stopped);
}

// Strictly first; then, up to where the call should have ended, generously.
ReadCall CallReader::attempt(size_t at, bool ends_with_text) {
  ReadCall strict = attempt_until(at, bounds_.limit(), /*generous=*/false);
  if (strict.whole || worn_out()) return strict;
  const Mark* closer = bounds_.closer_behind(at);
  if (!closer && !ends_with_text) return strict;
  size_t end = closer ? closer->at : bounds_.limit();
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
  if (bounds_.part_behind_name(at))
    return written_with_tokens(at, end, generous);
  if (text_[at] != '{') return written_with_name(at, end, generous);
  size_t inner = bounds_.skip_blank(at + 1);
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
  if (text.substr(next).starts_with(kCallId)) {
    next = std::min(text.find_first_of("[{", next + 1), text.size());
  }
  if (text.substr(next).starts_with(kArguments)) next += kArguments.size();
  next = bounds_.skip_blank(next);
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
  size_t at = bounds_.skip_blank(part->end);
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
    size_t arguments = bounds_.gap_at(at).end;
    const Mark* closer = marks_.at(arguments);
    if (closer && closer->is(MarkKind::token, true)) {
      std::optional<ParsedCall> call = ParsedCall{name, Json::object()};
      result = {std::move(call), "", closer->end, true, {}};
      return result;
    }
    result = json_arguments(name, arguments, end, generous);
  }
  if (!result.whole) return result;
  const Mark* closer = marks_.at(bounds_.gap_at(result.end).end);
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

}  // namespace simulate
