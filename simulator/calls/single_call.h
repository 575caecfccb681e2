// Reads one call that stands where the call reader says, in any of the ways in
// which models write one: as JSON, in Python's notation, in tags, behind
// tokens. The syntaxes are told apart by how they begin; the rows of
// tests/calls/replies have each of them.
// Tested by tests/calls/reply_table_test.cpp and dialects_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/calls/call_bounds.h"
#include "simulator/calls/call_reading.h"
#include "simulator/calls/control_tokens.h"
#include "simulator/calls/literal_scanner.h"
#include "simulator/calls/tool.h"

namespace simulate {

// Leniently, the call is known to end where the text does: brackets that are
// missing there are taken for closed.
enum class Strictness { strict, lenient };

class SingleCallReader {
 public:
  // `text` ends where the call must have ended. All outlive the reader.
  SingleCallReader(std::string_view text, const ControlTokens& tokens,
                   const CallBounds& bounds, const std::vector<ToolSpec>& tools,
                   Strictness strictness)
      : text_(text),
        tokens_(tokens),
        bounds_(bounds),
        tools_(tools),
        strictness_(strictness) {}

  CallReading read(size_t at);
  // The arguments of a call whose name stood before them: {"a": 1}
  CallReading read_arguments_of(const std::string& name, size_t at);

 private:
  CallReading read_any_syntax(size_t at);
  CallReading read_json_call(size_t at);
  CallReading read_named_call(size_t at);
  CallReading read_bare_word(std::string name, size_t end) const;
  CallReading read_python_call(size_t at, size_t behind);
  CallReading read_token_call(size_t begin);
  CallReading read_behind_separator(std::string_view head, size_t at);
  size_t behind_argument_tokens(size_t at) const;
  std::optional<Json> read_json(size_t at, CallReading& result) const;
  LiteralScanner scanner_at(size_t at, Notation notation) const;

  std::string_view text_;
  const ControlTokens& tokens_;
  const CallBounds& bounds_;
  const std::vector<ToolSpec>& tools_;
  Strictness strictness_;
};

}  // namespace simulate
