// How varied many short texts are, answers for example: the measures that the
// literature compares corpora by, and the phrases that come again and again.
//
// All shares fall or rise with the size of what they are taken of, so each is
// the mean over blocks of a fixed size; fewer texts than one block are one
// block, whose value is not comparable with those of more. The blocks are
// drawn from a random sample of the texts (kSampleBytes, the whole when it
// fits; always the same for the same texts in the same order), so that
// neighbours, which are often of one storyline, do not count as repetition.
// Memory is bounded, at about 100 MiB.
// Tested by tests/metrics/text_diversity_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/metrics/phrase_counts.h"
#include "simulator/metrics/text_sample.h"

namespace simulate {

struct ClonedPhrase {
  std::string phrase;  // words as measured, with blanks between them
  // It stands in at least so many. Exact up to some 50,000 short texts; beyond
  // them a phrase that is rare at first may miss a few of its first ones.
  int64_t texts = 0;
};

class TextDiversity {
 public:
  static constexpr size_t kSampleBytes = 16 * 1024 * 1024;
  static constexpr size_t kWordsOfABlock = 10'000;
  static constexpr size_t kBytesOfABlock = 256 * 1024;
  static constexpr size_t kTextsOfABlock = 1'000;
  static constexpr size_t kWordsOfAPhrase = 6;  // at least

  void add(std::string_view text);

  int64_t texts() const;

  // Of the runs of n words (1 to 4) of a block of kWordsOfABlock words, the
  // share that are different: distinct-n (Li et al. 2016, "A
  // Diversity-Promoting Objective Function for Neural Conversation Models")
  // over segments of a fixed size, as the mean segmental type-token ratio
  // (Johnson 1944) does it.
  double distinct(int n) const;

  // Bytes by compressed bytes, of blocks of kBytesOfABlock (Shaib et al. 2024,
  // "Standardizing the Measurement of Text Diversity"); higher is more
  // repetitive. zlib at its strongest, as their package does by default.
  double compression_ratio() const;

  // The mean, over the texts of a block of kTextsOfABlock, of
  // log(1 + sum of N), N being for each different run of four words of a text
  // how many others of the block have it (Salkar et al. 2022, "Self-Repetition
  // in Abstractive Neural Summarizers"). 0: no text says what another says.
  double self_repetition() const;

  // The phrases that stand in most texts, those in most first: each as long as
  // it stands in about as many; of phrases that contain or overlap each other
  // in the same texts, the longest alone.
  std::vector<ClonedPhrase> cloned_phrases(size_t most) const;

 private:
  TextSample sample_{kSampleBytes};
  PhraseCounts counts_;
};

}  // namespace simulate
