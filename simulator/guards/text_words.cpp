#include "simulator/guards/text_words.h"

#include <algorithm>

#include <cctype>
#include <utility>

namespace simulate::guards {

namespace {

struct Letter {
  char32_t code = 0;
  size_t size = 1;  // in bytes
};

// Of texts that are UTF-8; any other byte is a letter of its own.
Letter letter_at(std::string_view text, size_t at) {
  auto byte = [&](size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u;
  };
  unsigned first = byte(0);
  if (first >= 0xF0) {
    return {((first & 7) << 18) | ((byte(1) & 63) << 12) |
                ((byte(2) & 63) << 6) | (byte(3) & 63),
            4};
  }
  if (first >= 0xE0) {
    return {((first & 15) << 12) | ((byte(1) & 63) << 6) | (byte(2) & 63), 3};
  }
  if (first >= 0xC0) return {((first & 31) << 6) | (byte(1) & 63), 2};
  return {first, 1};
}

enum class Script { none, letters, kanji, katakana, hiragana };

Script script_of(char32_t code) {
  if (code == '_' || (code >= '0' && code <= '9')) return Script::letters;
  if (code < 0x80) {
    return std::isalpha(static_cast<int>(code)) ? Script::letters
                                                : Script::none;
  }
  if (code >= 0xFF10 && code <= 0xFF19) return Script::letters;  // digits
  if (code >= 0x3041 && code <= 0x309F) return Script::hiragana;
  if (code >= 0x30A1 && code <= 0x30FF && code != 0x30FB) {
    return Script::katakana;
  }
  if ((code >= 0x4E00 && code <= 0x9FFF) || code == 0x3005) {
    return Script::kanji;
  }
  bool mark = code < 0xC0 || code == 0xD7 || code == 0xF7 ||
              (code >= 0x2000 && code <= 0x2BFF) ||
              (code >= 0x3000 && code <= 0x3040) || code == 0x30FB ||
              (code >= 0xFE00 && code <= 0xFF0F) ||
              (code >= 0xFF1A && code <= 0xFF20) || code >= 0x1F000;
  return mark ? Script::none : Script::letters;
}

// What U+00C0 to U+017F are without case and accent, two characters each.
constexpr std::string_view kLatin =
    "a a a a a a aec e e e e i i i i d n o o o o o - o u u u u y thss"
    "a a a a a a aec e e e e i i i i d n o o o o o - o u u u u y thy "
    "a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g "
    "g g g g h h h h i i i i i i i i i i ijijj j k k k l l l l l l l "
    "l l l n n n n n n n n n o o o o o o oeoer r r r r r s s s s s s "
    "s s t t t t t t u u u u u u u u u u u u w w y y y z z z z z z s ";

void append_plain(std::string& plain, std::string_view bytes, char32_t code) {
  if (code >= 0x300 && code < 0x370) return;  // an accent of its own
  if (code < 0x80) {
    plain += static_cast<char>(std::tolower(static_cast<int>(code)));
  } else if (code >= 0xC0 && code < 0x180) {
    for (char c : kLatin.substr(2 * (code - 0xC0), 2)) {
      if (c != ' ') plain += c;
    }
  } else if ((code >= 0x391 && code <= 0x3A9) ||
             (code >= 0x410 && code <= 0x42F)) {  // Greek, Cyrillic
    code += 0x20;
    plain += static_cast<char>(0xC0 | (code >> 6));
    plain += static_cast<char>(0x80 | (code & 63));
  } else {
    plain += bytes;
  }
}

bool is_capital(char32_t code) {
  if (code < 0x80) return code >= 'A' && code <= 'Z';
  if (code >= 0xC0 && code <= 0xDE) return code != 0xD7;
  if (code >= 0x100 && code < 0x138) return code % 2 == 0;
  if (code >= 0x139 && code <= 0x148) return code % 2 == 1;
  if (code >= 0x14A && code < 0x178) return code % 2 == 0;
  return (code >= 0x391 && code <= 0x3A9) || (code >= 0x410 && code <= 0x42F);
}

bool ends_sentence(char32_t code) {
  return code == '.' || code == '!' || code == '?' || code == '\n' ||
         code == 0x3002 || code == 0xFF01 || code == 0xFF1F || code == 0x2026;
}

bool ends_clause(char32_t code) {
  return code == ',' || code == ';' || code == ':' || code == '(' ||
         code == ')' || code == 0x2013 || code == 0x2014 || code == 0x3001 ||
         code == 0xFF08 || code == 0xFF09 || code == 0xFF1A;
}

bool opens_quotation(char32_t code) {
  return code == '"' || code == ':' || code == 0x201C || code == 0x201E ||
         code == 0x300C || code == 0xAB || code == 0xFF1A || code == '*';
}

// Reads from the front to the back; one text, once.
class Reader {
 public:
  Reader(std::string_view text, const Words& language)
      : text_(text), language_(language) {}

