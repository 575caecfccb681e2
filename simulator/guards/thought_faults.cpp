#include "simulator/guards/thought_faults.h"

#include <re2/re2.h>

#include <algorithm>

#include "simulator/base/text.h"
#include "simulator/calls/special_tokens.h"
#include "simulator/guards/text_words.h"

namespace simulate::guards {

namespace {

bool has_any_tag(const std::string& text) {
  static const RE2 tag(R"(</?[A-Za-z][\w:-]*(?:\s[^<>]*)?/?>)");
  return RE2::PartialMatch(text, tag) || has_special_tokens(text);
}

const RE2& point_mark() {
  static const RE2 pattern(
      R"((?mi)(?:step|schritt|paso|passo|étape|ステップ) ?\d{1,2}[  ]?[:.)）：]?|)"
      R"(^[ \t]*(?:\(?\d{1,2}[.)、．](?:[ \t]|\*\*)|[①-⑳]|[-•*·・‣▪][ \t]+|#{1,6}[ \t]+)[ \t]*)");
  return pattern;
}

// "1) ... 2) ..." inside a line: only a row from 1 is numbering.
const RE2& inner_mark() {
  static const RE2 pattern(R"((?:^|[\s:;,。：])\(?(\d{1,2})[.)]\s)");
  return pattern;
}

bool has_heading(const std::string& text) {
  static const RE2 heading(
      R"((?m)^[ \t]*(?:#{1,6}[ \t]|\*\*[^*\n]+\*\*:?[ \t]*$|[^\n.!?]{1,40}[:：][ \t]*$))");
  return RE2::PartialMatch(text, heading);
}

// Says a word of hers as a whole: Latin names as words, others anywhere.
bool names(const TextWords& read, const Words& language,
           const std::string& name) {
  std::string plain = plain_word(name);
  for (const Word& word : read.words) {
    if (!name.empty() && (word.plain == plain || word.plain == plain + "s")) {
      return true;
    }
  }
  return std::any_of(read.clauses.begin(), read.clauses.end(),
                     [&](const Clause& clause) {
                       return language.has("thought_own_name", clause.text);
                     });
}

bool talks_of_rules(const TextWords& read, const Words& language) {
  return std::any_of(read.clauses.begin(), read.clauses.end(),
                     [&](const Clause& clause) {
                       return is_rule_talk(trimmed(clause.text), language);
                     });
}

bool has_filler(const TextWords& read, const Words& language) {
  return std::any_of(
      read.clauses.begin(), read.clauses.end(), [&](const Clause& clause) {
        return language.has("thought_filler", trimmed(clause.text));
      });
}

using Stems = std::vector<std::string>;

// One word three times in a sentence, or a sentence of which nearly all stands
// in another one.
bool repeats_itself(const TextWords& read) {
  std::vector<Stems> sentences;
  for (const Word& word : read.words) {
    size_t sentence = read.clauses[word.clause].sentence;
    if (sentences.size() <= sentence) sentences.resize(sentence + 1);
    if (word.carries) sentences[sentence].push_back(word.plain);
  }
  for (size_t i = 0; i < sentences.size(); ++i) {
    for (const std::string& word : sentences[i]) {
      auto end = sentences[i].end();
      if (std::count(sentences[i].begin(), end, word) > 2) return true;
    }
    if (sentences[i].size() < 4) continue;
    for (size_t j = 0; j < i; ++j) {
      auto known = std::count_if(
          sentences[i].begin(), sentences[i].end(), [&](const auto& word) {
            return std::count(sentences[j].begin(), sentences[j].end(), word);
          });
      if (known * 5 >= static_cast<long>(sentences[i].size()) * 4) return true;
    }
  }
  return false;
}

}  // namespace

bool is_rule_talk(std::string_view clause, const Words& language) {
  return language.has("thought_rule_talk", clause);
}

std::string without_numbering(std::string_view text) {
  std::string bare(text);
  re2::StringPiece rest(bare), number;
  std::vector<re2::StringPiece> row;
  while (RE2::FindAndConsume(&rest, inner_mark(), &number)) {
    if (number == std::to_string(row.size() + 1)) row.push_back(number);
  }
  bool is_row = row.size() > 1;
  while (is_row && !row.empty()) {
    auto at = static_cast<size_t>(row.back().data() - bare.data());
    bare.erase(at, row.back().size() + 2);  // the mark and the blank, too
    row.pop_back();
  }
  RE2::GlobalReplace(&bare, point_mark(), "");
  return bare;
}

std::string thought_fault(const std::string& thought, const Thinker& thinker) {
  const Words& language = words_of(thinker.language);
  if (has_any_tag(thought)) return "it has tags";
  if (has_heading(thought)) return "it has a heading";
  if (without_numbering(thought) != thought) return "it is a list";
  if (language.has("thought_user", thought)) return "it speaks of the user";
  TextWords read = read_words(thought, language);
  if (is_rule_talk(thought, language) || talks_of_rules(read, language)) {
    return "it speaks of rules";
  }
  if (names(read, language, thinker.name)) {
    return "it names " + thinker.name;
  }
  return "";
}

bool is_clean(const std::string& thought, const Thinker& thinker) {
  if (thought.size() > kLongestThought) return false;
  if (!thought_fault(thought, thinker).empty()) return false;
  const Words& language = words_of(thinker.language);
  TextWords read = read_words(thought, language);
  return !has_filler(read, language) && !repeats_itself(read);
}

}  // namespace simulate::guards
