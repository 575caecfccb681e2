#include "simulator/calls/single_call.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "simulator/base/text.h"
#include "simulator/calls/arg_key_call.h"
#include "simulator/calls/json_call.h"
#include "simulator/calls/names.h"
#include "simulator/calls/tagged_call.h"

namespace simulate {

namespace {

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

// A call with a problem was understood, and that is why it must not run.
void refuse_objectionable(CallReading& reading) {
  if (!reading.call || reading.problem.empty()) return;
  reading.refused = reading.call->name;
  reading.call.reset();
}

}  // namespace

CallReading SingleCallReader::read(size_t at) {
  CallReading result = read_any_syntax(at);
  refuse_objectionable(result);
  return result;
}

CallReading SingleCallReader::read_any_syntax(size_t at) {
  const ControlToken* token = tokens_.at(at);
  // <function=f><parameter=a>1</parameter></function>
  if (token && token->kind == TokenKind::tagged_call) {
    return read_tagged_call(text_, at, tools_);
  }
  // <|tool_call_begin|>f<|tool_sep|>{"a": 1}<|tool_call_end|>
  if (token && token->kind == TokenKind::token_call) {
    return read_token_call(token->end);
  }
  // f<|tool_sep|>{"a": 1}<|tool_call_end|>
  if (bounds_.separator_behind_name(at)) return read_token_call(at);
  // {"name": "f", "arguments": {"a": 1}}
  if (text_[at] == '{') return read_json_call(at);
  // f(a=1)
  return read_named_call(at);
}

// {"name": "f", "arguments": {"a": 1}}, also with its brackets doubled.
CallReading SingleCallReader::read_json_call(size_t at) {
  CallReading result;
  size_t inner = bounds_.skip_blank(at + 1);
  bool twice = inner < text_.size() && text_[inner] == '{';
  std::optional<Json> object = read_json(twice ? inner : at, result);
  if (object) {
    result.call = call_from_json(*object, result.repairs, result.problem);
  }
  if (twice) result.repairs.add("an extra opening bracket");
  return result;
}

// Calls that begin with their name; what follows it tells them apart.
CallReading SingleCallReader::read_named_call(size_t at) {
  size_t behind = end_of_name(text_, at);
  std::string name = bare_name(text_.substr(at, behind - at));
  if (name.empty()) return read_python_call(at, behind);
  size_t next = bounds_.skip_blank(behind_argument_tokens(behind));
  // f{"a": 1}, f[ARGS]{"a": 1}
  if (next < text_.size() && text_[next] == '{') {
    return read_arguments_of(name, next);
  }
  // f<arg_key>a</arg_key><arg_value>1</arg_value>
  if (begins_arg_key(text_, behind)) {
    return read_arg_keys(text_, behind, name, tools_);
  }
  // f</tool_call>
  const ControlToken* token = tokens_.at(next);
  if (token && token->is(TokenKind::block, true)) {
    return read_bare_word(std::move(name), behind);
  }
  // f(a=1)
  return read_python_call(at, behind);
}

// [CALL_ID]abc[ARGS], with which Mistral's later models part a call.
size_t SingleCallReader::behind_argument_tokens(size_t at) const {
  static constexpr std::string_view kCallId = "[CALL_ID]";
  static constexpr std::string_view kArguments = "[ARGS]";
  if (text_.substr(at).starts_with(kCallId)) {
    at = std::min(text_.find_first_of("[{", at + 1), text_.size());
  }
  return text_.substr(at).starts_with(kArguments) ? at + kArguments.size() : at;
}

// {"a": 1}, whose name stood before it.
CallReading SingleCallReader::read_arguments_of(const std::string& name,
                                                size_t at) {
  CallReading result;
  if (std::optional<Json> value = read_json(at, result)) {
    result.call = call_from_parts(name, *value, result.repairs, result.problem);
    refuse_objectionable(result);
  }
  return result;
}

std::optional<Json> SingleCallReader::read_json(size_t at,
                                                CallReading& result) const {
  LiteralScanner scanner = scanner_at(at, Notation::json);
  std::optional<Json> value = scanner.value();
  result.whole = value.has_value();
  result.end = value ? scanner.position() : scanner.furthest();
  if (value) {
    result.repairs.add_all(scanner.repairs());
    result.problem = scanner.objection();
  } else {
    result.problem = scanner.problem();
  }
  return value;
}

LiteralScanner SingleCallReader::scanner_at(size_t at,
                                            Notation notation) const {
  LiteralScanner scanner(text_, at, notation);
  scanner.read_past_huge_numbers();
  if (strictness_ == Strictness::lenient) scanner.be_lenient();
  return scanner;
}

// <tool_call>recall_memories</tool_call>, when there is such a tool. Words that
// merely stand between tags call nothing.
CallReading SingleCallReader::read_bare_word(std::string name,
                                             size_t end) const {
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

// f(a=1), get-time(zone="CET"), math.sqrt(x=4). Without blanks before the
// parenthesis a name may hold more signs than Python's do.
CallReading SingleCallReader::read_python_call(size_t at, size_t behind) {
  bool touches = behind > at && behind < text_.size() && text_[behind] == '(';
  LiteralScanner scanner = scanner_at(touches ? behind : at, Notation::python);
  ParsedCall call;
  call.name = bare_name(touches ? text_.substr(at, behind - at)
                                : scanner.name().value_or(""));
  CallReading result;
  result.end = scanner.position();
  if (call.name.empty() || !scanner.take('(')) {
    result.problem = "a call looks like name(key=value)";
    return result;
  }
  result.whole = read_arguments(scanner, call, result.problem);
  result.end = result.whole ? scanner.position() : scanner.furthest();
  result.repairs.add_all(scanner.repairs());
  if (!result.problem.empty()) return result;
  result.call = std::move(call);
  result.problem = scanner.objection();
  return result;
}

// DeepSeek and Kimi: a token before the call, one before its arguments, one
// behind it. `begin` is behind the first.
//   f<|tool_sep|>{"a": 1}<|tool_call_end|>
CallReading SingleCallReader::read_token_call(size_t begin) {
  CallReading result;
  result.end = begin;
  const ControlToken* separator = tokens_.from(begin);
  if (!separator || !separator->is(TokenKind::separator, false) ||
      separator->at >= text_.size()) {
    result.problem = "the name of the tool must follow its opening token";
    return result;
  }
  result =
      read_behind_separator(trimmed(text_.substr(begin, separator->at - begin)),
                            bounds_.skip_blank(separator->end));
  if (!result.whole) return result;
  const ControlToken* closer = tokens_.at(bounds_.gap_at(result.end).end);
  if (closer && closer->is(TokenKind::token_call, true)) {
    result.end = closer->end;
  } else {
    result.repairs.add("a missing closing token");
  }
  return result;
}

// `head` is what stood before the separator.
CallReading SingleCallReader::read_behind_separator(std::string_view head,
                                                    size_t at) {
  // f<|tool_sep|><function=f><parameter=a>1</parameter></function>
  const ControlToken* inner = tokens_.at(at);
  if (inner && inner->is(TokenKind::tagged_call, false)) {
    return read_tagged_call(text_, at, tools_);
  }
  std::string name = bare_name(head);
  // DeepSeek's first models write the word "function" where the name stands
  // elsewhere, and the name in a line of its own.
  if (head == "function" || name.empty()) {
    size_t line = std::min(text_.find('\n', at), text_.size());
    name = bare_name(text_.substr(at, line - at));
    at = line;
  }
  size_t arguments = bounds_.gap_at(at).end;
  // f<|tool_sep|><|tool_call_end|>
  const ControlToken* closer = tokens_.at(arguments);
  if (closer && closer->is(TokenKind::token_call, true)) {
    CallReading result;
    result.call = ParsedCall{std::move(name), Json::object()};
    result.end = arguments;
    result.whole = true;
    return result;
  }
  return read_arguments_of(name, arguments);
}

}  // namespace simulate
