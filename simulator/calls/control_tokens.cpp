#include "simulator/calls/control_tokens.h"

#include <re2/re2.h>

#include <algorithm>
#include <optional>
#include <string>

#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr size_t kMostTokens = 5000;

struct Word {
  const char* name;
  TokenKind kind;
  bool closes = false;
};

// Between "<" or "</" and ">".
constexpr Word kTags[] = {
    {"think", TokenKind::think},
    {"thinking", TokenKind::think},
    {"tool_call", TokenKind::block},
    {"tool_calls", TokenKind::block},
    {"toolcall", TokenKind::block},
    {"function_call", TokenKind::block},
    {"function_calls", TokenKind::block},
    {"tool_result", TokenKind::result},
    {"tool_response", TokenKind::result},
    {"function_result", TokenKind::result},
    {"function_results", TokenKind::result},
    {"function", TokenKind::tagged_call},
    {"invoke", TokenKind::tagged_call},
};

// Between "<|" and "|>".
constexpr Word kTokens[] = {
    {"start_thinking", TokenKind::think},
    {"end_thinking", TokenKind::think, true},
    {"tool_call", TokenKind::list},
    {"/tool_call", TokenKind::block, true},
    {"python_tag", TokenKind::list},
    {"tool_call_start", TokenKind::block},
    {"tool_calls_begin", TokenKind::block},
    {"tool_calls_end", TokenKind::block, true},
    {"tool_calls", TokenKind::block},
    {"tool_calls_section_begin", TokenKind::block},
    {"tool_call_section_begin", TokenKind::block},
    {"tool_call_section_end", TokenKind::block, true},
    {"tool_calls_section_end", TokenKind::block, true},
    {"start_action", TokenKind::block},
    {"end_action", TokenKind::block, true},
    {"python_start", TokenKind::block},
    {"python_end", TokenKind::block, true},
    {"tool_call_begin", TokenKind::token_call},
    {"tool_call_end", TokenKind::token_call, true},
    {"tool_sep", TokenKind::separator},
    {"tool_call_argument_begin", TokenKind::separator},
    {"tool_outputs_begin", TokenKind::result},
    {"tool_outputs_end", TokenKind::result, true},
    {"start_response", TokenKind::ignored},
    {"end_response", TokenKind::ignored},
    {"eom_id", TokenKind::turn_end},
    {"eot", TokenKind::turn_end},
    {"eot_id", TokenKind::turn_end},
    {"im_end", TokenKind::turn_end},
    {"call", TokenKind::turn_end},
    {"end", TokenKind::turn_end},
    {"return", TokenKind::turn_end},
    {"endoftext", TokenKind::turn_end},
    {"end_of_text", TokenKind::turn_end},
    {"user", TokenKind::turn_end},
    {"observation", TokenKind::turn_end},
    {"end_of_turn_token", TokenKind::turn_end},
    {"end_of_sentence", TokenKind::turn_end},
};

RE2::Options bytes() {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_case_sensitive(false);
  options.set_max_mem(32 << 20);
  return options;
}

// DeepSeek spells "|" and "_" with characters of their own; what was distilled
// from it writes them in many ways. A tool tag counts without its ">" too: it
// must not be shown to anybody. No token but a header spans lines, so that what
// stands in lines of its own makes none with what stands before it.
#define SIMULATE_BAR R"((?:\||\xEF\xBD\x9C){1,2})"
#define SIMULATE_HEADER                                                    \
  R"((?:\s+to=[\w.\-\x80-\xFF]+)?<\|channel\|>[\w \t.=\-\x80-\xFF]{0,80})" \
  R"((?:<\|constrain\|>[ \t]*\w+[ \t]*)?<\|message\|>)"

// DeepSeek writes U+2581 for "_"; what was distilled from it, in many ways.
std::string any_token() {
  std::string all;
  for (const Word& word : kTokens) {
    all += all.empty() ? "" : "|";
    all += replaced(word.name, "_", R"((?:_|\\_| |\xE2\x96\x81))");
  }
  return all;
}

