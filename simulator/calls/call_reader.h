// Reads the calls that stand inside a tag or behind a token, one or several,
// in a list or one after another, each in any of the syntaxes that
// docs/tool-calls.md lists. It knows what is a string, so a tag inside an
// argument is text. A call that cannot be read is a fault and loses nothing but
// itself.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "simulator/calls/call_bounds.h"
#include "simulator/calls/literal_scanner.h"
#include "simulator/calls/marks.h"
#include "simulator/calls/notes.h"
#include "simulator/calls/reply_parser.h"
#include "simulator/calls/tagged_call.h"

namespace simulate {

struct FoundCalls {
  std::vector<ParsedCall> calls;
  Notes faults;
  Notes repairs;
};

class CallReader {
 public:
  // All outlive the reader.
  CallReader(std::string_view text, const Marks& marks,
             const std::vector<ToolSpec>& tools)
      : text_(text), marks_(marks), tools_(tools), bounds_(text, marks) {}

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
  // one. Nothing when the reader is worn out.
  ReadCall read_one(size_t at, size_t limit);

  // Whether so much was read, again and again, that it reads no more: this
  // keeps the whole linear, and fast.
  bool worn_out() const { return work_ > text_.size() + kMostWork; }

 private:
  void settle(ReadCall& read, size_t at, bool behind_a_call, FoundCalls& found);
  bool give_up(FoundCalls& found) const;
  ReadCall attempt(size_t at, bool ends_with_text = false);
  ReadCall attempt_until(size_t at, size_t end, bool generous);
  ReadCall written_anyhow(size_t at, size_t end, bool generous);
  ReadCall written_as_json(LiteralScanner& scanner);
  ReadCall written_as_python(LiteralScanner& scanner, std::string name);
  ReadCall written_with_name(size_t at, size_t end, bool generous);
  ReadCall written_with_tokens(size_t begin, size_t end, bool generous);
  ReadCall json_arguments(const std::string& name, size_t at, size_t end,
                          bool generous);
  size_t end_of_block(size_t at, bool empty, bool closed_by_thinking,
                      FoundCalls& found) const;
  size_t skip_rubbish(size_t start, size_t stopped);

  static constexpr size_t kMostWork = 128 << 10;

  std::string_view text_;
  const Marks& marks_;
  const std::vector<ToolSpec>& tools_;
  CallBounds bounds_;
  // Bytes that were read, each as often as it was, since a rescue may look at
  // the same ones again; and a little for each call, however short.
  size_t work_ = 0;
};

}  // namespace simulate
