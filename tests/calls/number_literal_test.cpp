#include "simulator/calls/number_literal.h"

#include <gtest/gtest.h>

#include <string>

namespace simulate {
namespace {

// The value as JSON, or "!" and why there is none.
std::string read(const std::string& text) {
  NumberLiteral number = number_at(text, 0);
  return number.value ? to_text(*number.value)
                      : "!" + std::string(number.problem);
}

TEST(NumberLiteral, KeepsIntegersOf64Bits) {
  for (const char* text : {"0", "-1", "9007199254740993", "9223372036854775807",
                           "-9223372036854775808", "18446744073709551615"}) {
    EXPECT_EQ(read(text), text);
    EXPECT_TRUE(number_at(text, 0).value->is_number_integer()) << text;
  }
}

TEST(NumberLiteral, TakesAFloatForAnIntegerThatItSaysExactly) {
  EXPECT_EQ(read("100000000000000000000"), "1e+20");
  EXPECT_EQ(read("-5000000000000000000000"), "-5e+21");
  EXPECT_EQ(read("12345678901234500000000"), "1.23456789012345e+22");
}

TEST(NumberLiteral, RefusesAnIntegerThatAFloatWouldRound) {
  for (const char* text :
       {"18446744073709551616", "-9223372036854775809",
        "123456789012345678901234", "100000000000000000001"}) {
    EXPECT_TRUE(number_at(text, 0).huge) << text;
    EXPECT_FALSE(number_at(text, 0).value) << text;
  }
  EXPECT_TRUE(number_at("1" + std::string(400, '0'), 0).huge);
}

TEST(NumberLiteral, ReadsFractionsAndExponents) {
  EXPECT_EQ(read("2.5"), "2.5");
  EXPECT_EQ(read(".5"), "0.5");
  EXPECT_EQ(read("2."), "2.0");
  EXPECT_EQ(read("-1e3"), "-1000.0");
  EXPECT_FALSE(number_at("1e3", 0).whole);
}

TEST(NumberLiteral, RefusesWhatIsNoNumber) {
  for (const char* text : {"", "-", "--1", "x", "inf", "-inf"}) {
    EXPECT_EQ(read(text), "!expected a value") << text;
  }
  for (const char* text : {"007", "1_000", "1e999", "1-2", "1j", "1.2.3"}) {
    EXPECT_EQ(read(text), "!this is no number that can be used") << text;
    EXPECT_FALSE(number_at(text, 0).huge) << text;
  }
}

TEST(NumberLiteral, EndsWhereItsSignsDo) {
  EXPECT_EQ(number_at("[12, 3]", 1).written, "12");
  EXPECT_EQ(number_at("1e+5)", 0).written, "1e+5");
}

}  // namespace
}  // namespace simulate
