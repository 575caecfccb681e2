#include "simulator/guards/markup.h"

#include <re2/re2.h>

#include "simulator/base/text.h"
#include "simulator/calls/special_tokens.h"

namespace simulate::guards {

namespace {

const RE2& tag() {
  static const RE2 pattern(
      R"((?i)</?(?:think|tool_call|tool_result|tool_response)\b>?)");
  return pattern;
}

}  // namespace

bool has_tags(const std::string& text) {
  return RE2::PartialMatch(text, tag());
}

std::string without_markup(std::string text) {
  // What is left of a cut may form another one.
  while (has_tags(text) || has_special_tokens(text)) {
    RE2::GlobalReplace(&text, tag(), "");
    text = without_special_tokens(std::move(text));
  }
  return text;
}

bool names_a_speaker(const std::string& text, const std::string& companion) {
  if (!contains(text, ":")) return false;
  static const RE2 fenced("(?s)```.*?(?:```|$)");
  RE2 speaker(R"((?m)^[ \t>#]*(?:\*\*|__)?(?:User|Human|Assistant|USER|HUMAN|)"
              R"(ASSISTANT|(?i:)" +
              RE2::QuoteMeta(companion) + R"())(?:\*\*|__)?[ \t]*:)");
  if (!RE2::PartialMatch(text, speaker)) return false;
  std::string prose = text;
  RE2::GlobalReplace(&prose, fenced, "");
  return RE2::PartialMatch(prose, speaker);
}

}  // namespace simulate::guards
