// Reads the calls that stand inside a tag or behind a token, one or several,
// in a list or one after another, each in any of the syntaxes that
// docs/tool-calls.md lists. It knows what is a string, so a tag inside an
// argument is text. A call that cannot be read is a fault and loses nothing but
// itself.
// Tested by tests/calls/reply_table_test.cpp and dialects_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/calls/call_bounds.h"
#include "simulator/calls/call_reading.h"
#include "simulator/calls/control_tokens.h"
#include "simulator/calls/single_call.h"
#include "simulator/calls/tool.h"

namespace simulate {

class CallReader {
 public:
  // All outlive the reader.
  CallReader(std::string_view text, const ControlTokens& tokens,
             const std::vector<ToolSpec>& tools)
      : text_(text), tokens_(tokens), tools_(tools), bounds_(text, tokens) {}

  // Reads from behind an opening tag, not further than `limit`, and appends
  // what it finds. Returns where the block ends: behind its closing tag, or
  // before the tag that shows that it has ended. `closed_by_thinking` says
  // that a </think> is to be taken as the closing tag.
  size_t read_block(size_t at, size_t limit, bool closed_by_thinking,
                    FoundCalls& found);

  // The same where nothing closes the calls: they end before what is none.
  size_t read_list(size_t at, size_t limit, FoundCalls& found);

  // The arguments of a call whose name stood before them. Returns where the
  // text goes on.
  size_t read_arguments_of(std::string_view name, size_t at, size_t limit,
                           FoundCalls& found);

  // One call as it stands there, read strictly, for who is not sure that it is
  // one. Nothing when the budget is spent.
  CallReading read_one(size_t at, size_t limit);

  // Says of a call that began at `at` why it was not run.
  void add_fault(const CallReading& reading, size_t at,
                 FoundCalls& found) const;

  // What others read in vain of the same text counts, too.
  void spend(size_t bytes) { bytes_read_ += bytes; }

  // Whether so much was read, again and again, that it reads no more: this
  // keeps the whole linear, and fast.
  bool budget_is_spent() const {
    return bytes_read_ > text_.size() + kMostRereading;
  }

 private:
  std::optional<size_t> end_before_words(size_t at, FoundCalls& found) const;
  size_t end_of_block(size_t at, bool empty, bool closed_by_thinking,
                      FoundCalls& found) const;
  CallReading read_call(size_t at, bool ends_with_text);
  CallReading read_until(size_t end, size_t at, Strictness strictness);
  SingleCallReader single(size_t end, Strictness strictness) const;
  void add_call_or_fault(CallReading& reading, size_t at, bool behind_call,
                         FoundCalls& found) const;
  std::string excerpt(size_t at) const;
  bool report_spent_budget(FoundCalls& found) const;
  size_t skip_unreadable(size_t start, size_t stopped);

  static constexpr size_t kMostRereading = 128 << 10;

  std::string_view text_;
  const ControlTokens& tokens_;
  const std::vector<ToolSpec>& tools_;
  CallBounds bounds_;
  // Bytes that were read, each as often as it was, since a rescue may look at
  // the same ones again; and a little for each call, however short.
  size_t bytes_read_ = 0;
};

}  // namespace simulate
