#include "simulator/base/sentences.h"

#include <re2/re2.h>

#include <algorithm>
#include <cctype>

#include "simulator/base/text.h"

namespace simulate {

namespace {

bool is_letter_or_digit(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

// How many bytes of a mark that ends a sentence stand at `at`.
size_t end_mark_at(std::string_view text, size_t at) {
  char c = text[at];
  char next = at + 1 < text.size() ? text[at + 1] : ' ';
  if (c == '\n') return 1;
  if (c == '.') {  // not in "9.30", not in "add.me", not in "Go.", she said
    return next == ' ' || next == '\n' || next == '.' ? 1 : 0;
  }
  if (c == '!' || c == '?') return is_letter_or_digit(next) ? 0 : 1;
  for (std::string_view mark : {"。", "！", "？", "।", "…"}) {
    if (text.substr(at).starts_with(mark)) return mark.size();
  }
  return 0;
}

// "?!", "...": marks behind a mark.
size_t end_of_marks(std::string_view text, size_t at) {
  while (at < text.size() && text[at] != '\n') {
    size_t more = end_mark_at(text, at);
    if (more == 0) break;
    at += more;
  }
  return at;
}

bool is_abbreviation(std::string_view sentence) {
  static const RE2 pattern(
      R"((?s)(?:^|.*\W)(?:(?i:mr|mrs|ms|dr|st)|[A-Z]\.[A-Z])\.$)");
  return RE2::FullMatch(re2::StringPiece(sentence.data(), sentence.size()),
                        pattern);
}

}  // namespace

std::vector<std::string> sentences_of(std::string_view text) {
  std::vector<std::string> sentences;
  size_t begin = 0;
  auto take_until = [&](size_t end) {
    std::string_view one = trimmed(text.substr(begin, end - begin));
    if (!one.empty()) sentences.emplace_back(one);
    begin = end;
  };
  for (size_t i = 0; i < text.size();) {
    size_t mark = end_mark_at(text, i);
    i += std::max<size_t>(mark, 1);
    if (mark == 0) continue;
    i = end_of_marks(text, i);
    if (!is_abbreviation(text.substr(begin, i - begin))) take_until(i);
  }
  take_until(text.size());
  return sentences;
}

}  // namespace simulate
