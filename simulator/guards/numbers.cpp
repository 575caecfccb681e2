#include "simulator/guards/numbers.h"

#include <re2/re2.h>

#include <array>
#include <optional>
#include <vector>

#include "simulator/base/text.h"
#include "simulator/guards/text_words.h"

namespace simulate::guards {

namespace {

using Value = int64_t;

constexpr Value kTooLarge = 1'000'000'000'000;

std::optional<Value> value_in(const Words::Table& table,
                              const std::string& word) {
  auto found = table.find(word);
  if (found == table.end()) return std::nullopt;
  return std::strtoll(found->second.c_str(), nullptr, 10);
}

// One number out of words that follow each other: "two", "hundred", "five".
class Sum {
 public:
  // False when `value` begins another number.
  bool takes(Value value) {
    if (empty()) return start(value);
    bool multiplies = value == 100 || value == 1000 || value == 10'000 ||
                      (value == 10 && multiplies_tens_);
    if (multiplies) return multiply(value);
    Value room = current_ % 1000;
    // Twenty and five, sixty and twelve (French), hundred and fifty.
    bool fits = room == 0 || (room % 100 == 0 && value < 100) ||
                (room % 10 == 0 && room % 100 >= 20 && value < 10) ||
                (room % 20 == 0 && room % 100 >= 60 && value < 20);
    if (last_ == 4 && value == 20) {  // quatre-vingt
      current_ += 76;
    } else if (last_ < 10 && room % 100 == last_ && value >= 20 &&
               value < 100 && units_first_) {
      current_ += value;  // fünf und zwanzig
    } else if (fits && value < 1000 && (current_ >= 20 || current_ == 0)) {
      current_ += value;
    } else if (current_ == 10 && value < 10) {
      current_ += value;  // 十五
    } else {
      return false;
    }
    last_ = value;
    return true;
  }

  void puts_units_first() { units_first_ = true; }
  void multiplies_tens() { multiplies_tens_ = true; }  // 二十
  bool empty() const { return total_ == 0 && last_ < 0; }
  Value value() const { return total_ + current_; }

 private:
  bool start(Value value) {
    current_ = last_ = value;
    return true;
  }

  bool multiply(Value by) {
    if (value() > kTooLarge || current_ >= 1000) return false;
    if (by >= 1000) {
      total_ += std::max<Value>(1, current_) * by;
      current_ = 0;
    } else {
      Value factor = current_ % 10;
      if (current_ % (by * 10) >= 10) return false;
      current_ += std::max<Value>(1, factor) * by - factor;
    }
    last_ = by;
    return true;
  }

  Value total_ = 0;
  Value current_ = 0;
  Value last_ = -1;
  bool units_first_ = false;
  bool multiplies_tens_ = false;
};

// "fünfundzwanzig", "dreihundert": number words in a row without a gap.
std::optional<Value> value_of_compound(const Words::Table& table,
                                       const Words::Table& loose,
                                       std::string_view word,
                                       const std::string& joint) {
  Sum sum;
  if (joint.empty()) sum.multiplies_tens();
  while (!word.empty()) {
    size_t taken = 0;
    Value value = 0;
    for (size_t size = word.size(); size > 0 && taken == 0; --size) {
      std::string part(word.substr(0, size));
      auto found = value_in(table, part);
      if (!found && size < word.size()) found = value_in(loose, part);
      if (!found) continue;
      taken = size;
      value = *found;
    }
    if (taken > 0) {
      if (!sum.takes(value)) return std::nullopt;
      word.remove_prefix(taken);
    } else if (!joint.empty() && !sum.empty() && word.starts_with(joint)) {
      word.remove_prefix(joint.size());
      sum.puts_units_first();
    } else {
      return std::nullopt;
    }
  }
  return sum.empty() ? std::nullopt : std::optional<Value>(sum.value());
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "1,000" and "1.000" as "1000"; "1.5", "9:30" and "2025-03-07" stay as they
// are.
std::string without_groups(std::string text) {
  static const RE2 group(
      R"((^|[^\d.,])([1-9]\d{0,2})[.,\x{A0}\x{202F}](\d{3})($|[^\d]))");
  while (RE2::Replace(&text, group, R"(\1\2\3\4)")) {
  }
  return text;
}

// Digits that belong to a name are none: "n8n", "step_2".
bool in_a_name(std::string_view text, size_t at) {
  if (at == 0) return false;
  char before = text[at - 1];
  if (before == '_') return true;
  if (!std::isalpha(static_cast<unsigned char>(before))) return false;
  return at < 2 || !is_digit(text[at - 2]);  // 9h30 is an hour
}

void add_digits(const std::string& text, std::set<std::string>& numbers) {
  for (size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at])) continue;
    size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    std::string digits = text.substr(at, end - at);
    size_t zeros = std::min(digits.find_first_not_of('0'), digits.size());
    bool empty_half = zeros == digits.size() && zeros > 1;
    if (!empty_half && !in_a_name(text, at)) {
      digits.erase(0, std::min(zeros, digits.size() - 1));
      std::string_view rest = std::string_view(text).substr(end);
      if (rest.starts_with("千")) digits += "000";
      if (rest.starts_with("万")) digits += "0000";
      numbers.insert(digits);
    }
    at = end;
  }
}

