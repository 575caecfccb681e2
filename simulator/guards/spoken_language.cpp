#include "simulator/guards/spoken_language.h"

#include <cstdio>  // cld2 names FILE and does not include it

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include "simulator/base/text.h"
#include "simulator/guards/likeness.h"
#include "simulator/guards/text_words.h"

namespace simulate::guards {

namespace {

// Shares of a text, in percent.
constexpr int kMostly = 60;
constexpr int kHardly = 15;

struct Shares {
  CLD2::Language languages[3];
  int percents[3];
  bool reliable = false;

  int of(CLD2::Language language) const {
    for (int i = 0; i < 3; ++i) {
      if (languages[i] == language) return percents[i];
    }
    return 0;
  }
};

// Without a hint: one of Portuguese makes cld2 unsure of Spanish, and without
// it nothing else is taken for another language.
Shares shares_in(const std::string& text) {
  Shares shares;
  CLD2::CLDHints none = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING,
                         CLD2::UNKNOWN_LANGUAGE};
  double scores[3];
  int bytes = 0;
  CLD2::ExtDetectLanguageSummary(
      text.data(), static_cast<int>(text.size()), /*is_plain_text=*/true, &none,
      /*flags=*/0, shares.languages, shares.percents, scores,
      /*resultchunkvector=*/nullptr, &bytes, &shares.reliable);
  return shares;
}

// "The", "und", "pour": how many there are of a language that has a file.
size_t small_words(const std::string& text, const std::string& code) {
  const Words& language = words_of(code);
  size_t small = 0;
  for (const Word& word : read_words(text, language).words) {
    small += language.has("thought_small_words", word.text);
  }
  return small;
}

}  // namespace

std::string other_language_in(const std::string& text,
                              const std::string& expected) {
  if (weight_of(text) < kLeastLetters || !is_utf8(text)) return "";
  std::string code = expected.substr(0, expected.find_first_of("-_"));
  CLD2::Language wanted = CLD2::GetLanguageFromName(code.c_str());
  if (wanted == CLD2::UNKNOWN_LANGUAGE) return "";
  Shares shares = shares_in(text);
  CLD2::Language most = shares.languages[0];
  if (!shares.reliable || most == wanted || most == CLD2::UNKNOWN_LANGUAGE ||
      shares.percents[0] < kMostly || shares.of(wanted) > kHardly) {
    return "";
  }
  // It takes Spanish for Galician at times, and names for Norwegian.
  std::string other = CLD2::LanguageCode(most);
  size_t own = small_words(text, code);
  return own >= 2 && own >= small_words(text, other) ? "" : other;
}

}  // namespace simulate::guards
