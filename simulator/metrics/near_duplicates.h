// Texts that are nearly the same as an earlier one, among a million: none is
// missed, and what is told is so.
//
// Likeness is the Jaccard index of the texts' runs of kShingle words. Three,
// where the literature takes five of web pages (Lee et al. 2022, "Deduplicating
// Training Data Makes Language Models Better"): answers are short, and a
// changed word costs a text k runs, so that 0.8 lets one word in 9k change: one
// in 27 with three, of an answer of 60 words two; one in 45 with five.
// A text of fewer words is one run; one without any is only like its own bytes.
//
// Debian has no library of it for C++ (MinHash for Go, and for genomes; simhash
// and tlsh tell files apart by estimates). MinHash would estimate what is
// computed here: see metrics/run_sets.h.
// Tested by tests/metrics/near_duplicates_test.cpp; measured by
// bench/duplicates.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "simulator/metrics/run_sets.h"

namespace simulate {

struct DuplicatePair {
  int64_t first = 0;
  int64_t second = 0;   // the later one
  double likeness = 0;  // true, not an estimate
  bool exact = false;   // the same bytes
};

class NearDuplicates {
 public:
  static constexpr size_t kShingle = 3;

  explicit NearDuplicates(double at_least = 0.8);  // above 0, at most 1

  // Numbers are the caller's, rising. The text is not kept: a word of it takes
  // eight bytes here, and some eight more in pairs().
  void add(int64_t number, std::string_view text);

  // Each text that would go if of all that are alike only one stays, by
  // `second`. Whatever comes first stays: `first` is the earliest text of the
  // same bytes, or else the likest one of those that stay, of equals the
  // earliest. So nothing goes that is unlike all that stays, however long the
  // chain of likenesses is that leads to it.
  std::vector<DuplicatePair> pairs() const;

 private:
  double at_least_;
  RunSets sets_;
  std::vector<int64_t> numbers_;
  std::vector<std::array<uint64_t, 2>> bytes_;  // two hashes of them
};

}  // namespace simulate
