#include "simulator/calls/number_literal.h"

#include <charconv>
#include <cstdint>
#include <string>

#include "simulator/calls/names.h"

namespace simulate {

namespace {

constexpr size_t kLongestNumber = 400;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// 1.25e+22 is the digits "125" and two places more than the exponent says.
struct Decimal {
  std::string digits;  // without zeros at either end
  long exponent = 0;   // of the last digit
  bool operator==(const Decimal&) const = default;
};

Decimal decimal(std::string_view written) {
  Decimal result;
  bool fraction = false;
  size_t at = 0;
  for (; at < written.size() && written[at] != 'e'; ++at) {
    if (written[at] == '.') fraction = true;
    if (!is_digit(written[at])) continue;
    result.digits += written[at];
    if (fraction) --result.exponent;
  }
  if (at < written.size()) {
    result.exponent += std::stol(std::string(written.substr(at + 1)));
  }
  while (!result.digits.empty() && result.digits.back() == '0') {
    result.digits.pop_back();
    ++result.exponent;
  }
  result.digits.erase(0, result.digits.find_first_not_of('0'));
  return result;
}

std::optional<Json> real_number(std::string_view written) {
  if (written.size() > kLongestNumber) return std::nullopt;
  double number = 0;
  const char* end = written.data() + written.size();
  auto [stop, wrong] = std::from_chars(written.data(), end, number);
  if (wrong != std::errc() || stop != end) return std::nullopt;
  return Json(number);
}

template <class Integer>
std::optional<Json> integer(std::string_view written) {
  Integer number = 0;
  const char* end = written.data() + written.size();
  auto [stop, wrong] = std::from_chars(written.data(), end, number);
  if (wrong != std::errc() || stop != end) return std::nullopt;
  return Json(number);
}

// Beyond 64 bits a float is all that JSON's readers agree on.
std::optional<Json> huge_number(std::string_view written) {
  std::optional<Json> value = real_number(written);
  if (!value || decimal(to_text(*value)) != decimal(written)) {
    return std::nullopt;
  }
  return value;
}

void read_whole_number(NumberLiteral& number) {
  bool negative = number.written[0] == '-';
  std::string_view digits = number.written.substr(negative ? 1 : 0);
  if (digits.size() > 1 && digits[0] == '0') return;
  number.value = negative ? integer<int64_t>(number.written)
                          : integer<uint64_t>(number.written);
  if (number.value) return;
  number.value = huge_number(number.written);
  number.huge = !number.value;
  number.problem =
      "this number is too large to be kept exactly; write it in quotes";
}

}  // namespace

NumberLiteral number_at(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size()) {
    bool sign = text[end] == '.' || text[end] == '+' || text[end] == '-';
    size_t length = sign ? 1 : name_part_length(text, end);
    if (length == 0) break;
    end += length;
  }
  NumberLiteral number;
  std::string_view written = text.substr(at, end - at);
  size_t first = written.find_first_not_of('-');
  if (first > 1 || (!is_digit(written[first]) && written[first] != '.')) {
    number.problem = "expected a value";
    return number;
  }
  number.written = written;
  number.problem = "this is no number that can be used";
  number.whole = written.find_first_not_of("0123456789", first) == written.npos;
  if (number.whole) {
    read_whole_number(number);
  } else {
    number.value = real_number(written);
  }
  return number;
}

}  // namespace simulate
