// Reads the calls inside one <tool_call>, in the syntaxes that TOOLCALLS.md
// numbers 1 and 2: name(key=value, ...) and {"name": ..., "arguments": ...},
// one or several, in a list or one after another. It knows what is a string,
// so a tag inside an argument is text. A call that cannot be read is a fault
// and loses nothing but itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/python_literal.h"
#include "tools/reply_anchor.h"
#include "tools/reply_parser.h"

namespace simulate {

// Sentences for the model: each once, and not more of them than it would read.
class Faults {
 public:
  void add(const std::string& sentence);
  bool full() const;
  std::vector<std::string> take() { return std::move(sentences_); }

 private:
  std::vector<std::string> sentences_;
};

class CallReader {
 public:
  // Both outlive the reader.
  CallReader(std::string_view text, const Anchors& anchors)
      : text_(text), anchors_(anchors) {}

  // Reads from behind an opening tag, not further than `limit`, and appends
  // what it finds. Returns where the block ends: behind its closing tag, or
  // before the tag that shows that it has ended. `closed_by_thinking` says
  // that a </think> is to be taken as the closing tag.
  size_t read(size_t at, size_t limit, bool closed_by_thinking,
              std::vector<ParsedCall>& calls, Faults& faults);

 private:
  struct Attempt {
    std::optional<ParsedCall> call;
    std::string problem;
    size_t end = 0;      // behind the call, or where reading it stopped
    bool whole = false;  // its end is known, even if it is not a good call
  };

  Attempt attempt(size_t at);
  Attempt written_as_json(LiteralScanner& scanner);
  Attempt written_as_python(LiteralScanner& scanner);
  std::optional<size_t> end_of_brackets(size_t at);
  size_t after_rubbish(size_t start, size_t stopped);
  size_t end_of_block(size_t at, bool empty, bool closed_by_thinking,
                      Faults& faults) const;
  size_t skip_separators(size_t at) const;

  std::string_view text_;
  const Anchors& anchors_;
  size_t limit_ = 0;
  // Bytes that were read for nothing. Each rescue may look at the same bytes
  // again, so this is what keeps the whole linear.
  size_t wasted_ = 0;
};

}  // namespace simulate
