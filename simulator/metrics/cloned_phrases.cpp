#include "simulator/metrics/cloned_phrases.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "simulator/metrics/measured_words.h"
#include "simulator/metrics/word_runs.h"

namespace simulate {

namespace {

constexpr double kAboutAsMany = 0.8;
constexpr size_t kOverlap = 3;  // words; a phrase has some of them
// Counting a phrase as a whole changes the order a little: so many times as
// many as are asked for are counted.
constexpr size_t kSpare = 2;

std::vector<uint64_t> phrase_runs(const std::vector<std::string>& words) {
  return run_hashes(word_hashes(words), kWordsOfAPhrase);
}

// In how many texts each run is, of those that are in more than one.
using TextCounts = std::unordered_map<uint64_t, int64_t>;

TextCounts count_runs(const std::vector<std::string_view>& texts) {
  std::vector<uint64_t> all;
  for (std::string_view text : texts) {
    std::vector<uint64_t> runs = phrase_runs(measured_words(text));
    make_distinct(runs);
    all.insert(all.end(), runs.begin(), runs.end());
  }
  std::sort(all.begin(), all.end());
  TextCounts counts;
  for (size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    while (end < all.size() && all[end] == all[begin]) ++end;
    if (end - begin > 1) counts[all[begin]] = static_cast<int64_t>(end - begin);
  }
  return counts;
}

struct Phrase {
  std::vector<std::string> words;
  int64_t texts = 0;  // no run of it is in fewer
};

// The stretches of a text whose runs are in about as many texts.
class Stretches {
 public:
  explicit Stretches(const TextCounts& counts) : counts_(counts) {}

  template <class Visit>
  void visit(const std::vector<uint64_t>& runs, Visit visit) {
    size_t begin = 0;
    int64_t fewest = 0, most = 0;
    for (size_t i = 0; i <= runs.size(); ++i) {
      int64_t texts = i < runs.size() ? texts_with(runs[i]) : 0;
      int64_t low = std::min(fewest, texts), high = std::max(most, texts);
      if (i > begin && double(low) >= kAboutAsMany * double(high) && low > 0) {
        fewest = low;
        most = high;
        continue;
      }
      if (fewest > 0) visit(begin, i - 1 + kWordsOfAPhrase, fewest);
      begin = i;
      fewest = most = texts;
    }
  }

 private:
  int64_t texts_with(uint64_t run) const {
    auto found = counts_.find(run);
    return found == counts_.end() ? 0 : found->second;
  }

  const TextCounts& counts_;
};

// Each stretch once; those in most texts first, then the longest.
std::vector<Phrase> find_phrases(const std::vector<std::string_view>& texts) {
  TextCounts counts = count_runs(texts);
  Stretches stretches(counts);
  std::unordered_set<uint64_t> known;
  std::vector<Phrase> phrases;
  for (std::string_view text : texts) {
    std::vector<std::string> words = measured_words(text);
    auto visit = [&](size_t begin, size_t end, int64_t in_texts) {
      std::vector<std::string> some(words.begin() + ptrdiff_t(begin),
                                    words.begin() + ptrdiff_t(end));
      uint64_t whole = run_hashes(word_hashes(some), some.size()).front();
      if (!known.insert(whole).second) return;
      phrases.push_back({std::move(some), in_texts});
    };
    stretches.visit(phrase_runs(words), visit);
  }
  std::sort(phrases.begin(), phrases.end(),
            [](const Phrase& one, const Phrase& other) {
              if (one.texts != other.texts) return one.texts > other.texts;
              if (one.words.size() != other.words.size()) {
                return one.words.size() > other.words.size();
              }
              return one.words < other.words;
            });
  return phrases;
}

// Of phrases that overlap, one stands for all.
class Merged {
 public:
  // A new one only while there are fewer than `most`.
  void add(const Phrase& phrase, size_t most) {
    if (std::optional<size_t> other = overlapped_by(phrase)) {
      lengthen(*other, phrase);
    } else if (phrases_.size() < most) {
      phrases_.push_back(phrase);
      own(phrase, phrases_.size() - 1);
    }
  }

  std::vector<Phrase> phrases() && { return std::move(phrases_); }

 private:
  static std::vector<uint64_t> parts_of(const Phrase& phrase) {
    return run_hashes(word_hashes(phrase.words), kOverlap);
  }

  // Where the other one is longer, and is in about as many texts.
  void lengthen(size_t number, const Phrase& other) {
    Phrase& chosen = phrases_[number];
    bool as_many = double(other.texts) >= kAboutAsMany * double(chosen.texts);
    if (!as_many || other.words.size() <= chosen.words.size()) return;
    chosen.words = other.words;
    own(chosen, number);
  }

  void own(const Phrase& phrase, size_t number) {
    for (uint64_t part : parts_of(phrase)) owner_.emplace(part, number);
  }

  // Who has half of it, or half of whom it has.
  std::optional<size_t> overlapped_by(const Phrase& phrase) const {
    std::unordered_map<size_t, size_t> shared;
    std::vector<uint64_t> parts = parts_of(phrase);
    for (uint64_t part : parts) {
      auto found = owner_.find(part);
      if (found == owner_.end()) continue;
      size_t other = phrases_[found->second].words.size() - kOverlap + 1;
      size_t half = std::min(parts.size(), other) / 2;
      if (++shared[found->second] >= half) return found->second;
    }
    return std::nullopt;
  }

  std::vector<Phrase> phrases_;
  std::unordered_map<uint64_t, size_t> owner_;
};

// The texts that have the whole of a phrase.
void count_whole(const std::vector<std::string_view>& texts,
                 std::vector<Phrase>& phrases) {
  std::unordered_map<uint64_t, std::vector<Phrase*>> by_first_run;
  for (Phrase& phrase : phrases) {
    phrase.texts = 0;
    by_first_run[phrase_runs(phrase.words).front()].push_back(&phrase);
  }
  for (std::string_view text : texts) {
    std::vector<std::string> words = measured_words(text);
    std::vector<uint64_t> runs = phrase_runs(words);
    std::unordered_set<Phrase*> found;
    for (size_t i = 0; i < runs.size(); ++i) {
      auto begun = by_first_run.find(runs[i]);
      if (begun == by_first_run.end()) continue;
      for (Phrase* phrase : begun->second) {
        bool whole = phrase->words.size() <= words.size() - i &&
                     std::equal(phrase->words.begin(), phrase->words.end(),
                                words.begin() + ptrdiff_t(i));
        if (whole && found.insert(phrase).second) ++phrase->texts;
      }
    }
  }
}

}  // namespace

std::vector<ClonedPhrase> cloned_phrases(
    const std::vector<std::string_view>& texts, size_t most) {
  Merged merged;
  for (const Phrase& phrase : find_phrases(texts)) {
    merged.add(phrase, kSpare * most);
  }
  std::vector<Phrase> phrases = std::move(merged).phrases();
  count_whole(texts, phrases);
  std::stable_sort(phrases.begin(), phrases.end(),
                   [](const Phrase& one, const Phrase& other) {
                     return one.texts > other.texts;
                   });
  phrases.resize(std::min(phrases.size(), most));
  std::vector<ClonedPhrase> cloned;
  for (const Phrase& phrase : phrases) {
    if (phrase.texts < 2) continue;  // its parts are in different ones
    cloned.push_back(
        {run_text(phrase.words, 0, phrase.words.size()), phrase.texts});
  }
  return cloned;
}

}  // namespace simulate
