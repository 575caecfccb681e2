#include "simulator/calls/literal_scanner.h"

#include <gtest/gtest.h>

#include "simulator/base/text.h"

namespace simulate {
namespace {

// The value as JSON, or "!" and what was wrong.
std::string read(const std::string& text) {
  LiteralScanner scanner(text);
  std::optional<Json> value = scanner.value();
  return value ? to_text(*value) : "!" + scanner.problem();
}

TEST(LiteralScanner, ReadsWhatPythonAndJsonCallALiteral) {
  const std::pair<const char*, const char*> rows[] = {
      {R"("a")", R"("a")"},
      {R"('a"b')", R"("a\"b")"},
      {R"("\n\t\\\'\"\/\b\f\r")", R"("\n\t\\'\"/\b\f\r")"},
      {R"("\x41\u00e9\U0001F436")", "\"A\xC3\xA9\xF0\x9F\x90\xB6\""},
      {R"("\ud83d\udc36")", "\"\xF0\x9F\x90\xB6\""},
      {R"("\ud83d")", "\"\xEF\xBF\xBD\""},
      {R"("\ud83dx")", "\"\xEF\xBF\xBDx\""},
      {R"("\q \xZZ \u12")", R"("\\q \\xZZ \\u12")"},
      {R"('a' "b"
          'c')",
       R"("abc")"},
      {R"('''a'b''c''')", R"("a'b''c")"},
      {R"("")", R"("")"},
      {"0", "0"},
      {"-12", "-12"},
      {"9223372036854775807", "9223372036854775807"},
      {"-9223372036854775808", "-9223372036854775808"},
      {"18446744073709551615", "18446744073709551615"},
      {"100000000000000000000", "1e+20"},
      {"1.5e3", "1500.0"},
      {".5", "0.5"},
      {"[1, 'a', [], ]", R"([1,"a",[]])"},
      {"(1, 2)", "[1,2]"},
      {"(1,)", "[1]"},
      {"('a')", R"("a")"},
      {"()", "[]"},
      {"{'a': 1, 2: None, }", R"({"a":1,"2":null})"},
      {"{}", "{}"},
      {"{a: 1}", R"({"a":1})"},
      {"[1, # one\n 2 /* two */, // three\n]", "[1,2]"},
  };
  for (const auto& [text, expected] : rows) EXPECT_EQ(read(text), expected);
}

TEST(LiteralScanner, RefusesEverythingElse) {
  const std::pair<const char*, const char*> rows[] = {
      {"", "ends where a value"},
      {"\"a", "never closed"},
      {"\"a\\\"", "never closed"},
      {"'''a''", "never closed"},
      {"f'x'", "prefix f"},
      {"b\"x\"", "prefix b"},
      {"1_000", "no number"},
      {"1e999", "no number"},
      {"-inf", "expected a value"},
      {"nan", "expected a value"},
      {"123456789012345678901234", "too large"},
      {"007", "no number"},
      {"--1", "expected a value"},
      {"1-2", "no number"},
      {"[1 2]", "expected \",\""},
      {"[1)", "expected \",\""},
      {"{'a' 1}", "expected \":\""},
      {"{a b: 1}", "key in quotes"},
      {"{[1]: 1}", "key in quotes"},
      {"{'a': 1, 'a': 2}", "twice"},
      {"{'a'}", "expected \":\""},
      {"__import__('os')", "quotes"},
      {"[x for x in y]", "quotes"},
  };
  for (const auto& [text, expected] : rows) {
    std::string answer = read(text);
    EXPECT_EQ(answer[0], '!') << text;
    EXPECT_TRUE(contains(answer, expected)) << text << " -> " << answer;
  }
}

TEST(LiteralScanner, BoundsTheNesting) {
  EXPECT_EQ(read(std::string(64, '[') + std::string(64, ']'))[0], '[');
  EXPECT_TRUE(contains(read(std::string(66, '[')), "too deep"));
  EXPECT_TRUE(contains(read(std::string(100000, '[')), "too deep"));
}

TEST(LiteralScanner, StaysBeforeAStringThatWasNeverClosed) {
  LiteralScanner scanner("  'abc");
  EXPECT_FALSE(scanner.value());
  EXPECT_EQ(scanner.position(), 2u);
  EXPECT_EQ(scanner.furthest(), 6u);
}

TEST(LiteralScanner, ReadsNamesWithDots) {
  LiteralScanner scanner(" a.b_1.(");
  EXPECT_EQ(scanner.name(), "a.b_1");
  EXPECT_FALSE(scanner.name());
  EXPECT_TRUE(scanner.take('.'));
  EXPECT_TRUE(scanner.take('('));
  EXPECT_TRUE(scanner.at_end());
}

}  // namespace
}  // namespace simulate