const RE2& pattern() {
  static const RE2 compiled(
      // Harmony's header, with or without its beginning.
      R"((?:<\|start\|>\s*assistant)?)" SIMULATE_HEADER
      // <|token|>
      "|<" SIMULATE_BAR "(?:" +
          any_token() +
          ")" SIMULATE_BAR
          ">"
          // Tags, with the prefixes of MiniMax, Step and DeepSeek.
          "|</?(?:[a-z]+:|" SIMULATE_BAR "DSML" SIMULATE_BAR
          ")?"
          R"((?:(?:think|thinking)[ \t]*>)"
          R"(|(?:tool_calls?|toolcall|function_calls?|tool_result|tool_response|function_results?)\b\s*/?>?)"
          R"(|invoke(?:[ \t]+name\s*=[^<>\n]{0,200})?>)"
          R"(|function(?:\s*=[^<>\n]{0,200}|[ \t]+name\s*=[^<>\n]{0,200})?>))"
          // Mistral, Phi and Firefunction, Functionary.
          R"(|\[/?THINK\]|\[/?TOOL_CALLS\]|\bfunctools\[|>>>[\w.\-\x80-\xFF]+\n)"
          R"(|</s>|<eos>|<end_of_turn>)",
      bytes());
  return compiled;
}

#undef SIMULATE_BAR
#undef SIMULATE_HEADER

// "<｜tool▁calls▁begin｜>" and "<|Tool\_Calls_Begin|>" are one word.
std::string plain(std::string_view word) {
  std::string text = lowered(word);
  text = replaced(std::move(text), "\xE2\x96\x81", "_");
  text = replaced(std::move(text), "\\_", "_");
  return replaced(std::move(text), " ", "_");
}

template <size_t Size>
const Word* known(const Word (&words)[Size], const std::string& name) {
  auto found =
      std::find_if(std::begin(words), std::end(words),
                   [&](const Word& word) { return name == word.name; });
  return found == std::end(words) ? nullptr : found;
}

bool starts_with(std::string_view text, std::string_view part) {
  return text.substr(0, part.size()) == part;
}

bool ends_with(std::string_view text, std::string_view part) {
  return text.size() >= part.size() &&
         text.substr(text.size() - part.size()) == part;
}

size_t bar_length(std::string_view text) {
  if (starts_with(text, "||")) return 2;
  if (starts_with(text, "|")) return 1;
  if (starts_with(text, "\xEF\xBD\x9C\xEF\xBD\x9C")) return 6;
  return starts_with(text, "\xEF\xBD\x9C") ? 3 : 0;
}

// to=functions.name, wherever it stands in the header.
void describe_header(std::string_view written, ControlToken& token) {
  static const RE2 to(R"(\bto=([\w.\-\x80-\xFF]+))", RE2::Latin1);
  static const RE2 channel(R"(<\|channel\|>\s*(\w+))", RE2::Latin1);
  re2::StringPiece text(written.data(), written.size());
  re2::StringPiece name;
  if (RE2::PartialMatch(text, to, &name)) {
    token.kind = TokenKind::recipient;
  } else {
    token.kind = TokenKind::channel;
    RE2::PartialMatch(text, channel, &name);
  }
  token.name = {name.data(), name.size()};
}

bool describe_token(std::string_view written, ControlToken& token) {
  std::string name = plain(written.substr(1, written.size() - 2));
  name = replaced(std::move(name), "\xEF\xBD\x9C", "");
  name = replaced(std::move(name), "|", "");
  const Word* word = known(kTokens, name);
  if (!word) return false;
  token.kind = word->kind;
  token.closes = word->closes;
  return true;
}

bool describe_tag(std::string_view written, ControlToken& token) {
  size_t at = 1;
  if (starts_with(written.substr(at), "/")) {
    token.closes = true;
    ++at;
  }
  size_t prefix = written.find(':');
  size_t bar = bar_length(written.substr(at));
  if (bar > 0) {
    at += bar + 4;
    at += bar_length(written.substr(at));
  } else if (prefix != written.npos &&
             prefix < written.find_first_of(" =>", at)) {
    at = prefix + 1;
  }
  size_t end = at;
  auto belongs = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  while (end < written.size() && belongs(written[end])) ++end;
  const Word* word = known(kTags, lowered(written.substr(at, end - at)));
  if (!word) return false;
  token.kind = word->kind;
  if (ends_with(written, "/>")) token.closes = true;
  // <function> alone is no call; </function name="x"> closes all the same.
  bool named = written.find('=', end) != written.npos;
  return word->kind != TokenKind::tagged_call || token.closes || named;
}

