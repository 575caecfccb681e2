#include "simulator/calls/literal_scanner.h"

#include <algorithm>
#include <set>
#include <utility>

#include "simulator/base/text.h"
#include "simulator/calls/names.h"
#include "simulator/calls/number_literal.h"
#include "simulator/calls/string_escapes.h"

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

std::optional<Json> LiteralScanner::list(int depth) {
  Json result = Json::array();
  bool trailing_comma = false;
  if (!items(']', depth, result, trailing_comma)) return std::nullopt;
  return result;
}

// In Python ("a") is a text in parentheses and ("a",) is a tuple.
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

// Texts that follow one another are one text, as in Python.
std::optional<std::string> LiteralScanner::string() {
  std::string result;
  for (int parts = 0; at_quote(); ++parts) {
    if (peek() == '\'') repair(Notation::python, "single quotes");
    if (parts > 0) repair(Notation::python, "texts that follow one another");
    if (!append_string(result)) return std::nullopt;
    skip_blank();
  }
  return result;
}

bool LiteralScanner::append_string(std::string& result) {
  size_t start = at_;
  std::string quotes(3, text_[at_]);
  if (text_.substr(at_, 3) != quotes) quotes.resize(1);
  at_ += quotes.size();
  while (!at_end()) {
    size_t stop = at_;
    while (stop < text_.size() && text_[stop] != quotes[0] &&
           text_[stop] != '\\') {
      ++stop;
    }
    std::string_view plain = text_.substr(at_, stop - at_);
    if (quotes.size() == 1 && plain.find('\n') != plain.npos) {
      repairs_.add("a raw line break in a string");
    }
    result += plain;
    at_ = stop;
    if (at_end()) break;
    if (text_[at_] == '\\') {
      bool python = text_.substr(at_, 2) == "\\'";
      if (python) repair(Notation::python, "an escape that JSON has not");
      at_ = append_escape(text_, at_, result);
    } else if (ends_string(at_, quotes.size())) {
      at_ += quotes.size();
      return true;
    } else {
      if (quotes.size() == 1) {
        // "a" + "b" is no text with quotes in it.
        size_t next = behind_blank(text_, at_ + 1);
        if (next < text_.size() &&
            std::string_view("+%*").find(text_[next]) != std::string::npos) {
          break;
        }
        repairs_.add("quotes inside a string");
      }
      result += text_[at_++];
    }
  }
  at_ = start;
  furthest_ = text_.size();
  return fail("a string was never closed"), false;
}

// A quote ends a string when what follows can follow a string. Read strictly,
// the first one does.
bool LiteralScanner::ends_string(size_t quote, size_t quotes) const {
  for (size_t i = 0; i < quotes; ++i) {
    if (quote + i >= text_.size() || text_[quote + i] != text_[quote]) {
      return false;
    }
  }
  if (!lenient_ || quotes > 1) return true;
  LiteralScanner next(text_, quote + 1);
  next.skip_blank();
  if (next.at_end()) return true;
  if (std::string_view(":)]}").find(next.peek()) != std::string_view::npos) {
    return true;
  }
  if (!next.take(',')) return false;
  next.skip_blank();
  char c = next.peek();
  if (c == '\0' ||
      std::string_view("\"'[{(}])-").find(c) != std::string::npos) {
    return true;
  }
  if (is_digit(c)) return true;
  std::string word = next.name().value_or("");
  static const std::set<std::string> kWords = {"true", "false", "null",
                                               "True", "False", "None"};
  return kWords.count(word) > 0 || (!word.empty() && next.take('='));
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
    problem_ += ", at: " + shortened(printable(text_.substr(at_, 60)), 30);
  }
  return std::nullopt;
}

}  // namespace simulate
