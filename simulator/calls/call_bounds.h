// Where the calls of a text begin and end, as far as names, brackets and tokens
// tell without reading what is between, and where to go on behind a call that
// could not be read. Owned by the call reader. All of it is a guess from
// outside: only reading a call says whether it is one.
// Tested by tests/calls/reply_table_test.cpp and dialects_test.cpp.
#pragma once

#include <optional>
#include <string_view>

#include "simulator/calls/control_tokens.h"
#include "simulator/calls/remark_list.h"

namespace simulate {

class CallBounds {
 public:
  // Both outlive it.
  CallBounds(std::string_view text, const ControlTokens& tokens)
      : text_(text), tokens_(tokens) {}

  // Calls end here, at the latest.
  void end_at(size_t limit) { limit_ = limit; }
  size_t limit() const { return limit_; }

  // Whether what stands there looks like the beginning of a call.
  bool begins_call(size_t at) const;
  // The token between the name that stands there and its arguments; null when
  // there is none.
  const ControlToken* separator_behind_name(size_t at) const;

  // What stands between calls and says nothing: blanks, commas, brackets of
  // lists, code fences, comments of Python's.
  struct Gap {
    size_t end = 0;
    int lists = 0;           // opened less closed
    bool separated = false;  // by a comma or semicolon
    size_t closed = 0;       // behind the last "]" or fence
  };
  Gap gap_at(size_t at) const;
  size_t skip_blank(size_t at) const;

  // The next tag or token that ends calls: </tool_call>, <|tool_call_end|>.
  const ControlToken* closer_behind(size_t at) const;
  // Behind the one that stands at `at`, perhaps after blanks; else `at`.
  size_t behind_closer(size_t at) const;
  // Behind </tool>, <\tool_call> and their like; 0 when there is none.
  size_t behind_misspelt_closer(size_t at, RemarkList& repairs) const;
  // Behind the last of f(a=1)))
  size_t behind_extra_brackets(size_t at, RemarkList& repairs) const;

  // Behind the bracket that closes the first one of a call that could not be
  // read. Bytes that were looked at in vain are added to `wasted`, here and
  // below.
  std::optional<size_t> end_of_brackets(size_t at, size_t& wasted) const;
  // A list of calls without a tag around it: [f(a=1), g(b="x")]. Nothing when
  // what stands there is something else in brackets. It is not closed when its
  // brackets or strings do not match, or when the text ends within it; then it
  // ends with the first line that ends with "]", or before the next token.
  struct List {
    size_t end = 0;
    bool closed = false;
  };
  std::optional<List> list_at(size_t at, size_t& wasted) const;
  // Where a call begins behind something between calls that is none; nothing
  // when what stands there looks like a call itself.
  std::optional<size_t> next_call_behind(size_t at, size_t& wasted) const;
  // Where to go on when nobody knows where the call that began at `start`
  // ends, which was read as far as `stopped`.
  size_t behind_unreadable(size_t start, size_t stopped) const;

 private:
  std::optional<size_t> behind_brackets(size_t at, size_t& wasted) const;
  const ControlToken* separator_at(size_t at) const;
  bool begins_item(size_t at) const;
  size_t end_of_open_list(size_t at) const;

  std::string_view text_;
  const ControlTokens& tokens_;
  size_t limit_ = 0;
};

}  // namespace simulate
