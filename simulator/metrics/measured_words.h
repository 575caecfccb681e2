// Words as all measures count them, so that two of them agree on what a text
// is. Pure; any bytes are taken.
// Tested by tests/metrics/measured_words_test.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace simulate {

// In lower case (ASCII, Latin, Greek, Cyrillic), without marks and emoji; an
// apostrophe inside a word stays, as "'". Where a script has no spaces (Han,
// Kana, Thai, Lao, Khmer, Burmese) each character is a word, with the vowels
// and tones that hang on it. Bytes that are not UTF-8 are marks.
std::vector<std::string> measured_words(std::string_view text);

// To show a run of them to people: with blanks, but between two characters of
// scripts without spaces.
std::string run_text(const std::vector<std::string>& words, size_t begin,
                     size_t end);

}  // namespace simulate
