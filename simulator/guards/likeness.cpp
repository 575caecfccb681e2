#include "simulator/guards/likeness.h"

#include <algorithm>
#include <map>
#include <string>

#include "simulator/base/hash.h"
#include "simulator/base/sentences.h"
#include "simulator/base/text.h"

namespace simulate::guards {

namespace {

// How many letters make a piece.
constexpr size_t kPiece = 4;
constexpr size_t kDensePiece = 2;

char32_t next(std::string_view text, size_t& at) {
  auto byte = static_cast<unsigned char>(text[at++]);
  if (byte < 0x80) return byte;
  int more = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
  char32_t letter = byte & (0x3F >> more);
  for (; more > 0 && at < text.size(); --more) {
    letter = letter << 6 | (static_cast<unsigned char>(text[at++]) & 0x3F);
  }
  return letter;
}

bool counts(char32_t c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
  if (c < 0xC0) return false;
  if (c >= 0x2000 && c <= 0x2BFF) return false;  // marks, arrows, signs
  if (c >= 0x3000 && c <= 0x3004) return false;  // marks of CJK
  if (c >= 0x3008 && c <= 0x3020) return false;
  if (c >= 0xFE00 && c <= 0xFE0F) return false;  // selectors
  if (c >= 0xFF00 && c <= 0xFF0F) return false;  // wide marks
  if (c >= 0xFF1A && c <= 0xFF20) return false;
  return c < 0x1F000 || c > 0x1FAFF;  // emoji
}

// É and its like, to é.
char32_t small(char32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 32;
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;
  if (c >= 0x410 && c <= 0x42F) return c + 32;
  return c;
}

std::u32string letters_of(std::string_view text) {
  std::u32string letters;
  for (size_t at = 0; at < text.size();) {
    char32_t c = small(next(text, at));
    if (counts(c)) letters += c;
  }
  return letters;
}

bool dense(const std::u32string& letters) {
  auto many = std::count_if(letters.begin(), letters.end(),
                            [](char32_t c) { return c >= 0xE00; });
  return static_cast<size_t>(many) * 2 > letters.size();
}

uint64_t hash_of(std::u32string_view piece) {
  return quick_hash({reinterpret_cast<const char*>(piece.data()),
                     piece.size() * sizeof(char32_t)});
}

}  // namespace

size_t weight_of(std::string_view text) {
  std::u32string letters = letters_of(text);
  return letters.size() * (dense(letters) ? 2 : 1);
}

Shingles::Shingles(std::string_view text) {
  std::u32string letters = letters_of(text);
  size_t piece = dense(letters) ? kDensePiece : kPiece;
  std::u32string_view all = letters;
  for (size_t i = 0; i + piece <= all.size(); ++i) {
    pieces_.push_back(hash_of(all.substr(i, piece)));
  }
  if (pieces_.empty() && !all.empty()) pieces_.push_back(hash_of(all));
  std::sort(pieces_.begin(), pieces_.end());
  pieces_.erase(std::unique(pieces_.begin(), pieces_.end()), pieces_.end());
}

size_t Shingles::common(const Shingles& other) const {
  size_t shared = 0;
  auto mine = pieces_.begin();
  auto theirs = other.pieces_.begin();
  while (mine != pieces_.end() && theirs != other.pieces_.end()) {
    if (*mine == *theirs) ++shared;
    bool both = *mine == *theirs;
    bool mine_first = *mine < *theirs;
    if (both || mine_first) ++mine;
    if (both || !mine_first) ++theirs;
  }
  return shared;
}

double Shingles::likeness(const Shingles& other) const {
  size_t shared = common(other);
  size_t all = size() + other.size() - shared;
  return all == 0 ? 0 : static_cast<double>(shared) / static_cast<double>(all);
}

double Shingles::share_in(const Shingles& other) const {
  if (size() == 0) return 0;
  return static_cast<double>(common(other)) / static_cast<double>(size());
}

bool loops(std::string_view text) {
  std::map<std::u32string, int> sentences;
  for (const std::string& one : sentences_of(text)) {
    std::u32string letters = letters_of(one);
    size_t least = dense(letters) ? 6 : 12;
    if (letters.size() >= least && ++sentences[letters] >= 2) return true;
  }
  // The same piece of the text follows itself three times.
  std::u32string letters = letters_of(text);
  std::u32string_view all = letters;
  size_t least = dense(letters) ? 4 : 8;
  for (size_t period = least; period * 3 <= all.size(); ++period) {
    size_t run = 0;
    for (size_t i = period; i < all.size(); ++i) {
      run = all[i] == all[i - period] ? run + 1 : 0;
      if (run >= period * 2) return true;
    }
    if (period > 200) break;
  }
  return false;
}

}  // namespace simulate::guards
