#include "tools/call_reader.h"

#include <algorithm>
#include <utility>

#include "simulator/base/text.h"
#include "tools/json_call.h"

namespace simulate {

namespace {

constexpr size_t kMostFaults = 12;
constexpr size_t kMostArguments = 100;

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
  while (!scanner.take(')')) {
    if (!read_argument(scanner, call, problem)) return false;
    if (scanner.take(',')) continue;
    if (scanner.take(')')) break;
    problem = scanner.at_end() ? "it has no closing parenthesis"
                               : "expected \",\" or \")\" after an argument";
    return false;
  }
  return true;
}

}  // namespace

void Faults::add(const std::string& sentence) {
  bool known = std::find(sentences_.begin(), sentences_.end(), sentence) !=
               sentences_.end();
  if (!known && !full()) sentences_.push_back(sentence);
}

bool Faults::full() const { return sentences_.size() >= kMostFaults; }

size_t CallReader::read(size_t at, size_t limit, bool closed_by_thinking,
                        std::vector<ParsedCall>& calls, Faults& faults) {
  limit_ = limit;
  bool empty = true;
  while (true) {
    at = skip_separators(at);
    if (at >= limit_ || anchors_.at(at) != nullptr) {
      return end_of_block(at, empty, closed_by_thinking, faults);
    }
    empty = false;
    Attempt attempt = this->attempt(at);
    if (attempt.call) {
      calls.push_back(std::move(*attempt.call));
    } else {
      faults.add("A call in <tool_call> could not be read and was not run (" +
                 excerpt(text_.substr(at, limit_ - at)) +
                 "): " + attempt.problem + ".");
    }
    if (!attempt.whole) {
      std::optional<size_t> end = end_of_brackets(at);
      if (!end) return after_rubbish(at, attempt.end);
      attempt.end = *end;
    }
    at = attempt.end;
  }
}

// A block that another one follows at once was opened twice; that loses
// nothing, so it is no fault.
size_t CallReader::end_of_block(size_t at, bool empty, bool closed_by_thinking,
                                Faults& faults) const {
  const Anchor* anchor = at < limit_ ? anchors_.at(at) : nullptr;
  bool opens_again = anchor != nullptr && anchor->is(Tag::call, false);
  if (empty && !opens_again) {
    faults.add("A <tool_call> held no call. Write the call inside it.");
  }
  if (anchor == nullptr) return limit_;
  bool wrong_closer = closed_by_thinking && anchor->is(Tag::think, true);
  return anchor->is(Tag::call, true) || wrong_closer ? anchor->end : at;
}

CallReader::Attempt CallReader::attempt(size_t at) {
  LiteralScanner scanner(text_.substr(0, limit_), at);
  Attempt result =
      text_[at] == '{' ? written_as_json(scanner) : written_as_python(scanner);
  result.end = scanner.position();
  if (!result.whole) wasted_ += scanner.furthest() - at;
  return result;
}

CallReader::Attempt CallReader::written_as_json(LiteralScanner& scanner) {
  Attempt result;
  std::optional<Json> object = scanner.value();
  if (!object) {
    result.problem = scanner.problem();
    return result;
  }
  result.whole = true;
  result.call = call_from_json(*object, result.problem);
  return result;
}

CallReader::Attempt CallReader::written_as_python(LiteralScanner& scanner) {
  Attempt result;
  ParsedCall call;
  call.name = bare_name(scanner.name().value_or(""));
  if (call.name.empty() || !scanner.take('(')) {
    result.problem = "a call looks like name(key=value)";
    return result;
  }
  result.whole = read_arguments(scanner, call, result.problem);
  if (result.problem.empty()) result.call = std::move(call);
  return result;
}

// Behind the bracket that closes the first one of a call that could not be
// read: what follows may be a good one. A bare tag before it means that the
// call was never finished.
std::optional<size_t> CallReader::end_of_brackets(size_t at) {
  std::string_view text = text_.substr(0, limit_);
  size_t start = at;
  size_t depth = 0;
  LiteralScanner name(text, at);
  name.name();
  name.skip_blank();
  at = name.position();
  if (at >= limit_ || !is_opening(text[at])) return std::nullopt;
  while (at < limit_) {
    char c = text[at];
    if (c == '<' && anchors_.at(at) != nullptr) break;
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
  wasted_ += at - start;
  return std::nullopt;
}

// Where to go on when nobody knows where the call that began at `start` ends.
// A string that is not closed swallows the calls behind it, so an opening tag
// among what was read is taken for a real one.
size_t CallReader::after_rubbish(size_t start, size_t stopped) {
  if (wasted_ > 8 * text_.size() + 4096) return limit_;
  wasted_ += stopped - start;
  const Anchor* opener = anchors_.find(Tag::call, false, start, stopped);
  if (opener != nullptr) return opener->at;
  const Anchor* next = anchors_.from(stopped);
  if (next == nullptr || next->at >= limit_) {
    next = anchors_.find(Tag::call, true, start, limit_);
  }
  if (next == nullptr) return limit_;
  return next->is(Tag::call, true) ? next->end : next->at;
}

// Lists, commas, semicolons, lines and code fences around calls say nothing.
size_t CallReader::skip_separators(size_t at) const {
  static constexpr std::string_view kFence = "```";
  LiteralScanner scanner(text_.substr(0, limit_), at);
  while (true) {
    scanner.skip_blank();
    at = scanner.position();
    if (at >= limit_) return limit_;
    if (text_.substr(at, kFence.size()) == kFence) {
      at += kFence.size();
      while (at < limit_ && (is_letter(text_[at]) || text_[at] == '_')) ++at;
    } else if (std::string_view(",;[]").find(text_[at]) != text_.npos) {
      ++at;
    } else {
      return at;
    }
    scanner = LiteralScanner(text_.substr(0, limit_), at);
  }
}

}  // namespace simulate
