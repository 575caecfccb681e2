// What finding the texts that are nearly the same takes, and whether it finds
// them.
//
//   duplicates_bench [TEXTS] [fresh|template]
//
// Makes texts of 40 to 80 words whose frequencies fall as those of a language
// do, and plants among them changed ones of earlier: in each tenth one or two
// words are others, each twentieth has six others, each hundredth is the same.
// With "template" each text is one of twenty, with three words of its own: none
// is like enough, and nearly all nearly are. Prints seconds, memory, the share
// of what was told that is true, and of what was planted and is true that was
// told.
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "simulator/base/random.h"
#include "simulator/base/text.h"
#include "simulator/metrics/near_duplicates.h"

namespace {

using simulate::Random;

constexpr double kAtLeast = 0.8;

// The words of a language of 30,000, the n-th as frequent as 1/n.
class Vocabulary {
 public:
  Vocabulary() {
    double sum = 0;
    for (int n = 1; n <= 30'000; ++n) sums_.push_back(sum += 1.0 / n);
  }

  std::string word(Random& random) const {
    double at = random.fraction() * sums_.back();
    auto found = std::lower_bound(sums_.begin(), sums_.end(), at);
    return "w" + std::to_string(found - sums_.begin());
  }

 private:
  std::vector<double> sums_;
};

// Any text of the corpus at any time, so that none is kept.
class Corpus {
 public:
  explicit Corpus(bool of_templates) : of_templates_(of_templates) {}

  // The earlier one that this is a changed one of; -1 if of none.
  int64_t source_of(int64_t number) const {
    if (number < 100 || edits_of(number) < 0) return -1;
    int64_t source = static_cast<int64_t>(
        Random(uint64_t(number) * 3 + 1).below(uint64_t(number)));
    return edits_of(source) < 0 ? source : -1;
  }

  std::vector<std::string> words(int64_t number) const {
    int64_t source = source_of(number);
    if (source < 0) {
      return of_templates_ ? of_template(number)
                           : fresh(uint64_t(number) + 1'000'000'000);
    }
    std::vector<std::string> words = this->words(source);
    Random random(uint64_t(number) * 3 + 2);
    for (int edits = edits_of(number); edits > 0; --edits) {
      words[random.below(words.size())] = vocabulary_.word(random);
    }
    return words;
  }

 private:
  // -1: it is no changed one.
  int edits_of(int64_t number) const {
    if (of_templates_) return -1;
    uint64_t draw = Random(uint64_t(number) * 3).below(100);
    if (draw < 10) return 1 + static_cast<int>(draw % 2);
    if (draw < 15) return 6;
    return draw == 15 ? 0 : -1;
  }

  std::vector<std::string> fresh(uint64_t seed) const {
    Random random(seed);
    std::vector<std::string> words(static_cast<size_t>(random.between(40, 80)));
    for (std::string& word : words) word = vocabulary_.word(random);
    return words;
  }

  std::vector<std::string> of_template(int64_t number) const {
    Random random(uint64_t(number) * 3);
    std::vector<std::string> words = fresh(random.below(20));
    for (size_t slot = 1; slot <= 3; ++slot) {
      words[slot * words.size() / 4] = "own" + std::to_string(random.next());
    }
    return words;
  }

  bool of_templates_;
  Vocabulary vocabulary_;
};

double likeness(const std::vector<std::string>& one,
                const std::vector<std::string>& other) {
  auto runs = [](const std::vector<std::string>& words) {
    std::set<std::string> runs;
    for (size_t i = 2; i < words.size(); ++i) {
      runs.insert(words[i - 2] + " " + words[i - 1] + " " + words[i]);
    }
    return runs;
  };
  std::set<std::string> a = runs(one), b = runs(other);
  size_t shared = 0;
  for (const std::string& run : a) shared += b.count(run);
  return double(shared) / double(a.size() + b.size() - shared);
}

double seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return double(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
         1e-6 * double(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

double peak_mib() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return double(used.ru_maxrss) / 1024;
}

void print_precision(const Corpus& corpus,
                     const std::vector<simulate::DuplicatePair>& pairs) {
  size_t right = 0;
  for (const auto& pair : pairs) {
    double truth =
        likeness(corpus.words(pair.first), corpus.words(pair.second));
    right += std::abs(truth - pair.likeness) < 1e-9 && truth >= kAtLeast;
  }
  std::printf("precision %.6f of %zu told\n",
              pairs.empty() ? 1 : double(right) / double(pairs.size()),
              pairs.size());
}

void print_recall(const Corpus& corpus, int64_t count,
                  const std::vector<simulate::DuplicatePair>& pairs) {
  std::set<int64_t> told;
  for (const auto& pair : pairs) told.insert(pair.second);
  size_t planted = 0, found = 0;
  for (int64_t i = 0; i < count; ++i) {
    int64_t source = corpus.source_of(i);
    if (source < 0) continue;
    // Where the source itself went, its own earlier one may be unlike.
    if (told.count(source)) continue;
    if (likeness(corpus.words(source), corpus.words(i)) < kAtLeast) continue;
    ++planted;
    found += told.count(i);
  }
  std::printf("recall    %.6f of %zu planted\n",
              planted == 0 ? 1 : double(found) / double(planted), planted);
}

}  // namespace

int main(int count, char** words) {
  int64_t texts = count > 1 ? std::atoll(words[1]) : 100'000;
  Corpus corpus(count > 2 && words[2] == std::string("template"));
  simulate::NearDuplicates duplicates(kAtLeast);
  double adding = 0;
  for (int64_t i = 0; i < texts; ++i) {
    std::string text = simulate::joined(corpus.words(i), " ");
    double start = seconds();
    duplicates.add(i, text);
    adding += seconds() - start;
  }
  double start = seconds();
  std::vector<simulate::DuplicatePair> pairs = duplicates.pairs();
  std::printf("%lld texts: %.1f s to add, %.1f s for the pairs, %.0f MiB\n",
              static_cast<long long>(texts), adding, seconds() - start,
              peak_mib());
  print_precision(corpus, pairs);
  print_recall(corpus, texts, pairs);
}
