// Where the tags and tokens of tool calling stand in a reply, of every model
// family that docs/tool-calls.md lists. Finding them says nothing about what
// they mean: one inside a string argument is text, and only who reads the call
// knows that.
#pragma once

#include <array>
#include <string_view>
#include <vector>

namespace simulate {

enum class TokenKind {
  think,        // <think>, [THINK], <|START_THINKING|>
  block,        // <tool_call>, <TOOLCALL>, ...: calls, up to what closes it
  list,         // [TOOL_CALLS], <|python_tag|>, ...: calls; nothing closes it
  tagged_call,  // <function=name>, <invoke name="name">
  token_call,   // <|tool_call_begin|>: one call; closes: its end
  separator,    // between the name and the arguments of a token call
  recipient,    // what comes before a call is its name: >>>name, to=name
  channel,      // a header of harmony, without a recipient
  result,       // <tool_result>: only the system writes it
  turn_end,     // <|eot_id|> and the like
  mention,      // any of the above in quotes or backticks, alone: `<think>`
  ignored,      // <|START_RESPONSE|>, </response>: says nothing
};

struct ControlToken {
  size_t at = 0;   // of its first byte
  size_t end = 0;  // behind its last
  TokenKind kind = TokenKind::ignored;
  bool closes = false;
  std::string_view name;  // of a recipient or channel; points into the text

  bool is(TokenKind other, bool closing) const {
    return kind == other && closes == closing;
  }
};

// A value: the tokens of one text in their order. The text outlives it.
class ControlTokens {
 public:
  explicit ControlTokens(std::string_view text);

  // Behind this nothing was looked at: nobody writes so many tokens.
  size_t searched_until() const { return searched_until_; }

  // The first that begins at `at` or behind it; null when there is none.
  const ControlToken* from(size_t at) const;
  // The last that ends at `end` or before it; null when there is none.
  const ControlToken* last_before(size_t end) const;
  // The one that begins exactly there.
  const ControlToken* at(size_t at) const;
  // The first of its kind at or behind `at` and before `limit`. Looks at all
  // between.
  const ControlToken* find(TokenKind kind, bool closes, size_t at,
                           size_t limit) const;

 private:
  static constexpr size_t kKinds = static_cast<size_t>(TokenKind::ignored) + 1;

  std::vector<ControlToken> all_;
  size_t searched_until_;
  // One behind where the last of its kind begins.
  std::array<std::array<size_t, 2>, kKinds> last_ = {};
};

}  // namespace simulate
