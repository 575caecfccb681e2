// In which language a short text is, by its small words: "the", "und", "pour".
// For what is too short for libcld2, see spoken_language.h. Pure.
// Tested by tests/guards/small_words_test.cpp.
#pragma once

#include <string>
#include <string_view>

namespace simulate::guards {

// The text is plainly in another language than `expected` ("de", "pt-BR"): at
// least two small words of that language, two of five words, and three for each
// that the expected one has as well; or it is in another script. Nothing is
// said of fewer than three words, nor of a language that has no file in words/.
// Returns "fr", or nothing.
std::string other_language_by_small_words(std::string_view text,
                                          const std::string& expected);

// Whichever of the two can tell: libcld2 of a longer text, small words of a
// short one.
std::string other_language_of(const std::string& text,
                              const std::string& expected);

}  // namespace simulate::guards
