#include "simulator/calls/call_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "simulator/base/text.h"
#include "simulator/calls/json_call.h"
#include "simulator/calls/names.h"
#include "simulator/calls/tagged_call.h"

namespace simulate {

namespace {

constexpr size_t kMostArguments = 100;
constexpr size_t kCostOfCall = 256;  // beside its bytes

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
    const ControlToken* token = tokens_.at(at);
    bool call = token && (token->is(TokenKind::tagged_call, false) ||
                          token->is(TokenKind::token_call, false));
    if (at >= bounds_.limit() || (token && !call)) {
      return end_of_block(at, empty, closed_by_thinking, found);
    }
    if (!empty && !bounds_.begins_call(at)) {
      if (size_t end = bounds_.behind_misspelt_closer(at, found.repairs))
        return end;
      // Words behind the calls of a tag that is never closed are an answer.
      const ControlToken* closer = bounds_.closer_behind(at);
      const ControlToken* next = tokens_.from(at);
      if (!closer || (next && next->at < closer->at && !next->closes)) {
        found.repairs.add("a missing closing tag");
        return at;
      }
    }
    bool good = !found.calls.empty() && !empty;
    empty = false;
    CallReading read = read_call(at);
    add_call_or_fault(read, at, good, found);
    if (report_spent_budget(found)) return bounds_.limit();
    if (!read.whole) {
      std::optional<size_t> end = bounds_.end_of_brackets(at, bytes_read_);
      if (!end) end = bounds_.next_call_behind(at, bytes_read_);
      if (!end) return skip_unreadable(at, read.end);
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
    if (!looks_like_one &&
        (!first || at >= bounds_.limit() || tokens_.at(at))) {
      if (first) {
        found.faults.add("No tool call follows the token that announces one.");
      }
      if (!first && lists > 0) end = std::min(at, bounds_.limit());
      return bounds_.behind_closer(end);
    }
    CallReading read = read_call(at, /*ends_with_text=*/true);
    if (!read.call && (prose || !looks_like_one)) {
      if (first) add_call_or_fault(read, at, false, found);
      return bounds_.behind_closer(end);
    }
    add_call_or_fault(read, at, false, found);
    if (report_spent_budget(found)) return bounds_.limit();
    if (!read.whole) {
      std::optional<size_t> next = bounds_.end_of_brackets(at, bytes_read_);
      if (!next) return skip_unreadable(at, read.end);
      read.end = *next;
    }
    at = end = bounds_.behind_extra_brackets(read.end, found.repairs);
  }
}

size_t CallReader::read_arguments_of(std::string_view name, size_t at,
                                     size_t limit, FoundCalls& found) {
  bounds_.end_at(limit);
  CallReading read = read_json_arguments(
      bare_name(name), bounds_.skip_blank(at), bounds_.limit(), false);
  add_call_or_fault(read, at, false, found);
  return read.call ? bounds_.behind_closer(read.end)
                   : skip_unreadable(at, read.end);
}

CallReading CallReader::read_one(size_t at, size_t limit) {
  if (budget_is_spent()) return {};
  bounds_.end_at(limit);
  return read_call_until(at, bounds_.limit(), /*lenient=*/false);
}

bool CallReader::report_spent_budget(FoundCalls& found) const {
  if (!budget_is_spent()) return false;
  found.faults.add("The reply is too long a tangle to be read to its end.");
  return true;
}

void CallReader::add_call_or_fault(CallReading& read, size_t at,
                                   bool behind_a_call, FoundCalls& found) {
  if (read.call) {
    found.calls.push_back(std::move(*read.call));
    found.repairs.add_all(read.repairs);
    return;
  }
  size_t end = std::min(bounds_.limit(), at + 120);
  if (const ControlToken* next = tokens_.from(at + 1))
    end = std::min(end, next->at);
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
  const ControlToken* token = at < bounds_.limit() ? tokens_.at(at) : nullptr;
  bool opens_again = token && (token->is(TokenKind::block, false) ||
                               token->is(TokenKind::list, false));
  if (empty && !opens_again) {
    found.faults.add("A <tool_call> held no call. Write the call inside it.");
  }
  bool wrong_closer =
      token && closed_by_thinking && token->is(TokenKind::think, true);
  size_t behind = bounds_.behind_closer(at);
  if (!empty && behind == at) found.repairs.add("a missing closing tag");
  if (!token) return bounds_.limit();
  return wrong_closer ? token->end : behind;
}

// Where to go on when nobody knows where the call that began at `start` ends.
size_t CallReader::skip_unreadable(size_t start, size_t stopped) {
  if (budget_is_spent()) return bounds_.limit();
  bytes_read_ += stopped - start;
  return bounds_.behind_unreadable(start, stopped);
}

// Strictly first; then, up to where the call should have ended, leniently.
CallReading CallReader::read_call(size_t at, bool ends_with_text) {
  CallReading strict = read_call_until(at, bounds_.limit(), /*lenient=*/false);
  if (strict.whole || budget_is_spent()) return strict;
  const ControlToken* closer = bounds_.closer_behind(at);
  if (!closer && !ends_with_text) return strict;
  size_t end = closer ? closer->at : bounds_.limit();
  CallReading again = read_call_until(at, end, /*lenient=*/true);
  return again.call ? again : strict;
}

CallReading CallReader::read_call_until(size_t at, size_t end, bool lenient) {
  CallReading read = read_any_syntax(at, end, lenient);
  bytes_read_ += kCostOfCall + (read.end - at);
  return read;
}

CallReading CallReader::read_any_syntax(size_t at, size_t end, bool lenient) {
  std::string_view text = text_.substr(0, end);
  const ControlToken* token = tokens_.at(at);
  if (token && token->kind == TokenKind::tagged_call) {
    return read_tagged_call(text, at, tools_);
  }
  if (token && token->kind == TokenKind::token_call) {
    return read_token_call(token->end, end, lenient);
  }
  if (bounds_.separator_behind_name(at))
    return read_token_call(at, end, lenient);
  if (text_[at] != '{') return read_named_call(at, end, lenient);
  size_t inner = bounds_.skip_blank(at + 1);
  bool twice = inner < end && text_[inner] == '{';
  LiteralScanner scanner(text, twice ? inner : at, Notation::json);
  if (lenient) scanner.be_lenient();
  CallReading result = read_json_call(scanner);
  if (twice) result.repairs.add("an extra opening bracket");
  return result;
}

CallReading CallReader::read_json_call(LiteralScanner& scanner) {
  CallReading result;
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
CallReading CallReader::read_named_call(size_t at, size_t end, bool lenient) {
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
    return read_json_arguments(name, next, end, lenient);
  }
  if (!name.empty() && begins_arg_key(text, behind)) {
    return read_arg_keys(text, behind, name, tools_);
  }
  const ControlToken* token = tokens_.at(next);
  if (!name.empty() && token && token->is(TokenKind::block, true)) {
    return read_bare_word(std::move(name), behind);
  }
  bool dashes = behind < end && text[behind] == '(';
  LiteralScanner scanner(text, dashes ? behind : at);
  if (lenient) scanner.be_lenient();
  if (!dashes) name = bare_name(scanner.name().value_or(""));
  return read_python_call(scanner, std::move(name));
}

// <tool_call>recall_memories</tool_call>, when there is such a tool. Words that
// merely stand between tags call nothing.
CallReading CallReader::read_bare_word(std::string name, size_t end) const {
  CallReading result;
  result.end = end;
  result.whole = tool_named(tools_, name) != nullptr;
  if (result.whole) {
    result.call = ParsedCall{std::move(name), Json::object()};
  } else {
    result.problem = "no tool is called " + shortened(name, 60) +
                     "; a call looks like name(key=value)";
  }
  return result;
}

CallReading CallReader::read_python_call(LiteralScanner& scanner,
                                         std::string name) {
  CallReading result;
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
CallReading CallReader::read_token_call(size_t begin, size_t end,
                                        bool lenient) {
  CallReading result;
  result.end = begin;
  const ControlToken* part = tokens_.from(begin);
  if (!part || !part->is(TokenKind::separator, false) || part->at >= end) {
    result.problem = "the name of the tool must follow its opening token";
    return result;
  }
  std::string_view head = trimmed(text_.substr(begin, part->at - begin));
  size_t at = bounds_.skip_blank(part->end);
  const ControlToken* inner = tokens_.at(at);
  if (inner && inner->is(TokenKind::tagged_call, false)) {
    result = read_tagged_call(text_.substr(0, end), at, tools_);
  } else {
    std::string name = bare_name(head);
    if (head == "function" || name.empty()) {
      size_t line = std::min(text_.find('\n', at), end);
      name = bare_name(text_.substr(at, line - at));
      at = line;
    }
    size_t arguments = bounds_.gap_at(at).end;
    const ControlToken* closer = tokens_.at(arguments);
    if (closer && closer->is(TokenKind::token_call, true)) {
      std::optional<ParsedCall> call = ParsedCall{name, Json::object()};
      result = {std::move(call), "", closer->end, true, {}};
      return result;
    }
    result = read_json_arguments(name, arguments, end, lenient);
  }
  if (!result.whole) return result;
  const ControlToken* closer = tokens_.at(bounds_.gap_at(result.end).end);
  if (closer && closer->is(TokenKind::token_call, true)) {
    result.end = closer->end;
  } else {
    result.repairs.add("a missing closing token");
  }
  return result;
}

CallReading CallReader::read_json_arguments(const std::string& name, size_t at,
                                            size_t end, bool lenient) {
  CallReading result;
  LiteralScanner scanner(text_.substr(0, end), at, Notation::json);
  if (lenient) scanner.be_lenient();
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