// Number words, joined by "and" or by nothing but a blank or a hyphen.
void add_words(std::string_view text, const Words& language, Numbers& numbers) {
  const Words::Table& table = language.table("numbers");
  const Words::Table& loose = language.table("loose_numbers");
  const Words::Table& joints = language.table("number_joints");
  std::string inner = joints.empty() ? "" : joints.begin()->first;
  Sum sum;
  auto finish = [&] {
    if (!sum.empty()) numbers.sure.insert(std::to_string(sum.value()));
    sum = Sum();
  };
  TextWords read = read_words(text, language);
  for (size_t i = 0; i < read.words.size(); ++i) {
    const std::string& word = read.words[i].plain;
    if (i > 0 && read.words[i].clause != read.words[i - 1].clause &&
        joints.count(word) == 0 && joints.count(read.words[i - 1].plain) == 0) {
      finish();  // "two, three"
    }
    std::optional<Value> value = value_in(table, word);
    if (!value) value = value_of_compound(table, loose, word, inner);
    if (value) {
      if (!sum.takes(*value)) {
        finish();
        sum.takes(*value);
      }
      continue;
    }
    bool joins = joints.count(word) > 0 && i + 1 < read.words.size();
    if (joins && !sum.empty() &&
        (value_in(table, read.words[i + 1].plain) ||
         value_in(loose, read.words[i + 1].plain))) {
      continue;
    }
    auto maybe = value_in(loose, word);
    // Vingt et un, dix-neuf.
    if (maybe && *maybe < 10 && sum.value() >= 10 && sum.takes(*maybe))
      continue;
    finish();
    if (maybe) {
      numbers.loose.insert(std::to_string(*maybe));
    }
  }
  finish();
}

// 二十五 before what is counted: alone, these characters stand in many words.
void add_kanji(const std::string& text, const Words& language,
               Numbers& numbers) {
  static const RE2 pattern(
      "(?:^|[^0-9〇一二三四五六七八九十百千万])"
      "([〇一二三四五六七八九十百千万]+)(つ|人|時|分|日|月|年|歳|才|匹|"
      "個|冊|回|本|枚|杯|階|円|度|週|か月|ヶ月|カ月|名|通|曲|台|件|番|歩|"
      "羽|頭|泊|キロ|メートル|グラム|パーセント|ページ)");
  const Words::Table& table = language.table("numbers");
  re2::StringPiece rest(text);
  std::string digits, counter;
  while (RE2::FindAndConsume(&rest, pattern, &digits, &counter)) {
    auto value = value_of_compound(table, {}, digits, "");
    if (!value) continue;
    bool vague = *value < 2 || counter == "番" || counter == "度";
    (vague ? numbers.loose : numbers.sure).insert(std::to_string(*value));
  }
}

}  // namespace

std::string with_plain_digits(std::string_view text) {
  static constexpr std::array<std::string_view, 3> before = {"\xEF\xBC", "\xD9",
                                                             "\xDB"};
  static constexpr std::array<unsigned char, 3> zero = {0x90, 0xA0, 0xB0};
  std::string plain;
  for (size_t at = 0; at < text.size();) {
    bool found = false;
    for (size_t i = 0; i < before.size() && !found; ++i) {
      size_t last = at + before[i].size();
      if (!text.substr(at).starts_with(before[i]) || last >= text.size()) {
        continue;
      }
      unsigned digit = static_cast<unsigned char>(text[last]) - zero[i];
      if (digit > 9) continue;
      plain += static_cast<char>('0' + digit);
      at = last + 1;
      found = true;
    }
    if (!found) plain += text[at++];
  }
  return plain;
}

Numbers numbers_in(std::string_view text, const Words& language) {
  Numbers numbers;
  std::string plain = with_plain_digits(text);
  add_digits(without_groups(plain), numbers.sure);
  bool kanji = language.table("numbers").count("十") > 0;
  kanji ? add_kanji(plain, language, numbers)
        : add_words(plain, language, numbers);
  return numbers;
}

}  // namespace simulate::guards
