#include "simulator/guards/names.h"

#include <algorithm>

namespace simulate::guards {

namespace {

bool all_capitals(const Word& word) {
  return word.text.size() < 5 &&
         std::none_of(word.text.begin(), word.text.end(),
                      [](char c) { return c >= 'a' && c <= 'z'; });
}

const Word* neighbour(const TextWords& read, size_t at, int step) {
  size_t other = at + static_cast<size_t>(step);
  if (other >= read.words.size()) return nullptr;
  size_t mine = read.clauses[read.words[at].clause].sentence;
  size_t its = read.clauses[read.words[other].clause].sentence;
  return mine == its ? &read.words[other] : nullptr;
}

// Latin, Greek and Cyrillic letters are written in one byte or two.
bool has_capitals(const Word& word) {
  return static_cast<unsigned char>(word.text.front()) < 0xE0;
}

// さん and its kin say so; a word in katakana that is no loanword may be one,
// and so may a common name in kanji.
bool is_name_in_kana(const TextWords& read, size_t at, const Words& language) {
  const Word& word = read.words[at];
  const Word* next = neighbour(read, at, 1);
  if (word.carries && next && language.has("thought_honorific", next->text)) {
    return true;
  }
  if (language.has("thought_common_nouns", word.text)) return false;
  if (word.carries && language.has("thought_names", word.text)) return true;
  bool katakana =
      word.text.starts_with("\xE3\x82") || word.text.starts_with("\xE3\x83");
  return katakana && word.carries && word.text.size() >= 6;
}

// Where all nouns have capitals: none that a determiner, an adjective or its
// ending gives away.
bool is_common_noun(const TextWords& read, size_t at, const Words& language) {
  if (language.has("thought_common_nouns", read.words[at].text)) return true;
  const Word* before = neighbour(read, at, -1);
  if (!before || (before->capital && !before->opens)) return false;
  bool inflected = language.has("thought_adjectives", before->text);
  if (inflected && before->carries && !before->plain.ends_with("e")) {
    return true;  // mit großer Freude
  }
  for (int step = -1; before && step > -4;
       before = neighbour(read, at, --step)) {
    if (language.has("thought_before_nouns", before->text)) return true;
    if (!language.has("thought_adjectives", before->text)) return false;
  }
  return false;
}

}  // namespace

bool is_name(const TextWords& read, size_t at, const Vocabulary& around,
             const Words& language) {
  const Word& word = read.words[at];
  if (!has_capitals(word)) return is_name_in_kana(read, at, language);
  if (!word.capital || !word.carries || all_capitals(word)) return false;
  bool nouns_have_capitals =
      language.table("thought_spelling").count("nouns") > 0;
  if (nouns_have_capitals) {
    if (is_common_noun(read, at, language)) return false;
    if (around.without_capital(word.plain)) return false;
  }
  if (!word.opens) return true;
  if (around.without_capital(word.plain)) return false;
  if (!nouns_have_capitals && around.as_name(word.plain)) return true;
  if (language.has("thought_openers", word.text) ||
      language.has("thought_reasoning", word.text)) {
    return false;
  }
  const Word* next = neighbour(read, at, 1);
  return next && language.has("thought_after_names", next->text);
}

}  // namespace simulate::guards
