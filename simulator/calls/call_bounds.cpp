#include "simulator/calls/call_bounds.h"

#include <re2/re2.h>

#include <algorithm>

#include "simulator/calls/literal_scanner.h"

namespace simulate {

namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_opening(char c) { return c == '(' || c == '[' || c == '{'; }
bool is_closing(char c) { return c == ')' || c == ']' || c == '}'; }

// Behind the string that begins at `at`; npos when it is never closed.
size_t end_of_string(std::string_view text, size_t at) {
  const char stops[] = {text[at], '\\'};
  size_t next = at + 1;
  while ((next = text.find_first_of(stops, next, 2)) != text.npos) {
    if (text[next] != '\\') return next + 1;
    next += 2;
  }
  return text.npos;
}

}  // namespace

size_t end_of_name(std::string_view text, size_t at) {
  if (at >= text.size() || !(is_letter(text[at]) || text[at] == '_')) return at;
  auto belongs = [](char c) {  // "-", ".", "/", digits, ":" in ASCII's order
    return is_letter(c) || (c >= '-' && c <= ':') || c == '_';
  };
  while (at < text.size() && belongs(text[at])) ++at;
  return at;
}

// Some forget the first token; the name and what must follow it are there.
const ControlToken* CallBounds::separator_behind_name(size_t at) const {
  size_t end = end_of_name(text_, at);
  bool may_be = end > at && end < limit_ && text_[end] == '<';
  const ControlToken* token = may_be ? tokens_.at(end) : nullptr;
  return token && token->is(TokenKind::separator, false) ? token : nullptr;
}

bool CallBounds::begins_call(size_t at) const {
  if (at >= limit_) return false;
  if (const ControlToken* token = tokens_.at(at)) {
    return token->is(TokenKind::tagged_call, false) ||
           token->is(TokenKind::token_call, false);
  }
  if (text_[at] == '{') {
    size_t next = skip_blank(at + 1);
    return next < limit_ &&
           (is_letter(text_[next]) ||
            std::string_view("\"'}_").find(text_[next]) != text_.npos);
  }
  if (separator_behind_name(at)) return true;
  size_t end = end_of_name(text_, at);
  return end > at && end < limit_ &&
         (text_[end] == '(' || text_[end] == '{' ||
          text_.substr(end).starts_with("[ARGS]") ||
          text_.substr(end).starts_with("[CALL_ID]"));
}

// What follows may be a good call. A bare tag before the bracket means that the
// call was never finished.
std::optional<size_t> CallBounds::end_of_brackets(size_t at,
                                                  size_t& work) const {
  std::string_view text = text_.substr(0, limit_);
  size_t start = at;
  size_t depth = 0;
  at = skip_blank(end_of_name(text, at));
  if (at >= limit_ || !is_opening(text[at])) return std::nullopt;
  while (at < limit_) {
    char c = text[at];
    if (c == '<' && tokens_.at(at) != nullptr) break;
    if (c == '"' || c == '\'') {
      at = std::min(end_of_string(text, at), limit_);
      continue;
    }
    ++at;
    if (is_opening(c)) ++depth;
    if (is_closing(c) && --depth == 0) {
      while (at < limit_ && is_closing(text[at])) ++at;
      return at;
    }
  }
  work += at - start;
  return std::nullopt;
}

// A string that is not closed swallows the calls behind it, so an opening tag
// among what was read is taken for a real one.
size_t CallBounds::behind_unreadable(size_t start, size_t stopped) const {
  for (TokenKind kind :
       {TokenKind::block, TokenKind::token_call, TokenKind::tagged_call}) {
    const ControlToken* own = tokens_.at(start);
    size_t from = own ? own->end : start;
    const ControlToken* opener = tokens_.find(kind, false, from, stopped);
    if (opener != nullptr) return opener->at;
  }
  const ControlToken* next = tokens_.from(stopped);
  if (next == nullptr || next->at >= limit_) next = closer_behind(start);
  if (next == nullptr) return limit_;
  bool closes = next->closes && next->kind != TokenKind::think;
  return closes ? next->end : next->at;
}

