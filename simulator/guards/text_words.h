// A text as the guards read it: its words, and the clauses that they stand in.
// In scripts without spaces a row of characters of one script is a word. Pure
// values; what they hold is copied.
// Tested by tests/guards/text_words_test.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/guards/words.h"

namespace simulate::guards {

struct Word {
  std::string text;      // as it stands there
  std::string plain;     // without capitals and accents
  bool capital = false;  // begins with one
  bool opens = false;    // a sentence, a quotation or what follows a colon
  bool carries = false;  // content: it is none of the language's small words
  size_t clause = 0;     // its number
};

struct Clause {
  std::string text;
  size_t begin = 0;  // its words: [begin, end)
  size_t end = 0;
  size_t sentence = 0;  // its number
};

struct TextWords {
  std::vector<Word> words;
  std::vector<Clause> clauses;
};

// Clauses end at marks, before the language's "thought_joints" and behind its
// "thought_closers"; "small words" are its "thought_small_words", and titles
// ("Mr").
TextWords read_words(std::string_view text, const Words& language);

// Lower case, and Latin letters without their accents.
std::string plain_word(std::string_view text);

// Of one stem, as far as that can be told without a dictionary: "keep" and
// "keeping", "memory" and "memories". Of two plain words.
bool same_stem(std::string_view one, std::string_view other);

}  // namespace simulate::guards
