#include "simulator/conversation/checks.h"

#include <re2/re2.h>

#include <vector>

#include "simulator/base/hash.h"
#include "simulator/base/text.h"
#include "simulator/calls/special_tokens.h"

namespace simulate {

namespace {

constexpr size_t kRow = 8;

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (char c : text) {
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  (c >= '0' && c <= '9') || static_cast<signed char>(c) < 0;
    if (letter) {
      word += c;
    } else if (c != '\'' && !word.empty()) {
      words.push_back(lowered(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(lowered(word));
  return words;
}

template <class Visit>
void for_each_row(std::string_view text, Visit visit) {
  std::vector<std::string> words = words_of(text);
  for (size_t i = 0; i + kRow <= words.size(); ++i) {
    std::string row;
    for (size_t j = i; j < i + kRow; ++j) row += words[j] + ' ';
    if (visit(quick_hash(row))) return;
  }
}

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

bool names_a_speaker(const std::string& text) {
  static const RE2 fenced("(?s)```.*?(?:```|$)");
  static const RE2 speaker(
      R"((?m)^[ \t>#]*(?:\*\*|__)?(?:User|Human|Assistant|Ada|USER|HUMAN|)"
      R"(ASSISTANT|ADA)(?:\*\*|__)?[ \t]*:)");
  if (!RE2::PartialMatch(text, speaker)) return false;
  std::string prose = text;
  RE2::GlobalReplace(&prose, fenced, "");
  return RE2::PartialMatch(prose, speaker);
}

bool sounds_like_an_assistant(const std::string& text) {
  static const RE2 pattern(
      R"((?i)\bhow (?:can|may) i (?:help|assist) you|\bas an ai\b|)"
      R"(\bas a language model|\bi'?m here to help\b|)"
      R"(\bis there anything else i can (?:help|do)|^\W*ada\s*:)");
  return RE2::PartialMatch(text, pattern);
}

void LeakDetector::learn(const std::string& prompt) {
  static const RE2 placeholder(R"(\{\{[^}]*\}\})");
  std::string text = prompt;
  RE2::GlobalReplace(&text, placeholder, "\x01");
  for (const std::string& part : split(text, '\x01')) {
    for_each_row(part, [&](uint64_t row) {
      rows_.insert(row);
      return false;
    });
  }
}

bool LeakDetector::leaks(const std::string& text) const {
  bool found = false;
  for_each_row(text, [&](uint64_t row) {
    found = rows_.count(row) > 0;
    return found;
  });
  return found;
}

}  // namespace simulate
