#include "simulator/metrics/measured_words.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace simulate {

namespace {

struct Letter {
  char32_t code = 0;
  size_t size = 1;  // in bytes
};

// What is not UTF-8 is a mark of one byte.
constexpr Letter kNoLetter{0, 1};

Letter letter_at(std::string_view text, size_t at) {
  auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, 1};
  size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + size > text.size()) return kNoLetter;
  char32_t code = first & (0x7F >> size);
  for (size_t i = 1; i < size; ++i) {
    auto next = static_cast<unsigned char>(text[at + i]);
    if ((next & 0xC0) != 0x80) return kNoLetter;
    code = (code << 6) | (next & 0x3F);
  }
  constexpr char32_t kLowest[] = {0, 0, 0x80, 0x800, 0x10000};
  bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kLowest[size] || code > 0x10FFFF || surrogate) return kNoLetter;
  return {code, size};
}

void append(std::string& word, char32_t code) {
  auto tail = [&](int shift) {
    word += static_cast<char>(0x80 | ((code >> shift) & 0x3F));
  };
  if (code < 0x80) {
    word += static_cast<char>(code);
    return;
  }
  if (code < 0x800) {
    word += static_cast<char>(0xC0 | (code >> 6));
  } else if (code < 0x10000) {
    word += static_cast<char>(0xE0 | (code >> 12));
    tail(6);
  } else {
    word += static_cast<char>(0xF0 | (code >> 18));
    tail(12);
    tail(6);
  }
  tail(0);
}

struct Range {
  char32_t first, last;
};

template <size_t size>
bool is_in(const Range (&ranges)[size], char32_t code) {
  auto after = std::upper_bound(
      std::begin(ranges), std::end(ranges), code,
      [](char32_t c, const Range& range) { return c < range.first; });
  return after != std::begin(ranges) && code <= std::prev(after)->last;
}

// Beyond ASCII, what separates words: marks, signs and emoji. Whatever stands
// in none of the tables is a letter.
constexpr Range kMarks[] = {
    {0x80, 0xA9},       {0xAB, 0xB4},     {0xB6, 0xB9},     {0xBB, 0xBF},
    {0xD7, 0xD7},       {0xF7, 0xF7},     {0x2C2, 0x2C5},   {0x37E, 0x37E},
    {0x387, 0x387},     {0x55A, 0x55F},   {0x589, 0x58A},   {0x5BE, 0x5BE},
    {0x5C0, 0x5C0},     {0x5C3, 0x5C3},   {0x5F3, 0x5F4},   {0x600, 0x60F},
    {0x61B, 0x61F},     {0x66A, 0x66D},   {0x6D4, 0x6D4},   {0x964, 0x965},
    {0x970, 0x970},     {0xE2F, 0xE2F},   {0xE3F, 0xE3F},   {0xE4F, 0xE4F},
    {0xE5A, 0xE5B},     {0xF01, 0xF17},   {0xF3A, 0xF3D},   {0x104A, 0x104F},
    {0x10FB, 0x10FB},   {0x1360, 0x1368}, {0x1680, 0x1680}, {0x17D4, 0x17D6},
    {0x17D8, 0x17DB},   {0x1800, 0x180A}, {0x2000, 0x200B}, {0x200E, 0x2070},
    {0x2074, 0x207E},   {0x2080, 0x208E}, {0x20A0, 0x20CF}, {0x2100, 0x2BFF},
    {0x2E00, 0x2E7F},   {0x2FF0, 0x3004}, {0x3008, 0x3020}, {0x3030, 0x3030},
    {0x3036, 0x3037},   {0x303D, 0x303F}, {0x309B, 0x309C}, {0x30A0, 0x30A0},
    {0x30FB, 0x30FB},   {0x3200, 0x33FF}, {0xE000, 0xF8FF}, {0xFD3E, 0xFD3F},
    {0xFE10, 0xFE1F},   {0xFE30, 0xFE6F}, {0xFF00, 0xFF0F}, {0xFF1A, 0xFF20},
    {0xFF3B, 0xFF40},   {0xFF5B, 0xFF65}, {0xFFE0, 0xFFFF}, {0x1F000, 0x1FAFF},
    {0xF0000, 0x10FFFF}};

// Neither letters nor marks: joiners, variation selectors, soft hyphen.
constexpr Range kUnseen[] = {{0xAD, 0xAD},
                             {0x200C, 0x200D},
                             {0xFE00, 0xFE0F},
                             {0xFEFF, 0xFEFF},
                             {0xE0000, 0xE0FFF}};

// Scripts without spaces.
constexpr Range kUnspaced[] = {
    {0xE01, 0xE4E},   {0xE81, 0xEDF},     {0x1000, 0x103F},  {0x1050, 0x109F},
    {0x1780, 0x17D3}, {0x2E80, 0x2FDF},   {0x3005, 0x3007},  {0x3021, 0x302F},
    {0x3041, 0x30FF}, {0x3105, 0x312F},   {0x31F0, 0x31FF},  {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF}, {0xA9E0, 0xA9FE},   {0xAA60, 0xAA7F},  {0xF900, 0xFAFF},
    {0xFF66, 0xFF9F}, {0x1AFF0, 0x1B16F}, {0x20000, 0x3FFFF}};

// In them, what hangs on the character before: vowels, tones, voicing.
constexpr Range kHanging[] = {
    {0xE31, 0xE31},   {0xE34, 0xE3A},   {0xE47, 0xE4E},   {0xEB1, 0xEB1},
    {0xEB4, 0xEBC},   {0xEC8, 0xECE},   {0x102B, 0x103E}, {0x1056, 0x1059},
    {0x105E, 0x1060}, {0x1062, 0x1064}, {0x1067, 0x106D}, {0x1071, 0x1074},
    {0x1082, 0x108D}, {0x108F, 0x108F}, {0x109A, 0x109D}, {0x17B4, 0x17D3},
    {0x302A, 0x302F}, {0x3099, 0x309A}, {0xFF9E, 0xFF9F}};

