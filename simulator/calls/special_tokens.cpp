#include "simulator/calls/special_tokens.h"

#include <re2/re2.h>

namespace simulate {

namespace {

const RE2& special_token() {
  static const RE2 pattern(
      R"(<\|[A-Za-z_0-9]+\|>|<｜|\[/?INST\]|<<?/?SYS>>?|</?s>|)"
      R"(<(?:start|end)_of_turn>|\[TOOL_CALLS\]|<\|?eot_id\|?>|<0x[0-9A-F]+>)");
  return pattern;
}

}  // namespace

bool has_special_tokens(const std::string& text) {
  return RE2::PartialMatch(text, special_token());
}

std::string without_special_tokens(std::string text) {
  while (RE2::GlobalReplace(&text, special_token(), "") > 0) {
  }
  return text;
}

}  // namespace simulate
