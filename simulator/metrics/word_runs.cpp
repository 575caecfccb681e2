#include "simulator/metrics/word_runs.h"

#include <algorithm>

namespace simulate {

namespace {

// The finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
uint64_t mixed(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

uint64_t joined_hash(uint64_t hash, uint64_t next) {
  return mixed(hash * 0x9E3779B97F4A7C15u + next);
}

// Little-endian, on every machine.
uint64_t number_at(const char* bytes, size_t size) {
  uint64_t number = 0;
  for (size_t i = 0; i < size; ++i) {
    number |= uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return number;
}

}  // namespace

uint64_t text_hash(std::string_view text, uint64_t seed) {
  uint64_t hash = mixed(seed + text.size() + 0x9E3779B97F4A7C15u);
  size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    hash = joined_hash(hash, number_at(text.data() + at, 8));
  }
  return joined_hash(hash, number_at(text.data() + at, text.size() - at));
}

std::vector<uint64_t> word_hashes(const std::vector<std::string>& words) {
  std::vector<uint64_t> hashes;
  hashes.reserve(words.size());
  for (const std::string& word : words) hashes.push_back(text_hash(word));
  return hashes;
}

std::vector<uint64_t> run_hashes(const std::vector<uint64_t>& words,
                                 size_t length) {
  std::vector<uint64_t> runs;
  if (length == 0 || words.size() < length) return runs;
  runs.reserve(words.size() - length + 1);
  for (size_t begin = 0; begin + length <= words.size(); ++begin) {
    uint64_t hash = length;
    for (size_t i = 0; i < length; ++i) {
      hash = joined_hash(hash, words[begin + i]);
    }
    runs.push_back(hash);
  }
  return runs;
}

void make_distinct(std::vector<uint64_t>& hashes) {
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

}  // namespace simulate
