#include "simulator/calls/literal_scanner.h"

#include <algorithm>
#include <utility>

#include "simulator/base/text.h"
#include "simulator/calls/names.h"
#include "simulator/calls/number_literal.h"
#include "simulator/calls/string_literal.h"

namespace simulate {

namespace {

constexpr int kDeepest = 64;
// The JSON type finds a key by looking at all of them.
constexpr size_t kMostKeys = 500;
constexpr size_t kMostValues = 20'000;

bool is_closing(char c) { return c == ')' || c == ']' || c == '}'; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Comments belong to neither notation, but models write them.
size_t comment_length(std::string_view text) {
  size_t end = std::string_view::npos;
  if (text[0] == '#' || text.substr(0, 2) == "//") {
    end = text.find('\n');
  } else if (text.substr(0, 2) == "/*") {
    end = text.find("*/");
    if (end != std::string_view::npos) end += 2;
  } else {
    return 0;
  }
  return std::min(end, text.size());
}

}  // namespace

void LiteralScanner::skip_blank() { at_ = behind_blank(text_, at_); }

// Between the items of a list or dict.
void LiteralScanner::skip_comments() {
  skip_blank();
  while (!at_end()) {
    size_t length = comment_length(text_.substr(at_));
    if (length == 0) return;
    repairs_.add("a comment");
    at_ += length;
    skip_blank();
  }
}

bool LiteralScanner::take(char expected) {
  skip_blank();
  if (at_end() || text_[at_] != expected) return false;
  ++at_;
  return true;
}

// What closes something else is one too many when the right one follows, else
// the right one is missing.
bool LiteralScanner::take_closing(char bracket) {
  if (take(bracket)) return true;
  if (!lenient_) return false;
  if (!at_end() && !is_closing(peek())) return false;
  LiteralScanner ahead = *this;
  while (!ahead.at_end() && is_closing(ahead.peek()) &&
         ahead.peek() != bracket) {
    ++ahead.at_;
    ahead.skip_blank();
  }
  if (ahead.take(bracket)) {
    at_ = ahead.at_;
    repairs_.add("an extra closing bracket");
  } else {
    repairs_.add("a missing closing bracket");
  }
  return true;
}

std::optional<std::string> LiteralScanner::name() {
  skip_blank();
  size_t end = end_of_identifier(text_, at_);
  if (end == at_) return std::nullopt;
  std::string result(text_.substr(at_, end - at_));
  at_ = end;
  return result;
}

std::optional<Json> LiteralScanner::value() { return nested_value(0); }

std::optional<Json> LiteralScanner::nested_value(int depth) {
  skip_comments();
  if (at_end()) return fail("the text ends where a value is expected");
  if (depth > kDeepest) return fail("it nests too deep");
  if (++values_ > kMostValues) return fail("it holds too many values");
  if (at_quote()) {
    std::optional<std::string> text = string();
    if (!text) return std::nullopt;
    return Json(std::move(*text));
  }
  if (take('[')) return list(depth);
  if (take('(')) {
    repair(Notation::python, "a tuple for a list");
    return tuple(depth);
  }
  if (take('{')) return dict(depth);
  if (letter_length(text_, at_) > 0) return word();
  return number();
}

// True, false, None, null.
std::optional<Json> LiteralScanner::word() {
  size_t start = at_;
  std::string word = name().value_or("");
  bool python = word == "True" || word == "False" || word == "None";
  if (python) repair(Notation::python, "Python's words for true, false, null");
  if (word == "True" || word == "true") return Json(true);
  if (word == "False" || word == "false") return Json(false);
  if (word == "None" || word == "null") return Json(nullptr);
  if (at_quote()) return fail("a string must not have the prefix " + word);
  at_ = start;
  return fail("expected a value (a text needs quotes)");
}

// -1, 2.5, .5, 1e3.
std::optional<Json> LiteralScanner::number() {
  NumberLiteral number = number_at(text_, at_);
  if (!number.value) {
    fail(number.problem);
    if (!number.huge || !reads_past_huge_numbers_) return std::nullopt;
    objection_ = problem_;
  }
  at_ += number.written.size();
  return number.value.value_or(Json());
}

// 1, [2], "c"], behind the opening bracket.
std::optional<Json> LiteralScanner::list(int depth) {
  Json result = Json::array();
  bool trailing_comma = false;
  if (!items(']', depth, result, trailing_comma)) return std::nullopt;
  return result;
}

// 1, 2), behind the opening bracket. In Python ("a") is a text in parentheses
// and ("a",) is a tuple.
std::optional<Json> LiteralScanner::tuple(int depth) {
  Json result = Json::array();
  bool trailing_comma = false;
  if (!items(')', depth, result, trailing_comma)) return std::nullopt;
  if (result.size() == 1 && !trailing_comma) {
    Json only = std::move(result[0]);
    return only;
  }
  return result;
}

// What stands between commas, up to and with the bracket that closes it all.
bool LiteralScanner::items(char close, int depth, Json& into,
                           bool& trailing_comma) {
  while (skip_comments(), !take_closing(close)) {
    std::optional<Json> item = nested_value(depth + 1);
    if (!item) return false;
    into.push_back(std::move(*item));
    skip_comments();
    trailing_comma = take(',');
    if (trailing_comma) continue;
    if (take_closing(close)) return true;
    fail(std::string("expected \",\" or \"") + close + "\"");
    return false;
  }
  if (trailing_comma) repair(Notation::python, "a trailing comma");
  return true;
}

// "a": 1, b: 2}, behind the opening bracket.
std::optional<Json> LiteralScanner::dict(int depth) {
  Json result = Json::object();
  while (skip_comments(), !take_closing('}')) {
    if (!entry(depth, result)) return std::nullopt;
    skip_comments();
    if (take(',')) continue;
    if (take_closing('}')) return result;
    return fail("expected \",\" or \"}\"");
  }
  if (!result.empty()) repair(Notation::python, "a trailing comma");
  return result;
}

// "a": 1
bool LiteralScanner::entry(int depth, Json& into) {
  std::optional<std::string> name = key();
  if (!name) return false;
  if (into.size() >= kMostKeys) return fail("it has too many keys"), false;
  if (into.contains(*name)) {
    return fail("the key \"" + shortened(*name, 40) + "\" is there twice"),
           false;
  }
  if (!take(':')) return fail("expected \":\" after a key"), false;
  std::optional<Json> found = nested_value(depth + 1);
  if (!found) return false;
  into[*name] = std::move(*found);
  return true;
}

// "a", 'a', a without quotes, and numbers, which become texts.
std::optional<std::string> LiteralScanner::key() {
  skip_blank();
  if (at_quote()) return string();
  size_t start = at_;
  if (std::optional<std::string> bare = name()) {
    skip_blank();
    if (peek() == ':') {
      repairs_.add("a key without quotes");
      return bare;
    }
    at_ = start;
  }
  if (!is_digit(peek()) && peek() != '-') {
    return fail("expected a key in quotes");
  }
  NumberLiteral number = number_at(text_, at_);
  if (!number.whole && !number.value) return fail(number.problem);
  at_ += number.written.size();
  return number.whole ? std::string(number.written) : to_text(*number.value);
}

// "a", 'a', """a""". Texts that follow one another are one text, as in Python.
std::optional<std::string> LiteralScanner::string() {
  std::string result;
  for (int parts = 0; at_quote(); ++parts) {
    if (peek() == '\'') repair(Notation::python, "single quotes");
    if (parts > 0) repair(Notation::python, "texts that follow one another");
    StringLiteral part = string_at(text_, at_, lenient_);
    repairs_.add_all(part.repairs);
    if (part.escapes_apostrophe) {
      repair(Notation::python, "an escape that JSON has not");
    }
    if (!part.closed) {
      furthest_ = text_.size();
      return fail("a string was never closed");
    }
    at_ = part.end;
    result += part.text;
    skip_blank();
  }
  return result;
}

void LiteralScanner::repair(Notation unless, const char* what) {
  if (notation_ != unless) repairs_.add(what);
}

bool LiteralScanner::at_quote() const {
  return peek() == '"' || peek() == '\'';
}

std::nullopt_t LiteralScanner::fail(const std::string& what) {
  problem_ = what;
  if (!at_end()) {
    problem_ += ", at: " + shortened(one_line(text_.substr(at_, 60)), 30);
  }
  return std::nullopt;
}

}  // namespace simulate
