#include "simulator/metrics/text_diversity.h"

#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <new>
#include <unordered_map>
#include <unordered_set>

#include "simulator/metrics/measured_words.h"
#include "simulator/metrics/word_runs.h"

namespace simulate {

namespace {

constexpr size_t kWordsThatRepeat = 4;

// Of whole blocks; of the one that was begun only if there is no other.
class BlockMean {
 public:
  int64_t blocks() const { return blocks_; }
  void add(double value) {
    sum_ += value;
    ++blocks_;
  }
  double value_or(double other) const {
    return blocks_ == 0 ? other : sum_ / static_cast<double>(blocks_);
  }

 private:
  double sum_ = 0;
  int64_t blocks_ = 0;
};

std::vector<uint64_t> runs_of(std::string_view text, size_t length) {
  return run_hashes(word_hashes(measured_words(text)), length);
}

double compression_of(std::string_view block) {
  uLongf size = compressBound(block.size());
  std::vector<Bytef> compressed(size);
  int result = compress2(compressed.data(), &size,
                         reinterpret_cast<const Bytef*>(block.data()),
                         block.size(), Z_BEST_COMPRESSION);
  if (result != Z_OK) throw std::bad_alloc();  // nothing else can be missing
  return static_cast<double>(block.size()) / static_cast<double>(size);
}

// Of a block, each text by its distinct runs.
double repetition_of(const std::vector<std::vector<uint64_t>>& block) {
  std::unordered_map<uint64_t, int64_t> texts_with;
  for (const auto& runs : block) {
    for (uint64_t run : runs) ++texts_with[run];
  }
  double sum = 0;
  for (const auto& runs : block) {
    int64_t others = 0;
    for (uint64_t run : runs) others += texts_with[run] - 1;
    sum += std::log(1 + static_cast<double>(others));
  }
  return sum / static_cast<double>(block.size());
}

}  // namespace

void TextDiversity::add(std::string_view text) { sample_.add(text); }

double TextDiversity::distinct(int n) const {
  BlockMean mean;
  std::unordered_set<uint64_t> different;
  size_t seen = 0;
  auto end_block = [&] {
    mean.add(static_cast<double>(different.size()) / static_cast<double>(seen));
    different.clear();
    seen = 0;
  };
  for (std::string_view text : sample_.texts()) {
    for (uint64_t run : runs_of(text, static_cast<size_t>(n))) {
      different.insert(run);
      if (++seen == kRunsOfABlock) end_block();
    }
  }
  if (mean.blocks() == 0 && seen > 0) end_block();
  return mean.value_or(1);
}

double TextDiversity::compression_ratio() const {
  BlockMean mean;
  std::string block;
  for (std::string_view text : sample_.texts()) {
    if (mean.blocks() == kMostCompressed) break;
    block += text;
    block += '\n';
    if (block.size() < kBytesOfABlock) continue;
    block.resize(kBytesOfABlock);
    mean.add(compression_of(block));
    block.clear();
  }
  if (mean.blocks() == 0 && !block.empty()) mean.add(compression_of(block));
  return mean.value_or(1);
}

double TextDiversity::self_repetition() const {
  BlockMean mean;
  std::vector<std::vector<uint64_t>> block;
  for (std::string_view text : sample_.texts()) {
    block.push_back(runs_of(text, kWordsThatRepeat));
    make_distinct(block.back());
    if (block.size() < kTextsOfABlock) continue;
    mean.add(repetition_of(block));
    block.clear();
  }
  if (mean.blocks() == 0 && !block.empty()) mean.add(repetition_of(block));
  return mean.value_or(0);
}

std::vector<ClonedPhrase> TextDiversity::cloned_phrases(size_t most) const {
  std::vector<std::string_view> texts = sample_.texts();
  std::vector<ClonedPhrase> phrases = simulate::cloned_phrases(texts, most);
  double scale = static_cast<double>(sample_.seen()) /
                 static_cast<double>(std::max<size_t>(texts.size(), 1));
  for (ClonedPhrase& phrase : phrases) {
    phrase.texts = std::llround(static_cast<double>(phrase.texts) * scale);
  }
  return phrases;
}

}  // namespace simulate