// Capitals: those of one step stand `shift` before their small letters, those
// of two alternate with them.
struct Capitals {
  char32_t first, last;
  int step, shift;
};
constexpr Capitals kCapitals[] = {
    {0xC0, 0xD6, 1, 32},          {0xD8, 0xDE, 1, 32},
    {0x100, 0x12E, 2, 1},         {0x130, 0x130, 1, -199},
    {0x132, 0x136, 2, 1},         {0x139, 0x147, 2, 1},
    {0x14A, 0x176, 2, 1},         {0x178, 0x178, 1, -121},
    {0x179, 0x17D, 2, 1},         {0x18F, 0x18F, 1, 202},
    {0x1A0, 0x1A4, 2, 1},         {0x1AF, 0x1AF, 1, 1},
    {0x1CD, 0x1DB, 2, 1},         {0x1DE, 0x1EE, 2, 1},
    {0x1F8, 0x21E, 2, 1},         {0x222, 0x232, 2, 1},
    {0x246, 0x24E, 2, 1},         {0x386, 0x386, 1, 38},
    {0x388, 0x38A, 1, 37},        {0x38C, 0x38C, 1, 64},
    {0x38E, 0x38F, 1, 63},        {0x391, 0x3A1, 1, 32},
    {0x3A3, 0x3AB, 1, 32},        {0x400, 0x40F, 1, 80},
    {0x410, 0x42F, 1, 32},        {0x460, 0x480, 2, 1},
    {0x48A, 0x4BE, 2, 1},         {0x4C1, 0x4CD, 2, 1},
    {0x4D0, 0x52E, 2, 1},         {0x531, 0x556, 1, 48},
    {0x1E00, 0x1E94, 2, 1},       {0x1E9E, 0x1E9E, 1, -7615},
    {0x1EA0, 0x1EFE, 2, 1},       {0xFF10, 0xFF19, 1, -0xFEE0},
    {0xFF21, 0xFF3A, 1, -0xFEC0}, {0xFF41, 0xFF5A, 1, -0xFEE0}};

// In lower case; full-width letters and digits become ASCII.
char32_t small(char32_t code) {
  if (code < 0x80) return code >= 'A' && code <= 'Z' ? code + 32 : code;
  auto after = std::upper_bound(
      std::begin(kCapitals), std::end(kCapitals), code,
      [](char32_t c, const Capitals& range) { return c < range.first; });
  if (after == std::begin(kCapitals)) return code;
  const Capitals& range = *std::prev(after);
  if (code > range.last) return code;
  if ((code - range.first) % static_cast<unsigned>(range.step) != 0) {
    return code;
  }
  return code + static_cast<char32_t>(range.shift);
}

enum class Kind { letter, mark, unseen, apostrophe, alone, hanging };

Kind kind_of(char32_t code) {
  if (code < 0x80) {
    bool letter = (code >= 'a' && code <= 'z') ||
                  (code >= 'A' && code <= 'Z') || (code >= '0' && code <= '9');
    if (letter) return Kind::letter;
    return code == '\'' ? Kind::apostrophe : Kind::mark;
  }
  if (code == 0x2019) return Kind::apostrophe;
  if (is_in(kUnseen, code)) return Kind::unseen;
  if (is_in(kMarks, code)) return Kind::mark;
  if (is_in(kHanging, code)) return Kind::hanging;
  return is_in(kUnspaced, code) ? Kind::alone : Kind::letter;
}

class Reader {
 public:
  void read(Letter letter) {
    switch (kind_of(letter.code)) {
      case Kind::unseen:
        return;
      case Kind::mark:
        end_word();
        return;
      case Kind::apostrophe:  // of a word, if it goes on
        if (apostrophe_ || word_.empty()) end_word();
        apostrophe_ = !word_.empty();
        return;
      case Kind::letter:
        add_letter(letter.code);
        return;
      case Kind::hanging:
        append(word_, letter.code);
        return;
      case Kind::alone:
        end_word();
        append(word_, letter.code);
        alone_ = true;
    }
  }

  std::vector<std::string> words() {
    end_word();
    return std::move(words_);
  }

 private:
  void add_letter(char32_t code) {
    if (alone_) end_word();
    if (apostrophe_) word_ += '\'';
    apostrophe_ = false;
    append(word_, small(code));
  }

  void end_word() {
    if (!word_.empty()) words_.push_back(word_);
    word_.clear();
    apostrophe_ = false;
    alone_ = false;
  }

  std::vector<std::string> words_;
  std::string word_;
  bool apostrophe_ = false;  // stands behind it
  bool alone_ = false;       // it is of a script without spaces
};

}  // namespace

std::vector<std::string> measured_words(std::string_view text) {
  Reader reader;
  for (size_t at = 0; at < text.size();) {
    Letter letter = letter_at(text, at);
    reader.read(letter);
    at += letter.size;
  }
  return reader.words();
}

std::string run_text(const std::vector<std::string>& words, size_t begin,
                     size_t end) {
  std::string text;
  bool was_alone = true;
  for (size_t i = begin; i < end; ++i) {
    bool alone = kind_of(letter_at(words[i], 0).code) == Kind::alone;
    if (i > begin && !(alone && was_alone)) text += ' ';
    was_alone = alone;
    text += words[i];
  }
  return text;
}

}  // namespace simulate
