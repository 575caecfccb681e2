#include "simulator/calls/thought.h"

#include <algorithm>
#include <vector>

#include "simulator/base/text.h"
#include "simulator/calls/pieces.h"

namespace simulate {

namespace {

struct Span {
  size_t begin = 0;
  size_t end = 0;
};

// Behind the calls that the token opens, or behind what was no call.
size_t read_calls(const ControlToken& token, size_t end, CallReader& reader,
                  FoundCalls& found) {
  switch (token.kind) {
    case TokenKind::block:  // <tool_call>f(a=1)</tool_call>
      return reader.read_block(token.end, end, false, found);
    case TokenKind::list:  // [TOOL_CALLS] [{"name": "f"}]
      return reader.read_list(token.end, end, found);
    case TokenKind::tagged_call:  // <function=f></function>
    case TokenKind::token_call:   // <|tool_call_begin|>f<|tool_sep|>{}
      return std::max(reader.read_list(token.at, end, found), token.end);
    default:
      return token.end;
  }
}

// Where calls stand with the tags around them.
std::vector<Span> spans_of_calls(std::string_view text,
                                 const ControlTokens& tokens, Span thought,
                                 CallReader& reader, Thought& result) {
  std::vector<Span> spans;
  size_t at = thought.begin;
  for (const ControlToken* token = tokens.from(at);
       token && token->at < thought.end; token = tokens.from(at)) {
    at = token->end;
    if (token->closes || reader.budget_is_spent()) continue;
    FoundCalls found;  // a thought that only mentions a tag is no fault
    at = read_calls(*token, thought.end, reader, found);
    if (found.calls.empty()) continue;
    spans.push_back({token->at, at});
    bool mentioned = token->at > 0 && text[token->at - 1] == '`';
    (mentioned ? result.mentions_call : result.calls) = true;
  }
  return spans;
}

// Other tokens only say where a thought begins and ends.
bool is_word(TokenKind kind) {
  return kind != TokenKind::think && kind != TokenKind::channel &&
         kind != TokenKind::recipient && kind != TokenKind::turn_end &&
         kind != TokenKind::ignored;
}

// "tool_call" of <tool_call>, "/think" of </think>, "TOOL_CALLS" of
// [TOOL_CALLS]: what the checks of a transcript let pass.
std::string_view word_of(std::string_view written) {
  static constexpr std::string_view kSigns = "<>[]| \t\n";
  static constexpr std::string_view kWideBar = "\xEF\xBD\x9C";
  while (true) {
    size_t first = written.find_first_not_of(kSigns);
    if (first == written.npos) return "";
    written.remove_prefix(first);
    written.remove_suffix(written.size() - 1 -
                          written.find_last_not_of(kSigns));
    bool before = written.starts_with(kWideBar);
    bool behind = written.ends_with(kWideBar);
    if (!before && !behind) return written;
    if (before) written.remove_prefix(kWideBar.size());
    if (behind && written.size() >= kWideBar.size()) {
      written.remove_suffix(kWideBar.size());
    }
  }
}

Pieces pieces_of(std::string_view text, const ControlTokens& tokens,
                 Span thought, const std::vector<Span>& calls) {
  Pieces pieces;
  auto call = calls.begin();
  size_t at = thought.begin;
  for (const ControlToken* token = tokens.from(at);
       token && token->at < thought.end; token = tokens.from(at)) {
    pieces.push_back(text.substr(at, token->at - at));
    while (call != calls.end() && call->end <= token->at) ++call;
    bool around_call = call != calls.end() && call->begin <= token->at;
    if (!around_call && is_word(token->kind)) {
      pieces.push_back(word_of(text.substr(token->at, token->end - token->at)));
    }
    at = std::min(token->end, thought.end);
  }
  pieces.push_back(text.substr(at, thought.end - at));
  return pieces;
}

}  // namespace

Thought read_thought(std::string_view text, const ControlTokens& tokens,
                     size_t begin, size_t end, CallReader& reader) {
  Thought result;
  const ControlToken* first = tokens.from(begin);
  if (!first || first->at >= end) {
    result.text = trimmed(text.substr(begin, end - begin));
    return result;
  }
  Span whole = {begin, end};
  auto calls = spans_of_calls(text, tokens, whole, reader, result);
  Pieces pieces = pieces_of(text, tokens, whole, calls);
  std::string sentence = spaced_pieces(pieces);
  bool forms_tag = ControlTokens(sentence).from(0) != nullptr;
  result.text = forms_tag ? joined_pieces(pieces) : trimmed(sentence);
  return result;
}

}  // namespace simulate
