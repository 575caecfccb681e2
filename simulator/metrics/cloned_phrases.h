// The phrases that stand in many of some texts, word for word.
// Tested by tests/metrics/cloned_phrases_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace simulate {

struct ClonedPhrase {
  std::string phrase;  // words as measured
  int64_t texts = 0;   // it stands in so many
};

constexpr size_t kWordsOfAPhrase = 6;  // at least

// Those in most texts first, of those in as many the longest. A phrase goes on
// while it stays in four fifths of its texts, and of those that overlap, the
// longest that does so stands for the others.
std::vector<ClonedPhrase> cloned_phrases(
    const std::vector<std::string_view>& texts, size_t most);

}  // namespace simulate
