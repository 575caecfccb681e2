// The words of texts, to ask whether something stood there. Grows by what is
// added; a value. It may stand on another one, which outlives it and whose
// words are its own as well.
// Tested by tests/guards/text_words_test.cpp.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "simulator/guards/text_words.h"

namespace simulate::guards {

class Vocabulary {
 public:
  explicit Vocabulary(const Vocabulary* below = nullptr) : below_(below) {}

  void add(const TextWords& read);

  bool has(const std::string& plain) const;
  // A word of its stem, see same_stem.
  bool has_stem(const std::string& plain) const;
  // With a capital where a sentence does not demand one.
  bool as_name(const std::string& plain) const;
  bool without_capital(const std::string& plain) const;

 private:
  struct Seen {
    bool as_name = false;
    bool without_capital = false;
  };
  bool has_stem_itself(const std::string& plain) const;

  const Vocabulary* below_;
  std::map<std::string, Seen> words_;
};

}  // namespace simulate::guards
