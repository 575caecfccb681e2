#include "simulator/calls/string_literal.h"

#include <set>

#include "simulator/base/text.h"
#include "simulator/calls/names.h"
#include "simulator/calls/string_escapes.h"

namespace simulate {

namespace {

// The one of `signs` that stands at `at`.
bool is_one_of(std::string_view signs, std::string_view text, size_t at) {
  return at < text.size() && contains(signs, text.substr(at, 1));
}

// Whether what stands behind a comma can be the next value or argument:
// another text, a bracket, a number, a word such as True, or name=.
bool begins_next(std::string_view text, size_t at) {
  static const std::set<std::string_view> kWords = {"true", "false", "null",
                                                    "True", "False", "None"};
  if (at >= text.size() || is_one_of("\"'[{(}])-0123456789", text, at)) {
    return true;
  }
  size_t end = end_of_identifier(text, at);
  if (kWords.count(text.substr(at, end - at)) > 0) return true;
  return end > at && is_one_of("=", text, behind_blank(text, end));
}

// A quote ends a string when what follows can follow a string.
bool can_end_string(std::string_view text, size_t quote) {
  size_t next = behind_blank(text, quote + 1);
  if (next >= text.size() || is_one_of(":)]}", text, next)) return true;
  return text[next] == ',' && begins_next(text, behind_blank(text, next + 1));
}

class StringReader {
 public:
  StringReader(std::string_view text, size_t at, bool lenient)
      : text_(text), at_(at), lenient_(lenient), quotes_(3, text[at]) {
    if (text_.substr(at_, 3) != quotes_) quotes_.resize(1);
    at_ += quotes_.size();
  }

  StringLiteral read();

 private:
  void take_plain();
  void take_escape();
  bool ends_here() const;
  bool take_inner_quote();

  std::string_view text_;
  size_t at_;
  bool lenient_;
  std::string quotes_;  // one of either, or three
  StringLiteral result_;
};

StringLiteral StringReader::read() {
  while (take_plain(), at_ < text_.size()) {
    if (text_[at_] == '\\') {
      take_escape();
    } else if (ends_here()) {
      result_.closed = true;
      break;
    } else if (!take_inner_quote()) {
      break;
    }
  }
  result_.end = result_.closed ? at_ + quotes_.size() : at_;
  return std::move(result_);
}

// Up to the next quote or backslash.
void StringReader::take_plain() {
  size_t stop = at_;
  while (stop < text_.size() && text_[stop] != quotes_[0] &&
         text_[stop] != '\\') {
    ++stop;
  }
  std::string_view plain = text_.substr(at_, stop - at_);
  if (quotes_.size() == 1 && contains(plain, "\n")) {
    result_.repairs.add("a raw line break in a string");
  }
  result_.text += plain;
  at_ = stop;
}

void StringReader::take_escape() {
  if (text_.substr(at_, 2) == "\\'") result_.escapes_apostrophe = true;
  at_ = append_escape(text_, at_, result_.text);
}

// Read strictly, the first quote ends the string.
bool StringReader::ends_here() const {
  if (text_.substr(at_, quotes_.size()) != quotes_) return false;
  return !lenient_ || quotes_.size() > 1 || can_end_string(text_, at_);
}

// "say "hi" now", '''it's'''. But "a" + "b" is no text with quotes in it.
bool StringReader::take_inner_quote() {
  if (quotes_.size() == 1) {
    if (is_one_of("+%*", text_, behind_blank(text_, at_ + 1))) return false;
    result_.repairs.add("quotes inside a string");
  }
  result_.text += text_[at_++];
  return true;
}

}  // namespace

StringLiteral string_at(std::string_view text, size_t at, bool lenient) {
  return StringReader(text, at, lenient).read();
}

}  // namespace simulate
