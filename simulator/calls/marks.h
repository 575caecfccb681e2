// Where the tags and tokens of tool calling stand in a reply, of every model
// family that TOOLCALLS.md lists. Finding them says nothing about what they
// mean: one inside a string argument is text, and only who reads the call
// knows that.
#pragma once

#include <array>
#include <string_view>
#include <vector>

namespace simulate {

enum class MarkKind {
  think,      // <think>, [THINK], <|START_THINKING|>
  block,      // <tool_call>, <TOOLCALL>, ...: calls, up to what closes it
  list,       // [TOOL_CALLS], <|python_tag|>, ...: calls; nothing closes it
  tagged,     // <function=name>, <invoke name="name">
  token,      // <|tool_call_begin|>: one call; closes: its end
  part,       // between the name and the arguments of a token call
  recipient,  // what comes before a call is its name: >>>name, to=name
  channel,    // a header of harmony, without a recipient
  result,     // <tool_result>: only the system writes it
  turn_end,   // <|eot_id|> and the like
  mention,    // any of the above in quotes or backticks, alone: `<think>`
  noise,      // <|START_RESPONSE|>, </response>: says nothing
};

struct Mark {
  size_t at = 0;   // of its first byte
  size_t end = 0;  // behind its last
  MarkKind kind = MarkKind::noise;
  bool closes = false;
  std::string_view name;  // of a recipient or channel; points into the text

  bool is(MarkKind other, bool closing) const {
    return kind == other && closes == closing;
  }
};

// A value: the marks of one text in their order. The text outlives it.
class Marks {
 public:
  explicit Marks(std::string_view text);

  // Behind this nothing was looked at: nobody writes so many marks.
  size_t looked_until() const { return looked_until_; }

  // The first that begins at `at` or behind it; null when there is none.
  const Mark* from(size_t at) const;
  // The last that ends at `end` or before it; null when there is none.
  const Mark* last_before(size_t end) const;
  // The one that begins exactly there.
  const Mark* at(size_t at) const;
  // The first of its kind at or behind `at` and before `limit`. Looks at all
  // between.
  const Mark* find(MarkKind kind, bool closes, size_t at, size_t limit) const;

 private:
  static constexpr size_t kKinds = static_cast<size_t>(MarkKind::noise) + 1;

  std::vector<Mark> all_;
  size_t looked_until_;
  // One behind where the last of its kind begins.
  std::array<std::array<size_t, 2>, kKinds> last_ = {};
};

}  // namespace simulate