const ControlToken* CallBounds::closer_behind(size_t at) const {
  const ControlToken* nearest = nullptr;
  for (TokenKind kind : {TokenKind::block, TokenKind::token_call}) {
    const ControlToken* closer = tokens_.find(kind, true, at, limit_);
    if (closer && (!nearest || closer->at < nearest->at)) nearest = closer;
  }
  return nearest;
}

std::optional<size_t> CallBounds::next_call_behind(size_t at,
                                                   size_t& work) const {
  if (begins_call(at)) return std::nullopt;
  const ControlToken* token = tokens_.from(at);
  size_t end = token ? std::min(token->at, limit_) : limit_;
  std::string_view text = text_.substr(0, end);
  size_t start = at;
  while ((at = text.find_first_of(",;\n", at)) != text.npos) {
    size_t next = gap_at(at).end;
    if (begins_call(next)) return next;
    at = std::max(next, at + 1);
  }
  work += end - start;
  return std::nullopt;
}

// </tool>, <\tool_call>, </ tool_call> and </tool_ca where the text ends.
size_t CallBounds::behind_misspelt_closer(size_t at,
                                          RemarkList& repairs) const {
  static const RE2 pattern(
      R"((<\s*[/\\]?\s*(?:tools?|tool_?c[a-z_]*|tool_|function_?c[a-z_]*)\s*/?\s*)"
      R"((?:>|\z)))");
  re2::StringPiece rest(text_.data() + at, limit_ - at);
  re2::StringPiece closer;
  if (!pattern.Match(rest, 0, rest.size(), RE2::ANCHOR_START, &closer, 1)) {
    return 0;
  }
  repairs.add("a misspelt closing tag");
  return at + closer.size();
}

// Models lose count of what they have closed.
size_t CallBounds::behind_extra_brackets(size_t at, RemarkList& repairs) const {
  while (true) {
    size_t next = skip_blank(at);
    if (next >= limit_ || (text_[next] != ')' && text_[next] != '}')) return at;
    repairs.add("an extra closing bracket");
    at = next + 1;
  }
}

size_t CallBounds::behind_closer(size_t at) const {
  size_t next = skip_blank(at);
  const ControlToken* token = next < limit_ ? tokens_.at(next) : nullptr;
  bool closes = token && (token->is(TokenKind::block, true) ||
                          token->is(TokenKind::token_call, true) ||
                          token->is(TokenKind::turn_end, false));
  return closes ? token->end : at;
}

size_t CallBounds::skip_blank(size_t at) const {
  return behind_blank(text_.substr(0, limit_), at);
}

CallBounds::Gap CallBounds::gap_at(size_t at) const {
  static constexpr std::string_view kFence = "```";
  Gap gap;
  gap.closed = at;
  while (true) {
    at = skip_blank(at);
    gap.end = at;
    if (at >= limit_) return gap;
    char c = text_[at];
    if (text_.substr(at).starts_with(kFence)) {
      at += kFence.size();
      // "functools[" behind it is no language, but the next token.
      while (at < limit_ && !tokens_.at(at) &&
             (is_letter(text_[at]) || text_[at] == '_')) {
        ++at;
      }
      gap.closed = at;
      continue;
    }
    if (c == '#' && at > 0) {
      const ControlToken* next = tokens_.from(at);
      size_t most = std::min(next ? next->at : limit_, limit_);
      at = std::min(text_.substr(0, most).find('\n', at), most);
      continue;
    }
    if (c == '[') {
      if (tokens_.at(at)) return gap;
      ++gap.lists;
    } else if (c == ']') {
      --gap.lists;
      gap.closed = at + 1;
    } else if (c == ',' || c == ';') {
      gap.separated = true;
    } else if (c != '`') {
      return gap;
    }
    ++at;
  }
}

}  // namespace simulate
