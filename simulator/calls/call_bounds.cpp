#include "simulator/calls/call_bounds.h"

#include <re2/re2.h>

#include <algorithm>

#include "simulator/calls/names.h"

namespace simulate {

namespace {

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

// Some forget the first token; the name and what must follow it are there.
const ControlToken* CallBounds::separator_behind_name(size_t at) const {
  size_t end = end_of_name(text_, at);
  return end > at ? separator_at(end) : nullptr;
}

const ControlToken* CallBounds::separator_at(size_t at) const {
  bool may_be = at < limit_ && text_[at] == '<';
  const ControlToken* token = may_be ? tokens_.at(at) : nullptr;
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
           (letter_length(text_, next) > 0 ||
            std::string_view("\"'}").find(text_[next]) != text_.npos);
  }
  size_t end = end_of_name(text_, at);
  if (end == at || end >= limit_) return false;
  std::string_view behind = text_.substr(end);
  return behind[0] == '(' || behind[0] == '{' || separator_at(end) ||
         behind.starts_with("[ARGS]") || behind.starts_with("[CALL_ID]");
}

// What follows may be a good call.
std::optional<size_t> CallBounds::end_of_brackets(size_t at,
                                                  size_t& wasted) const {
  std::string_view text = text_.substr(0, limit_);
  at = skip_blank(end_of_name(text, at));
  std::optional<size_t> end = behind_brackets(at, wasted);
  while (end && *end < limit_ && is_closing(text[*end])) ++*end;
  return end;
}

// Behind what closes the bracket at `at`, of whichever kind it is. A bare tag
// before that means that the call was never finished.
std::optional<size_t> CallBounds::behind_brackets(size_t at,
                                                  size_t& wasted) const {
  std::string_view text = text_.substr(0, limit_);
  if (at >= limit_ || !is_opening(text[at])) return std::nullopt;
  size_t start = at;
  size_t depth = 0;
  while (at < limit_) {
    char c = text[at];
    if (c == '<' && tokens_.at(at) != nullptr) break;
    if (c == '"' || c == '\'') {
      at = std::min(end_of_string(text, at), limit_);
      continue;
    }
    ++at;
    if (is_opening(c)) ++depth;
    if (is_closing(c) && --depth == 0) return at;
  }
  wasted += at - start;
  return std::nullopt;
}

// name( or, where a list mixes the notations, {
bool CallBounds::begins_item(size_t at) const {
  size_t end = end_of_name(text_, at);
  return at < limit_ &&
         (text_[at] == '{' || (end > at && end < limit_ && text_[end] == '('));
}

std::optional<CallBounds::List> CallBounds::list_at(size_t at,
                                                    size_t& wasted) const {
  size_t start = at;
  at = skip_blank(at + 1);
  while (begins_item(at)) {
    std::optional<size_t> end = behind_brackets(end_of_name(text_, at), wasted);
    if (!end) break;
    at = skip_blank(*end);
    if (at < limit_ && (text_[at] == ',' || text_[at] == ';')) {
      at = skip_blank(at + 1);
    }
    if (at < limit_ && text_[at] == ']') {
      wasted += at - start;
      return List{at + 1, true};
    }
  }
  wasted += at - start;
  if (at < limit_ && !begins_item(at)) return std::nullopt;
  return List{end_of_open_list(start), false};
}

size_t CallBounds::end_of_open_list(size_t at) const {
  static const RE2 last(R"(\][ \t]*(?:\n|\z))", RE2::Latin1);
  const ControlToken* next = tokens_.from(at + 1);
  size_t limit = next ? std::min(next->at, limit_) : limit_;
  re2::StringPiece rest(text_.data() + at, limit - at);
  re2::StringPiece found;
  bool ends = last.Match(rest, 0, rest.size(), RE2::UNANCHORED, &found, 1);
  return ends ? static_cast<size_t>(found.data() + 1 - text_.data()) : limit;
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
                                                   size_t& wasted) const {
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
  wasted += end - start;
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
      while (at < limit_ && !tokens_.at(at) && letter_length(text_, at) == 1) {
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