  TextWords read() {
    size_t at = 0;
    while (at < text_.size()) {
      Letter letter = letter_at(text_, at);
      Script script = script_of(letter.code);
      at = script == Script::none ? skip_mark(at, letter)
                                  : read_word(at, script);
    }
    end_clause(text_.size());
    return std::move(read_);
  }

 private:
  size_t skip_mark(size_t at, const Letter& letter) {
    size_t next = at + letter.size;
    bool inside = at > 0 && next < text_.size() &&
                  std::isdigit(static_cast<unsigned char>(text_[at - 1])) &&
                  std::isdigit(static_cast<unsigned char>(text_[next]));
    if (inside) return next;                                   // 9:30, 1.5
    if (letter.code == '.' && follows_title(at)) return next;  // M. Petit
    if (ends_sentence(letter.code)) {
      end_clause(next);
      opens_ = true;
      ++sentence_;
    } else if (ends_clause(letter.code)) {
      end_clause(next);
    }
    if (opens_quotation(letter.code)) opens_ = true;
    return next;
  }

  size_t read_word(size_t at, Script script) {
    size_t end = at;
    Word word;
    word.capital = is_capital(letter_at(text_, at).code);
    while (end < text_.size()) {
      Letter letter = letter_at(text_, end);
      if (script_of(letter.code) != script) break;
      std::string_view bytes = text_.substr(end, letter.size);
      append_plain(word.plain, bytes, letter.code);
      end += bytes.size();
    }
    if (script == Script::kanji) end -= honorific_size(at, end);
    word.text = text_.substr(at, end - at);
    word.plain.resize(std::min(word.plain.size(), end - at));
    if (language_.has("thought_participles", word.text)) {
      word.plain.erase(word.plain.find("ge"), 2);  // nachgesehen, nachsehen
    }
    word.opens = std::exchange(opens_, false);
    bool title = word.capital && language_.has("thought_titles", word.text);
    word.carries = script != Script::hiragana && word.plain.size() > 1 &&
                   !title && !language_.has("thought_small_words", word.text) &&
                   !language_.has("thought_negation", word.text);
    if (language_.has("thought_joints", word.text)) end_clause(at);
    bool closes = script == Script::hiragana &&
                  language_.has("thought_closers", word.text);
    read_.words.push_back(std::move(word));
    word_end_ = end;
    if (closes) end_clause(end);
    return end;
  }

  // Of 高橋先生, 先生 is a word of its own.
  size_t honorific_size(size_t at, size_t end) const {
    std::string_view whole = text_.substr(at, end - at);
    for (const auto& [honorific, unused] :
         language_.table("thought_honorifics")) {
      bool name = whole.size() >= honorific.size() + 6;  // two characters
      if (name && whole.ends_with(honorific)) return honorific.size();
    }
    return 0;
  }

  bool follows_title(size_t at) const {
    return word_end_ == at && !read_.words.empty() &&
           read_.words.back().capital &&
           language_.has("thought_titles", read_.words.back().text);
  }

  void end_clause(size_t at) {
    size_t words = read_.words.size();
    if (words > first_word_) {
      for (size_t i = first_word_; i < words; ++i) {
        read_.words[i].clause = read_.clauses.size();
      }
      read_.clauses.push_back({std::string(text_.substr(begin_, at - begin_)),
                               first_word_, words, sentence_});
    }
    begin_ = at;
    first_word_ = words;
  }

  std::string_view text_;
  const Words& language_;
  TextWords read_;
  size_t begin_ = 0;  // of the clause
  size_t first_word_ = 0;
  size_t word_end_ = 0;  // of the last one
  size_t sentence_ = 0;
  bool opens_ = true;
};

size_t common_prefix(std::string_view one, std::string_view other) {
  auto [end, unused] = std::mismatch(
      one.begin(), one.begin() + std::min(one.size(), other.size()),
      other.begin());
  return static_cast<size_t>(end - one.begin());
}

}  // namespace

TextWords read_words(std::string_view text, const Words& language) {
  return Reader(text, language).read();
}

std::string plain_word(std::string_view text) {
  std::string plain;
  for (size_t at = 0; at < text.size();) {
    Letter letter = letter_at(text, at);
    append_plain(plain, text.substr(at, letter.size), letter.code);
    at += letter.size;
  }
  return plain;
}

bool same_stem(std::string_view one, std::string_view other) {
  if (one == other) return true;
  if (one.size() > other.size()) std::swap(one, other);
  if (one.empty()) return false;
  if (static_cast<signed char>(one.front()) < 0) {  // no letters of ours
    return one.size() >= 6 && other.find(one) != std::string_view::npos;
  }
  if (one.size() < 3) return false;
  size_t common = common_prefix(one, other);
  size_t needed = one.size();
  if (needed > 4) {
    needed = std::max<size_t>(4, other.size() * 11 / 20);
  } else if (needed == 4 && one.back() == 'e') {
    needed = 3;
  }
  size_t longest_ending = std::min<size_t>(one.size(), 5);
  return common >= needed && other.size() - common <= longest_ending;
}

}  // namespace simulate::guards
