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

std::string without_fences(std::string text) {
  static const RE2 fenced("(?s)```.*?(?:```|$)");
  RE2::GlobalReplace(&text, fenced, "");
  return text;
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
  RE2 speaker(R"((?m)^[ \t>#]*(?:\*\*|__)?(?:User|Human|Assistant|USER|HUMAN|)"
              R"(ASSISTANT|(?i:)" +
              RE2::QuoteMeta(companion) + R"())(?:\*\*|__)?[ \t]*:)");
  return RE2::PartialMatch(text, speaker) &&
         RE2::PartialMatch(without_fences(text), speaker);
}

}  // namespace simulate::guards
