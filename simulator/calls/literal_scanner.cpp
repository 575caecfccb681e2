#include "simulator/calls/literal_scanner.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <set>
#include <utility>

#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr int kDeepest = 64;
// The JSON type finds a key by looking at all of them.
constexpr size_t kMostKeys = 500;
constexpr size_t kLongestNumber = 400;
constexpr size_t kMostValues = 20'000;

bool is_closing(char c) { return c == ')' || c == ']' || c == '}'; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool begins_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool continues_name(char c) { return begins_name(c) || is_digit(c); }

bool continues_number(char c) {
  return continues_name(c) || c == '.' || c == '+' || c == '-';
}

bool is_ascii_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Models copy spaces that are not ASCII from the text around them.
size_t wide_blank_length(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kWide = {
      "\xC2\xA0", "\xE3\x80\x80", "\xEF\xBB\xBF", "\xE2\x80\x8B",
      "\xE2\x80\xAF"};
  for (std::string_view wide : kWide) {
    if (text.substr(0, wide.size()) == wide) return wide.size();
  }
  return 0;
}

bool is_surrogate(uint32_t code) { return code >= 0xD800 && code <= 0xDFFF; }

void append_utf8(uint32_t code, std::string& result) {
  if (code > 0x10FFFF || is_surrogate(code)) code = 0xFFFD;
  auto tail = [&](unsigned shift) {
    result += static_cast<char>(0x80 | ((code >> shift) & 0x3F));
  };
  if (code < 0x80) {
    result += static_cast<char>(code);
  } else if (code < 0x800) {
    result += static_cast<char>(0xC0 | (code >> 6));
    tail(0);
  } else if (code < 0x10000) {
    result += static_cast<char>(0xE0 | (code >> 12));
    tail(6);
    tail(0);
  } else {
    result += static_cast<char>(0xF0 | (code >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

// A whole number that fits no integer is an identifier more often than a
// quantity, so its digits are kept.
std::optional<Json> whole_number(std::string_view token) {
  bool negative = token[0] == '-';
  std::string_view digits = token.substr(negative ? 1 : 0);
  if (digits.size() > 1 && digits[0] == '0') return std::nullopt;
  const char* end = token.data() + token.size();
  int64_t number = 0;
  if (negative) {
    auto [stop, wrong] = std::from_chars(token.data(), end, number);
    if (wrong == std::errc() && stop == end) return Json(number);
  }
  uint64_t natural = 0;
  auto [stop, wrong] = std::from_chars(token.data(), end, natural);
  if (wrong == std::errc() && stop == end) return Json(natural);
  return Json(std::string(token));
}

std::optional<Json> real_number(std::string_view token) {
  if (token.size() > kLongestNumber) return std::nullopt;
  double number = 0;
  const char* end = token.data() + token.size();
  auto [stop, wrong] = std::from_chars(token.data(), end, number);
  if (wrong != std::errc() || stop != end) return std::nullopt;
  return Json(number);
}

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

size_t behind_blank(std::string_view text, size_t at) {
  while (true) {
    while (at < text.size() && is_ascii_blank(text[at])) ++at;
    if (at >= text.size() || static_cast<unsigned char>(text[at]) < 0x80) break;
    size_t length = wide_blank_length(text.substr(at, 3));
    if (length == 0) break;
    at += length;
  }
  return at;
}

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
  size_t end = at_;
  while (end < text_.size() && begins_name(text_[end])) {
    while (end < text_.size() && continues_name(text_[end])) ++end;
    bool dotted = end + 1 < text_.size() && text_[end] == '.' &&
                  begins_name(text_[end + 1]);
    if (!dotted) break;
    ++end;
  }
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
  if (begins_name(peek())) return word();
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
  size_t end = at_;
  while (end < text_.size() && continues_number(text_[end])) ++end;
  std::string_view token = text_.substr(at_, end - at_);
  size_t digits = token.find_first_not_of('-');
  if (digits > 1 || (!is_digit(token[digits]) && token[digits] != '.')) {
    return fail("expected a value");
  }
  bool whole = token.find_first_not_of("0123456789", digits) == token.npos;
  std::optional<Json> result = whole ? whole_number(token) : real_number(token);
  if (!result) return fail("this is no number that can be used");
  at_ = end;
  return result;
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

std::optional<std::string> LiteralScanner::key() {
  skip_blank();
  if (at_quote()) return string();
  if (begins_name(peek())) {
    size_t start = at_;
    std::string bare = name().value_or("");
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
  std::optional<Json> found = number();
  if (!found) return std::nullopt;
  return found->is_string() ? found->get<std::string>() : to_text(*found);
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
      append_escape(result);
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

// An escape that neither language knows stays as it was written.
void LiteralScanner::append_escape(std::string& result) {
  static constexpr std::string_view kWritten = "ntrbf\\'\"/";
  static constexpr std::string_view kMeant = "\n\t\r\b\f\\'\"/";
  char letter = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
  if (letter == '\'') repair(Notation::python, "an escape that JSON has not");
  size_t known = kWritten.find(letter);
  if (known != std::string_view::npos) {
    result += kMeant[known];
    at_ += 2;
    return;
  }
  switch (letter) {
    case 'x':
      return append_code_point(2, result);
    case 'u':
      return append_code_point(4, result);
    case 'U':
      return append_code_point(8, result);
    default:
      result += text_[at_++];
  }
}

void LiteralScanner::append_code_point(size_t digits, std::string& result) {
  std::optional<uint32_t> code = hexadecimal(at_ + 2, digits);
  if (!code) {
    result += text_[at_++];
    return;
  }
  at_ += 2 + digits;
  bool high = *code >= 0xD800 && *code < 0xDC00;
  if (high && text_.substr(at_, 2) == "\\u") {
    std::optional<uint32_t> low = hexadecimal(at_ + 2, 4);
    if (low && *low >= 0xDC00 && *low < 0xE000) {
      at_ += 6;
      *code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
    }
  }
  append_utf8(*code, result);
}

std::optional<uint32_t> LiteralScanner::hexadecimal(size_t at,
                                                    size_t digits) const {
  if (at + digits > text_.size()) return std::nullopt;
  const char* begin = text_.data() + at;
  uint32_t code = 0;
  auto [stop, wrong] = std::from_chars(begin, begin + digits, code, 16);
  if (wrong != std::errc() || stop != begin + digits) return std::nullopt;
  return code;
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
