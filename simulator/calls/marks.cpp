#include "simulator/calls/marks.h"

#include <re2/re2.h>

#include <algorithm>
#include <optional>
#include <string>

#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr size_t kMostMarks = 5000;

struct Word {
  const char* name;
  MarkKind kind;
  bool closes = false;
};

// Between "<" or "</" and ">".
constexpr Word kTags[] = {
    {"think", MarkKind::think},
    {"thinking", MarkKind::think},
    {"tool_call", MarkKind::block},
    {"tool_calls", MarkKind::block},
    {"toolcall", MarkKind::block},
    {"function_call", MarkKind::block},
    {"function_calls", MarkKind::block},
    {"tool_result", MarkKind::result},
    {"tool_response", MarkKind::result},
    {"function_result", MarkKind::result},
    {"function_results", MarkKind::result},
    {"function", MarkKind::tagged},
    {"invoke", MarkKind::tagged},
};

// Between "<|" and "|>".
constexpr Word kTokens[] = {
    {"start_thinking", MarkKind::think},
    {"end_thinking", MarkKind::think, true},
    {"tool_call", MarkKind::list},
    {"/tool_call", MarkKind::block, true},
    {"python_tag", MarkKind::list},
    {"tool_call_start", MarkKind::block},
    {"tool_calls_begin", MarkKind::block},
    {"tool_calls_end", MarkKind::block, true},
    {"tool_calls", MarkKind::block},
    {"tool_calls_section_begin", MarkKind::block},
    {"tool_call_section_begin", MarkKind::block},
    {"tool_call_section_end", MarkKind::block, true},
    {"tool_calls_section_end", MarkKind::block, true},
    {"start_action", MarkKind::block},
    {"end_action", MarkKind::block, true},
    {"python_start", MarkKind::block},
    {"python_end", MarkKind::block, true},
    {"tool_call_begin", MarkKind::token},
    {"tool_call_end", MarkKind::token, true},
    {"tool_sep", MarkKind::part},
    {"tool_call_argument_begin", MarkKind::part},
    {"tool_outputs_begin", MarkKind::result},
    {"tool_outputs_end", MarkKind::result, true},
    {"start_response", MarkKind::noise},
    {"end_response", MarkKind::noise},
    {"eom_id", MarkKind::turn_end},
    {"eot", MarkKind::turn_end},
    {"eot_id", MarkKind::turn_end},
    {"im_end", MarkKind::turn_end},
    {"call", MarkKind::turn_end},
    {"end", MarkKind::turn_end},
    {"return", MarkKind::turn_end},
    {"endoftext", MarkKind::turn_end},
    {"end_of_text", MarkKind::turn_end},
    {"user", MarkKind::turn_end},
    {"observation", MarkKind::turn_end},
    {"end_of_turn_token", MarkKind::turn_end},
    {"end_of_sentence", MarkKind::turn_end},
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
// must not be shown to anybody. No mark but a header spans lines, so that what
// stands in lines of its own makes none with what stands before it.
#define SIMULATE_BAR R"((?:\||\xEF\xBD\x9C){1,2})"
#define SIMULATE_HEADER \
  R"((?:\s+to=[\w.\-]+)?<\|channel\|>[\w \t.=\-]{0,80}(?:<\|constrain\|>[ \t]*\w+[ \t]*)?<\|message\|>)"

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
          R"(|\[/?THINK\]|\[/?TOOL_CALLS\]|\bfunctools\[|(?m:^)>>>[\w.\-]+\n)"
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
void describe_header(std::string_view written, Mark& mark) {
  static const RE2 to(R"(\bto=([\w.\-]+))");
  static const RE2 channel(R"(<\|channel\|>\s*(\w+))");
  re2::StringPiece text(written.data(), written.size());
  re2::StringPiece name;
  if (RE2::PartialMatch(text, to, &name)) {
    mark.kind = MarkKind::recipient;
  } else {
    mark.kind = MarkKind::channel;
    RE2::PartialMatch(text, channel, &name);
  }
  mark.name = {name.data(), name.size()};
}

bool describe_token(std::string_view written, Mark& mark) {
  std::string name = plain(written.substr(1, written.size() - 2));
  name = replaced(std::move(name), "\xEF\xBD\x9C", "");
  name = replaced(std::move(name), "|", "");
  const Word* word = known(kTokens, name);
  if (!word) return false;
  mark.kind = word->kind;
  mark.closes = word->closes;
  return true;
}

bool describe_tag(std::string_view written, Mark& mark) {
  size_t at = 1;
  if (starts_with(written.substr(at), "/")) {
    mark.closes = true;
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
  mark.kind = word->kind;
  if (ends_with(written, "/>")) mark.closes = true;
  // <function> alone is no call; </function name="x"> closes all the same.
  bool named = written.find('=', end) != written.npos;
  return word->kind != MarkKind::tagged || mark.closes || named;
}

bool describe(std::string_view written, Mark& mark) {
  if (written.find("<|channel|>") != written.npos) {
    describe_header(written, mark);
    return true;
  }
  if (starts_with(written, ">>>")) {
    mark.kind = MarkKind::recipient;
    mark.name = trimmed(written.substr(3));
    return true;
  }
  if (written[0] == '[') {
    mark.closes = written[1] == '/';
    bool thinks = lowered(written).find("think") != std::string::npos;
    mark.kind = thinks ? MarkKind::think : MarkKind::list;
    if (mark.is(MarkKind::list, true)) mark.kind = MarkKind::block;
    return true;
  }
  if (written[0] != '<') {  // functools[ : the bracket belongs to the list
    --mark.end;
    mark.kind = MarkKind::list;
    return true;
  }
  std::string low = lowered(written.substr(0, 16));
  if (low == "</s>" || low == "<eos>" || low == "<end_of_turn>") {
    mark.kind = MarkKind::turn_end;
    return true;
  }
  bool token =
      bar_length(written.substr(1)) > 0 &&
      (ends_with(written, "|>") || ends_with(written, "\xEF\xBD\x9C>"));
  return token ? describe_token(written, mark) : describe_tag(written, mark);
}

// Who puts it in quotes speaks of it. What is around all of a call is not
// meant, nor a fence.
bool is_mentioned(std::string_view text, const Mark& mark) {
  if (mark.at == 0 || mark.end >= text.size()) return false;
  if (mark.kind == MarkKind::recipient || mark.kind == MarkKind::channel ||
      mark.kind == MarkKind::turn_end) {
    return false;
  }
  char quote = text[mark.at - 1];
  bool fence = mark.at > 1 && text[mark.at - 2] == '`';
  return (quote == '`' || quote == '"' || quote == '\'') && !fence &&
         text[mark.end] == quote;
}

}  // namespace

Marks::Marks(std::string_view text) : looked_until_(text.size()) {
  re2::StringPiece found;
  size_t at = 0;
  size_t matches = 0;
  while (true) {
    // What stands right behind a mark stands at the beginning of a line, too.
    re2::StringPiece rest(text.data() + at, text.size() - at);
    if (!pattern().Match(rest, 0, rest.size(), RE2::UNANCHORED, &found, 1)) {
      return;
    }
    Mark mark;
    mark.at = static_cast<size_t>(found.data() - text.data());
    mark.end = at = mark.at + found.size();
    if (++matches > kMostMarks) {
      looked_until_ = mark.at;
      return;
    }
    if (!describe({found.data(), found.size()}, mark)) continue;
    if (is_mentioned(text, mark)) mark.kind = MarkKind::mention;
    last_[static_cast<size_t>(mark.kind)][mark.closes] = mark.at + 1;
    all_.push_back(mark);
  }
}

const Mark* Marks::from(size_t at) const {
  auto found = std::lower_bound(
      all_.begin(), all_.end(), at,
      [](const Mark& mark, size_t at) { return mark.at < at; });
  return found == all_.end() ? nullptr : &*found;
}

const Mark* Marks::last_before(size_t end) const {
  auto behind = std::upper_bound(
      all_.begin(), all_.end(), end,
      [](size_t end, const Mark& mark) { return end < mark.end; });
  return behind == all_.begin() ? nullptr : &*std::prev(behind);
}

const Mark* Marks::at(size_t at) const {
  const Mark* found = from(at);
  return found != nullptr && found->at == at ? found : nullptr;
}

const Mark* Marks::find(MarkKind kind, bool closes, size_t at,
                        size_t limit) const {
  if (last_[static_cast<size_t>(kind)][closes] <= at) return nullptr;
  const Mark* end = all_.data() + all_.size();
  for (const Mark* mark = from(at); mark != nullptr && mark != end; ++mark) {
    if (mark->at >= limit) break;
    if (mark->is(kind, closes)) return mark;
  }
  return nullptr;
}

}  // namespace simulate