bool describe(std::string_view written, ControlToken& token) {
  if (written.find("<|channel|>") != written.npos) {
    describe_header(written, token);
    return true;
  }
  if (starts_with(written, ">>>")) {
    token.kind = TokenKind::recipient;
    token.name = trimmed(written.substr(3));
    return true;
  }
  if (written[0] == '[') {
    token.closes = written[1] == '/';
    bool thinks = lowered(written).find("think") != std::string::npos;
    token.kind = thinks ? TokenKind::think : TokenKind::list;
    if (token.is(TokenKind::list, true)) token.kind = TokenKind::block;
    return true;
  }
  if (written[0] != '<') {  // functools[ : the bracket belongs to the list
    --token.end;
    token.kind = TokenKind::list;
    return true;
  }
  std::string low = lowered(written.substr(0, 16));
  if (low == "</s>" || low == "<eos>" || low == "<end_of_turn>") {
    token.kind = TokenKind::turn_end;
    return true;
  }
  bool special =
      bar_length(written.substr(1)) > 0 &&
      (ends_with(written, "|>") || ends_with(written, "\xEF\xBD\x9C>"));
  return special ? describe_token(written, token)
                 : describe_tag(written, token);
}

// Functionary: ">>>name" begins a line, or stands right behind what came before
// it, and then its arguments follow: {"a": 1}>>>g\n{"b": 2}.
bool is_header(std::string_view text, const ControlToken& token,
               bool begins_line) {
  if (begins_line || text.substr(token.end, 1) == "{") return true;
  return text[token.at - 1] == '}' && token.name == "all";
}

// Who puts it in quotes speaks of it. What is around all of a call is not
// meant, nor a fence.
bool is_mentioned(std::string_view text, const ControlToken& token) {
  if (token.at == 0 || token.end >= text.size()) return false;
  if (token.kind == TokenKind::recipient || token.kind == TokenKind::channel ||
      token.kind == TokenKind::turn_end) {
    return false;
  }
  char quote = text[token.at - 1];
  bool fence = token.at > 1 && text[token.at - 2] == '`';
  return (quote == '`' || quote == '"' || quote == '\'') && !fence &&
         text[token.end] == quote;
}

}  // namespace

ControlTokens::ControlTokens(std::string_view text)
    : searched_until_(text.size()) {
  re2::StringPiece found;
  size_t at = 0;
  size_t matches = 0;
  while (true) {
    re2::StringPiece rest(text.data() + at, text.size() - at);
    if (!pattern().Match(rest, 0, rest.size(), RE2::UNANCHORED, &found, 1)) {
      return;
    }
    ControlToken token;
    token.at = static_cast<size_t>(found.data() - text.data());
    // What stands right behind a token stands at the beginning of a line, too.
    bool begins_line = token.at == at || text[token.at - 1] == '\n';
    token.end = at = token.at + found.size();
    if (++matches > kMostTokens) {
      searched_until_ = token.at;
      return;
    }
    if (!describe({found.data(), found.size()}, token)) continue;
    bool arrows = text[token.at] == '>';
    if (arrows && !is_header(text, token, begins_line)) continue;
    if (is_mentioned(text, token)) token.kind = TokenKind::mention;
    last_[static_cast<size_t>(token.kind)][token.closes] = token.at + 1;
    all_.push_back(token);
  }
}

const ControlToken* ControlTokens::from(size_t at) const {
  auto found = std::lower_bound(
      all_.begin(), all_.end(), at,
      [](const ControlToken& token, size_t at) { return token.at < at; });
  return found == all_.end() ? nullptr : &*found;
}

const ControlToken* ControlTokens::last_before(size_t end) const {
  auto behind = std::upper_bound(
      all_.begin(), all_.end(), end,
      [](size_t end, const ControlToken& token) { return end < token.end; });
  return behind == all_.begin() ? nullptr : &*std::prev(behind);
}

const ControlToken* ControlTokens::at(size_t at) const {
  const ControlToken* found = from(at);
  return found != nullptr && found->at == at ? found : nullptr;
}

const ControlToken* ControlTokens::find(TokenKind kind, bool closes, size_t at,
                                        size_t limit) const {
  if (last_[static_cast<size_t>(kind)][closes] <= at) return nullptr;
  const ControlToken* end = all_.data() + all_.size();
  for (const ControlToken* token = from(at); token != nullptr && token != end;
       ++token) {
    if (token->at >= limit) break;
    if (token->is(kind, closes)) return token;
  }
  return nullptr;
}

}  // namespace simulate
