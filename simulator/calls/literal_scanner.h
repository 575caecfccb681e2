// A scanner of literals as models write them in Python's or JSON's notation:
// strings in either quote with escapes, numbers, True/true, False/false,
// None/null, lists, tuples, dicts. Nothing else is understood, so nothing can
// be evaluated. Nesting and the number of values are bounded.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "simulator/base/json.h"
#include "simulator/calls/remark_list.h"

namespace simulate {

// Either notation is read in both; what the notation does not allow is noted
// as a repair.
enum class Notation { python, json };

// A position in a text that only moves forward when something was read.
class LiteralScanner {
 public:
  explicit LiteralScanner(std::string_view text, size_t at = 0,
                          Notation notation = Notation::python)
      : text_(text), at_(at), furthest_(at), notation_(notation) {}

  // For a text that ends where the call should have ended: brackets that are
  // missing there are taken for closed, and a quote that cannot be the end of
  // its string is a part of it.
  void be_lenient() { lenient_ = true; }

  // For who can tell a model what is wrong: reading goes on behind a number
  // that is too large to be kept, and objection() is a problem of the value.
  void read_past_huge_numbers() { reads_past_huge_numbers_ = true; }

  size_t position() const { return at_; }
  bool at_end() const { return at_ >= text_.size(); }
  // How far it looked, which is further than position() after a string that
  // was never closed: what a caller that tries again must count as work.
  size_t furthest() const { return furthest_ > at_ ? furthest_ : at_; }

  void skip_blank();
  void skip_comments();               // and blanks
  bool take(char expected);           // after blanks
  bool take_closing(char bracket);    // or its absence, when lenient
  std::optional<std::string> name();  // an identifier, dots allowed
  // On failure: nothing, and problem() says what was wrong and where.
  std::optional<Json> value();
  const std::string& problem() const { return problem_; }
  const std::string& objection() const { return objection_; }
  // What was put right so far.
  const RemarkList& repairs() const { return repairs_; }

 private:
  std::optional<Json> nested_value(int depth);
  std::optional<Json> word();
  std::optional<Json> number();
  std::optional<Json> list(int depth);
  std::optional<Json> tuple(int depth);
  std::optional<Json> dict(int depth);
  bool items(char close, int depth, Json& into, bool& trailing_comma);
  bool entry(int depth, Json& into);
  std::optional<std::string> key();
  std::optional<std::string> string();
  bool at_quote() const;
  void repair(Notation unless, const char* what);
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  std::nullopt_t fail(const std::string& what);

  std::string_view text_;
  size_t at_;
  size_t furthest_;
  Notation notation_;
  bool lenient_ = false;
  size_t values_ = 0;
  bool reads_past_huge_numbers_ = false;
  std::string problem_;
  std::string objection_;
  RemarkList repairs_;
};

}  // namespace simulate
