// How varied many short texts are, answers for example: the measures that the
// literature compares corpora by, and the phrases that come again and again.
//
// It is measured on a random sample of the texts: the whole of them up to 16
// MiB, some 45,000 answers of 60 words, and the same one for the same texts in
// the same order. The shares would rise or fall with its size, so each is the
// mean over blocks of a fixed size; less than one block counts as one, and its
// value is not comparable with others. What stands in a block is drawn, so that
// neighbours, which are often of one storyline, do not pass for repetition.
// Tested by tests/metrics/text_diversity_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/metrics/cloned_phrases.h"
#include "simulator/metrics/text_sample.h"

namespace simulate {

class TextDiversity {
 public:
  static constexpr size_t kSampleBytes = 16 * 1024 * 1024;
  static constexpr size_t kRunsOfABlock = 10'000;
  static constexpr size_t kBytesOfABlock = 256 * 1024;
  static constexpr size_t kTextsOfABlock = 1'000;
  static constexpr int kMostCompressed = 16;  // blocks: they take longest

  void add(std::string_view text);

  int64_t texts() const { return sample_.seen(); }

  // Of kRunsOfABlock runs of n words (1 to 4), the share that are different:
  // distinct-n (Li et al. 2016, "A Diversity-Promoting Objective Function for
  // Neural Conversation Models"), over segments of a fixed size as in the mean
  // segmental type-token ratio (Johnson 1944). Runs end with their text.
  double distinct(int n) const;

  // Bytes by compressed bytes, of kBytesOfABlock each (Shaib et al. 2024,
  // "Standardizing the Measurement of Text Diversity"); higher is more
  // repetitive. By zlib at its strongest, whose size is gzip's.
  double compression_ratio() const;

  // The mean over the texts of log(1 + sum of N), where N is, for each
  // different run of four words of a text, how many others of its
  // kTextsOfABlock have it, too (Salkar et al. 2022, "Self-Repetition in
  // Abstractive Neural Summarizers"). 0: none says what another says.
  double self_repetition() const;

  // Of phrases of at least kWordsOfAPhrase. Where there are more texts than the
  // sample holds, `texts` is scaled up to all of them: an estimate.
  std::vector<ClonedPhrase> cloned_phrases(size_t most) const;

 private:
  TextSample sample_{kSampleBytes};
};

}  // namespace simulate
