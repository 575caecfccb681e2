#include "simulator/calls/call_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "simulator/base/text.h"
#include "simulator/calls/json_call.h"

namespace simulate {

namespace {

constexpr size_t kCostOfCall = 256;  // beside its bytes

}  // namespace

// <tool_call>f(a=1), g()</tool_call>, from behind the opening tag.
size_t CallReader::read_block(size_t at, size_t limit, bool closed_by_thinking,
                              FoundCalls& found) {
  bounds_.end_at(limit);
  for (bool empty = true;; empty = false) {
    at = bounds_.gap_at(at).end;
    if (at >= bounds_.limit() || (tokens_.at(at) && !bounds_.begins_call(at))) {
      return end_of_block(at, empty, closed_by_thinking, found);
    }
    if (!empty) {
      if (auto end = end_before_words(at, found)) return *end;
    }
    bool behind_call = !found.calls.empty() && !empty;
    CallReading call = read_call(at, /*ends_with_text=*/false);
    add_call_or_fault(call, at, behind_call, found);
    if (report_spent_budget(found)) return bounds_.limit();
    if (!call.whole) {
      std::optional<size_t> end = bounds_.end_of_brackets(at, bytes_read_);
      if (!end) end = bounds_.next_call_behind(at, bytes_read_);
      if (!end) return skip_unreadable(at, call.end);
      call.end = *end;
    }
    at = bounds_.behind_extra_brackets(call.end, found.repairs);
  }
}

// <tool_call>f(a=1)</tool>, and <tool_call>f(a=1) Now I wait.
// Words behind the calls of a tag that is never closed are an answer.
std::optional<size_t> CallReader::end_before_words(size_t at,
                                                   FoundCalls& found) const {
  if (bounds_.begins_call(at)) return std::nullopt;
  size_t end = bounds_.behind_misspelt_closer(at, found.repairs);
  if (end > 0) return end;
  const ControlToken* closer = bounds_.closer_behind(at);
  const ControlToken* next = tokens_.from(at);
  if (closer && (!next || next->at >= closer->at || next->closes)) {
    return std::nullopt;
  }
  found.repairs.add("a missing closing tag");
  return at;
}

// </tool_call>, </think> in its place, or what shows that the block has ended
// without one. A block that another one follows at once was opened twice:
//   <tool_call><tool_call>f()</tool_call>
// That loses nothing, so it is no fault.
size_t CallReader::end_of_block(size_t at, bool empty, bool closed_by_thinking,
                                FoundCalls& found) const {
  const ControlToken* token = at < bounds_.limit() ? tokens_.at(at) : nullptr;
  bool opens_again = token && (token->is(TokenKind::block, false) ||
                               token->is(TokenKind::list, false));
  if (empty && !opens_again) {
    found.faults.add("A <tool_call> held no call. Write the call inside it.");
  }
  bool wrong_closer =
      token && closed_by_thinking && token->is(TokenKind::think, true);
  size_t behind = bounds_.behind_closer(at);
  if (!empty && behind == at) found.repairs.add("a missing closing tag");
  if (!token) return bounds_.limit();
  return wrong_closer ? token->end : behind;
}

// [TOOL_CALLS] [{"name": "f"}, {"name": "g"}] and words, from behind the token;
// <function=f>{"a": 1}</function> and words, from the tag itself.
size_t CallReader::read_list(size_t at, size_t limit, FoundCalls& found) {
  bounds_.end_at(limit);
  size_t end = at;  // behind what belongs to the calls
  int lists = 0;    // that are open
  for (bool first = true;; first = false) {
    CallBounds::Gap gap = bounds_.gap_at(at);
    lists += gap.lists;
    if (lists <= 0) end = std::max(end, gap.closed);
    at = gap.end;
    // Words may stand here, with brackets.
    bool words = !first && lists <= 0 && !gap.separated;
    bool looks_like_one = bounds_.begins_call(at);
    if (!looks_like_one &&
        (!first || at >= bounds_.limit() || tokens_.at(at))) {
      if (first) {
        found.faults.add("No tool call follows the token that announces one.");
      }
      if (!first && lists > 0) end = std::min(at, bounds_.limit());
      return bounds_.behind_closer(end);
    }
    CallReading call = read_call(at, /*ends_with_text=*/true);
    if (!call.call && (words || !looks_like_one)) {
      if (first) add_call_or_fault(call, at, false, found);
      return bounds_.behind_closer(end);
    }
    add_call_or_fault(call, at, false, found);
    if (report_spent_budget(found)) return bounds_.limit();
    if (!call.whole) {
      std::optional<size_t> next = bounds_.end_of_brackets(at, bytes_read_);
      if (!next) return skip_unreadable(at, call.end);
      call.end = *next;
    }
    at = end = bounds_.behind_extra_brackets(call.end, found.repairs);
  }
}

// {"a": 1}, behind >>>f or <|channel|>commentary to=functions.f<|message|>.
size_t CallReader::read_arguments_of(std::string_view name, size_t at,
                                     size_t limit, FoundCalls& found) {
  bounds_.end_at(limit);
  SingleCallReader reader = single(bounds_.limit(), Strictness::strict);
  CallReading call =
      reader.read_arguments_of(bare_name(name), bounds_.skip_blank(at));
  add_call_or_fault(call, at, false, found);
  return call.call ? bounds_.behind_closer(call.end)
                   : skip_unreadable(at, call.end);
}

CallReading CallReader::read_one(size_t at, size_t limit) {
  if (budget_is_spent()) return {};
  bounds_.end_at(limit);
  return read_until(bounds_.limit(), at, Strictness::strict);
}

// Strictly first; then, up to where the call should have ended, leniently:
//   <tool_call>f(a=[1</tool_call>
CallReading CallReader::read_call(size_t at, bool ends_with_text) {
  CallReading strict = read_until(bounds_.limit(), at, Strictness::strict);
  if (strict.whole || budget_is_spent()) return strict;
  const ControlToken* closer = bounds_.closer_behind(at);
  if (!closer && !ends_with_text) return strict;
  size_t end = closer ? closer->at : bounds_.limit();
  CallReading lenient = read_until(end, at, Strictness::lenient);
  return lenient.call ? lenient : strict;
}

CallReading CallReader::read_until(size_t end, size_t at,
                                   Strictness strictness) {
  CallReading call = single(end, strictness).read(at);
  bytes_read_ += kCostOfCall + (call.end - at);
  return call;
}

SingleCallReader CallReader::single(size_t end, Strictness strictness) const {
  return {text_.substr(0, end), tokens_, bounds_, tools_, strictness};
}

void CallReader::add_call_or_fault(CallReading& reading, size_t at,
                                   bool behind_call, FoundCalls& found) const {
  if (reading.call) {
    found.calls.push_back(std::move(*reading.call));
    found.repairs.add_all(reading.repairs);
  } else if (behind_call && !bounds_.begins_call(at)) {
    found.faults.add("What stands behind a tool call is not understood (" +
                     excerpt(at) + "): " + reading.problem + ".");
  } else {
    add_fault(reading, at, found);
  }
}

void CallReader::add_fault(const CallReading& reading, size_t at,
                           FoundCalls& found) const {
  found.faults.add("A tool call could not be read and was not run (" +
                   excerpt(at) + "): " + reading.problem + ".");
}

// For a fault: the beginning, up to the next token.
std::string CallReader::excerpt(size_t at) const {
  size_t end = std::min(bounds_.limit(), at + 120);
  const ControlToken* next = tokens_.from(at + 1);
  if (next) end = std::min(end, next->at);
  return shortened(one_line(trimmed(text_.substr(at, end - at))), 40);
}

bool CallReader::report_spent_budget(FoundCalls& found) const {
  if (!budget_is_spent()) return false;
  found.faults.add("The reply is too long a tangle to be read to its end.");
  return true;
}

// Where to go on when nobody knows where the call that began at `start` ends.
size_t CallReader::skip_unreadable(size_t start, size_t stopped) {
  if (budget_is_spent()) return bounds_.limit();
  bytes_read_ += stopped - start;
  return bounds_.behind_unreadable(start, stopped);
}

}  // namespace simulate
