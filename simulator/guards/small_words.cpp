#include "simulator/guards/small_words.h"

#include <re2/re2.h>

#include <algorithm>
#include <vector>

#include "simulator/guards/likeness.h"
#include "simulator/guards/spoken_language.h"
#include "simulator/guards/text_words.h"

namespace simulate::guards {

namespace {

// Fewer words and letters than these say too little.
constexpr size_t kLeastWords = 3;
constexpr size_t kLeastDense = 8;  // of a script without spaces

// How many words there are, and small ones of the language.
struct Share {
  size_t words = 0;
  size_t small = 0;

  bool tells() const { return small >= 2 && small * 5 >= words * 2; }
};

Share share_of(std::string_view text, const Words& language) {
  Share share;
  for (const Word& word : read_words(text, language).words) {
    ++share.words;
    if (language.has("thought_small_words", word.text)) ++share.small;
  }
  return share;
}

// Japanese is never without kana for long, and nothing else has them.
std::string by_script(std::string_view text, bool japanese) {
  static const RE2 kana(R"([\p{Hiragana}\p{Katakana}])");
  static const RE2 han(R"(\p{Han})");
  re2::StringPiece whole(text.data(), text.size());
  bool has_kana = RE2::PartialMatch(whole, kana);
  bool long_enough = weight_of(text) >= 2 * kLeastDense;
  if (!long_enough || has_kana == japanese) return "";
  if (has_kana) return RE2::PartialMatch(whole, R"([A-Za-z]{3})") ? "" : "ja";
  bool latin = RE2::PartialMatch(whole, R"([A-Za-z]{2})");
  return !latin && RE2::PartialMatch(whole, han) ? "zh" : "";
}

}  // namespace

std::string other_language_by_small_words(std::string_view text,
                                          const std::string& expected) {
  std::string code = expected.substr(0, expected.find_first_of("-_"));
  const auto& known = known_languages();
  if (std::find(known.begin(), known.end(), code) == known.end()) return "";
  std::string other = by_script(text, code == "ja");
  if (!other.empty()) return other;
  static const RE2 letters(R"([\p{Hiragana}\p{Katakana}\p{Han}])");
  if (RE2::PartialMatch({text.data(), text.size()}, letters)) return "";
  Share own = share_of(text, words_of(code));
  if (own.words < kLeastWords || own.tells()) return "";
  size_t most = 3 * own.small;  // some are small words of several languages
  if (most > 0) --most;
  for (const std::string& language : known) {
    Share share = share_of(text, words_of(language));
    if (language == code || !share.tells() || share.small <= most) continue;
    most = share.small;
    other = language;
  }
  return other;
}

std::string other_language_of(const std::string& text,
                              const std::string& expected) {
  if (weight_of(text) < kLeastLetters) {
    return other_language_by_small_words(text, expected);
  }
  std::string other = other_language_in(text, expected);
  if (other.empty()) return other;
  // libcld2 takes Spanish for Galician at times.
  Share own = share_of(text, words_of(expected));
  Share its = share_of(text, words_of(other));
  return own.tells() && own.small >= its.small ? "" : other;
}

}  // namespace simulate::guards
